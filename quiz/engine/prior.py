"""What is believed about answers before anybody has answered.

Every item loads alike on its interest, interests correlate by their distance on the hexagon
(Holland 1997), and the means and reliabilities are those of the public-domain RIASEC markers
(Armstrong, Allison, Rounds 2008) in the larger of two open samples of the web's English-speaking
public: alpha of 8 items about .87, mean r of scales .37 / .14 / −.02 at distance 1 / 2 / 3.
It is a start, not a norm for anybody: calibrate as soon as people have answered.
"""

import numpy as np
from numpy.typing import NDArray

from quiz.engine.bank import Bank
from quiz.engine.dimensions import DISTANCE

MEAN = np.array([2.1, 3.0, 3.0, 3.1, 2.45, 2.3])
SD = 1.3
# Square root of the mean correlation of two items of a scale of that reliability.
LOADING = 0.68
# Of the interests themselves, that is of scales without error of measurement.
HEXAGON = np.array([1.0, 0.42, 0.16, -0.02])
# Two items of one facet share more; within an interest the mean stays that of the loading.
FACET = 0.12


def prior_moments(bank: Bank) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and covariance of the answers to the items, in points of the five-point scale."""
    of = bank.dimension
    correlation = LOADING**2 * HEXAGON[DISTANCE][np.ix_(of, of)]
    correlation += FACET * _same_facet(bank)
    np.fill_diagonal(correlation, 1.0)
    return MEAN[of], SD**2 * correlation


def _same_facet(bank: Bank) -> NDArray[np.float64]:
    facets = [None if item.facet is None else (item.dimension, item.facet) for item in bank.items]
    return np.array([[float(a is not None and a == b) for b in facets] for a in facets])
