"""How near a person is to a profession: two formulas, and what a score means among people.

centred   s = c · q',  c = z − mean(z) of the normed scales, q' = the profession's values − mean;
pearson   r = corr(P, q) of the scale means themselves, as the O*NET® programme and most sites do.

On 1,516 students and their majors, the centred formula found the own field best and did not put
everybody in the caring professions; `docs/decisions/0012` says what was compared.

What is ranked is what is shown: the match is a growing function of the score, so that two
professions can never stand in one order and show another. For "pearson" it is the r to expect. For
"centred" it is a percentile: the share of all pairs of a person of the norm group and a profession
whose score, person at length one, is lower than the one to expect. To expect is less than what the
expected scales give: where little is known, the person may be another (see `matching`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray

from quiz.engine.catalogue import Catalogue, unit
from quiz.engine.dimensions import dimension_index, six
from quiz.engine.draws import normal_points, spread
from quiz.engine.errors import EngineError, UnknownFormula
from quiz.engine.model import Model

Array = NDArray[np.float64]
Formula = Literal["centred", "pearson"]

EVEN = np.ones(6)
EVEN.setflags(write=False)
HEAVIEST = 100
NORM_PEOPLE = 256
# Beyond the outermost knots the curve goes on, ever flatter, and never reaches 0 or 1.
KNOTS = np.concatenate([[0.001, 0.0025], np.linspace(0.005, 0.995, 199), [0.9975, 0.999]])


def formula_named(name: Any) -> Formula:
    """Raises `UnknownFormula`."""
    if not isinstance(name, str) or name not in get_args(Formula):
        raise UnknownFormula(f'The formula is "centred" or "pearson", not {name!r}.')
    return cast(Formula, name)


def interest_weights(weights: Any) -> Array:
    """What-if weights of the six interests: a mapping (missing ones are 1) or six numbers.

    Raises `EngineError` for anything but numbers from 0 to 100.
    """
    if weights is None:
        return EVEN
    if isinstance(weights, Mapping):
        weights = dict.fromkeys(range(6), 1.0) | {dimension_index(k): v for k, v in weights.items()}
    found = np.array(six(weights))
    if ((found < 0) | (found > HEAVIEST)).any():
        raise EngineError(f"Weights of interests go from 0 to {HEAVIEST}: {weights!r}.")
    return found


def person(model: Model, scales: Array, formula: Formula, weights: Array) -> Array:
    """The vector whose products with `profession_vectors` are the scores.

    `scales`: scale means P (last axis), in points. The weights multiply the six centred interests.
    """
    if formula == "centred":
        return model.standardised(scales) * weights
    present = model.bank.present
    mean = np.where(present, scales, 0.0).sum(axis=-1, keepdims=True) / present.sum()
    return unit(np.where(present, scales - mean, 0.0) * weights)


def profession_vectors(catalogue: Catalogue, formula: Formula) -> Array:
    return catalogue.centred if formula == "centred" else catalogue.directions


def products(people: Array, professions: Array) -> Array:
    """Scores of people × professions.

    Not `@`: six numbers are too few for threads, whose number would decide the last digits.
    """
    return np.einsum("sd,pd->sp", people, professions)


def order(scores: Array) -> NDArray[np.intp]:
    """Best first; what is equal after rounding to 1e-9 stays in the order of the ids."""
    return np.argsort(-np.round(scores, 9), kind="stable")


@dataclass(frozen=True, eq=False)
class Norm:
    """What scores mean among the people of a model and the professions of a catalogue.

    `knots`: for each formula, the scores (person at length one) at the shares of `KNOTS`.
    `correlations`: corr(c, q), people of the norm group × professions.
    """

    knots: Mapping[Formula, Array]
    correlations: Array

    def percentile(self, scores: Array, formula: Formula) -> Array:
        """The share of all pairs with a lower score; strictly growing, between 0 and 1."""
        knots = self.knots[formula]
        width = (knots[-1] - knots[0]) / 10
        below = KNOTS[0] * np.exp(np.minimum(scores - knots[0], 0) / width)
        above = 1 - (1 - KNOTS[-1]) * np.exp(-np.maximum(scores - knots[-1], 0) / width)
        inside = np.interp(scores, knots, KNOTS)
        return np.where(scores < knots[0], below, np.where(scores > knots[-1], above, inside))

    def shares(self, correlations: Array) -> Array:
        """For each profession, the share of people who correlate less with it."""
        return (self.correlations < np.round(correlations, 12)).mean(axis=0)


@lru_cache(maxsize=16)
def norm_of(model: Model, catalogue: Catalogue) -> Norm:
    """The norm of a model and a catalogue; those of the latest 16 pairs are remembered.

    The norm group are evenly spread people of the model's distribution, not people who answered.
    """
    people = spread(model.norm_mean, model.norm_covariance, normal_points(NORM_PEOPLE, 6))
    centred = unit(person(model, people, "centred", EVEN))
    raw = person(model, people, "pearson", EVEN)
    return Norm(
        knots={
            "centred": _knots(products(centred, catalogue.centred)),
            "pearson": _knots(products(raw, catalogue.directions)),
        },
        correlations=products(centred, catalogue.directions),
    )


def _knots(scores: Array) -> Array:
    # The ramp keeps the curve growing where many scores are equal.
    return np.quantile(scores, KNOTS) + np.linspace(0, 1e-6, len(KNOTS))
