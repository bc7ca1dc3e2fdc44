"""How well the items of an interest measure one thing, from answers with gaps.

An adaptive quiz asks each person some items only, so that both figures are computed from what
there is, and given only where there is enough of it.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# People who answered the same two items, for the covariance of the two to count.
PAIR_PEOPLE = 30
# Share of the pairs of items that must count.
PAIR_SHARE = 0.5
# People who answered an item of each half.
HALVES_PEOPLE = 100


def alpha(answers: Array) -> float | None:
    """Cronbach's alpha of items (people × items, NaN for none); None where answers are too few.

    k c / (v + (k − 1) c), with the mean variance v of the items and the mean covariance c of
    their pairs (Cronbach, Psychometrika 16, 1951, formula 2 rewritten): without gaps it is the
    usual figure, with gaps each pair is taken from the people who answered both.
    """
    size = answers.shape[1]
    if size < 2:
        return None
    known = (~np.isnan(answers)).astype(float)
    filled = np.nan_to_num(answers)
    people = known.T @ known
    enough = people >= PAIR_PEOPLE
    sums = filled.T @ known
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = (filled.T @ filled - sums * sums.T / people) / (people - 1)
    own = np.eye(size, dtype=bool)
    pairs = enough & ~own
    if not enough[own].any() or pairs.sum() < PAIR_SHARE * size * (size - 1):
        return None
    variance, shared = covariance[own & enough].mean(), covariance[pairs].mean()
    total = variance + (size - 1) * shared
    return float(size * shared / total) if total > 0 else None


def split_half(answers: Array) -> float | None:
    """Reliability of an interest as it was asked, from two halves of its items in turn.

    The correlation r of the means of each half, lengthened to both: 2r / (1 + r) (Spearman 1910,
    Brown 1910). None where fewer than `HALVES_PEOPLE` answered items of both halves.
    """
    halves = [answers[:, start::2] for start in (0, 1)]
    both = np.all([(~np.isnan(half)).any(axis=1) for half in halves], axis=0)
    if both.sum() < HALVES_PEOPLE:
        return None
    first, second = (np.nanmean(half[both], axis=1) for half in halves)
    if first.std() == 0 or second.std() == 0:
        return None
    together = float(np.corrcoef(first, second)[0, 1])
    return 2 * together / (1 + together) if together > -1 else None
