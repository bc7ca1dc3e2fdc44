"""Do the answers hang together as people's answers do, or might they be clicked at random?

The surprise of a set of answers is the mean of −log p(answer | all the other answers), p being
the normal prediction of the model cut at the steps of the scale, minus what that mean is expected
to be for these items. Random clicks contradict each
other and score high. It is no proof: people who answer carelessly but plausibly are not found by
this or any other index. Hence a soft note to the person; nothing is discarded, nobody accused.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quiz.engine.answers import HIGHEST, LOWEST
from quiz.engine.draws import spread

Array = NDArray[np.float64]

# Numbers of answers for which the limit is kept; between them it is interpolated.
COUNTS = (8, 12, 16, 20, 24, 30, 40, 60)
# An adaptive quiz asks what is least certain, where people surprise more than on the items the
# limits are found on: .97 there is .93 to .96 in sessions. Real people hang together more than
# those drawn from the prior, of whom .92 do (both: `benchmarks.quiz`).
SHARE_BELOW, SHARE_BELOW_PRIOR = 0.97, 0.92
# People that make a share of 5 % worth estimating, and that make it certain enough alone.
ENOUGH, MANY = 100, 1000
# People drawn where there are few, and the most that limits are taken from.
DRAWN = 2000
# The logistic curve that is never more than .01 from the normal one (Camilli 1994).
LOGISTIC = 1.702


@dataclass(frozen=True, slots=True)
class Quality:
    """`is_flat`: fewer than two different answers, so nothing tells one interest from another;
    a report then is as sure as one without answers.

    `surprise` in nats an answer, about 0 for people, higher for odder answers; None before two.

    `limit` is what about 95 % of people stay below after as many answers, None while too few were
    given to say. `may_be_random` is for a soft note only.
    """

    answered: int
    skipped: int
    is_flat: bool
    surprise: float | None
    limit: float | None

    @property
    def may_be_random(self) -> bool:
        return self.surprise is not None and self.limit is not None and self.surprise > self.limit


def surprise(values: Array, mean: Array, covariance: Array, step: float = 1.0) -> Array:
    """Mean surprise of answers (points) to items of this mean and covariance, each left out.

    For many people at once, people stand along the first axis of all three.

    From the inverse K of the covariance: the others predict x_j as v_j − (Kr)_j / K_jj with
    variance 1 / K_jj, r = v − μ (Rue and Held, "Gaussian Markov Random Fields", 2005, 2.2).
    """
    inverse = np.linalg.inv(covariance)
    precision = np.diagonal(inverse, axis1=-2, axis2=-1)
    error = (inverse @ (values - mean)[..., None])[..., 0] / precision
    sd = 1 / np.sqrt(precision)
    steps = np.arange(LOWEST, HIGHEST + step / 2, step)
    edges = np.concatenate([[-np.inf], steps[:-1] + step / 2, [np.inf]])
    below = _normal_share((edges[:, None] - (values - error)[..., None, :]) / sd[..., None, :])
    chance = np.maximum(np.diff(below, axis=-2), 1e-6)
    given = np.rint((values - LOWEST) / step).astype(np.intp)
    expected = (chance * np.log(chance)).sum(axis=-2)
    of_given = np.take_along_axis(chance, given[..., None, :], axis=-2)[..., 0, :]
    return (expected - np.log(of_given)).mean(axis=-1)


def surprise_limits(
    mean: Array, covariance: Array, answers: Array | None, step: float
) -> tuple[tuple[int, float], ...]:
    """For each number of answers, the surprise that about 95 % of people stay below.

    From stored answers (people × items, NaN for none), and, where they are few, at least what
    people drawn from the distribution itself stay below: few people fit their own model too well.
    Without answers only these count.
    """
    people = 0 if answers is None else len(answers)
    seen = {}
    if answers is not None and people >= ENOUGH:
        seen = _limits(mean, covariance, answers, step, SHARE_BELOW)
    if people < MANY:
        share = SHARE_BELOW if people else SHARE_BELOW_PRIOR
        drawn = _limits(mean, covariance, _simulated(mean, covariance, step), step, share)
        seen = {count: max(limit, seen.get(count, limit)) for count, limit in drawn.items()}
    return tuple(sorted(seen.items()))


def _limits(
    mean: Array, covariance: Array, answers: Array, step: float, share: float
) -> dict[int, float]:
    """Items are taken in leaps through the bank, beginning elsewhere for each person."""
    size = len(mean)
    answers = answers[:: -(-len(answers) // DRAWN)]
    leap = next(leap for leap in (17, 19, 23, 29, 31, 1) if size % leap or leap == 1)
    order = np.arange(size) * leap % size
    rolled = [np.roll(order, shift) for shift in range(len(answers))]
    answered = [items[~np.isnan(row[items])] for row, items in zip(answers, rolled, strict=True)]
    limits = {}
    for count in COUNTS:
        people = [place for place, items in enumerate(answered) if len(items) >= count]
        if len(people) >= ENOUGH:
            items = np.stack([answered[place][:count] for place in people])
            values = np.take_along_axis(answers[people], items, axis=1)
            inside = covariance[items[:, :, None], items[:, None, :]]
            found = surprise(values, mean[items], inside, step)
            limits[count] = float(np.quantile(found, share))
    return limits


def limit_for(count: int, limits: tuple[tuple[int, float], ...]) -> float | None:
    """The limit after `count` answers; None where that is fewer than any limit is kept for."""
    if not limits or count < limits[0][0]:
        return None
    counts, values = zip(*limits, strict=True)
    return float(np.interp(count, counts, values))


def _simulated(mean: Array, covariance: Array, step: float) -> Array:
    """People of the distribution, their answers cut to the steps of the scale.

    People differ in how far they go to the ends, which the normal distribution does not know:
    a factor with a standard deviation of .2 (its logarithm) stands for that.
    """
    # Evenly spread points are not even in so many dimensions. This old generator's numbers are
    # promised never to change.
    points = np.random.RandomState(1).standard_normal((DRAWN, len(mean) + 1))
    far = np.exp(0.2 * points[:, -1:])
    exact = mean + (spread(0 * mean, covariance, points[:, :-1])) * far
    return np.clip(LOWEST + np.rint((exact - LOWEST) / step) * step, LOWEST, HIGHEST)


def _normal_share(value: Array) -> Array:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-LOGISTIC * value))
