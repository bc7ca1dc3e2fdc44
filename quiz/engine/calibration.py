"""Mean and covariance of the answers to a bank, learnt from stored answers with gaps.

Maximum a posteriori by expectation maximisation for a Gaussian with missing values (Little and
Rubin, "Statistical Analysis with Missing Data", 2002, chapter 11). That what is missing was
chosen by the answers before it, as an adaptive quiz does, is taken care of. The covariance is
drawn towards a simple one with the weight of `TARGET_WEIGHT` people: each item keeps its own
spread, but two items correlate as pairs of items of their two interests do on average. So 200
people give nearly what thousands give (docs/decisions/0012).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from quiz.engine.bank import Bank

Array = NDArray[np.float64]
Moments = tuple[Array, Array]

# In numbers of people.
TARGET_WEIGHT = 100
MEAN_WEIGHT = 5
BLOCK_WEIGHT = 30
ROUNDS = 40
# Change of a mean or covariance, in points and squared points, below which it is settled.
SETTLED = 1e-4


def calibrate(bank: Bank, answers: Array, prior: Moments, given: bool) -> Moments:
    """Mean and covariance from answers (people × items, NaN for none) and a prior.

    Where the prior is `given` (the model of all languages, say), it is itself what the covariance
    is drawn to; otherwise it only steadies the averages that make the simple covariance.
    """
    people = len(answers)
    patterns = list(_patterns(answers))
    mean, covariance = prior
    for _ in range(ROUNDS):
        old = mean, covariance
        total, scatter = _expected(patterns, mean, covariance)
        mean = _mean(bank, total, people, prior[0], given)
        centred = scatter - np.outer(mean, total) - np.outer(total, mean)
        sample = (centred + people * np.outer(mean, mean)) / people
        target = prior[1] if given else block_target(bank, sample, people, prior[1])
        covariance = (people * sample + TARGET_WEIGHT * target) / (people + TARGET_WEIGHT)
        change = max(np.abs(mean - old[0]).max(), np.abs(covariance - old[1]).max())
        if change < SETTLED:
            break
    return mean, (covariance + covariance.T) / 2


def block_target(bank: Bank, sample: Array, people: int, prior: Array) -> Array:
    """Own variances, and for each pair of interests one correlation: that of their items."""
    variance = (people * np.diag(sample) + BLOCK_WEIGHT * np.diag(prior)) / (people + BLOCK_WEIGHT)
    spread = np.sqrt(np.maximum(np.diag(sample), 1e-9))
    correlation = sample / np.outer(spread, spread)
    believed = prior / np.sqrt(np.outer(np.diag(prior), np.diag(prior)))
    of = bank.dimension
    for a in range(6):
        for b in range(6):
            block = np.outer(of == a, of == b)
            pairs = block & ~np.eye(len(bank), dtype=bool)
            if pairs.any():
                seen, before = correlation[pairs].mean(), believed[pairs].mean()
                correlation[block] = (people * seen + BLOCK_WEIGHT * before) / (
                    people + BLOCK_WEIGHT
                )
    np.fill_diagonal(correlation, 1.0)
    return correlation * np.sqrt(np.outer(variance, variance))


def _mean(bank: Bank, total: Array, people: int, prior: Array, given: bool) -> Array:
    """Means drawn a little to the prior's, moved to where this interest's items are."""
    mean, centre = total / people, prior
    if not given:
        weights = bank.scale_weights
        shift = (weights @ (mean - prior)) * people / (people + BLOCK_WEIGHT)
        centre = prior + shift[bank.dimension]
    return (people * mean + MEAN_WEIGHT * centre) / (people + MEAN_WEIGHT)


def _patterns(answers: Array) -> Iterator[tuple[NDArray[np.bool_], Array]]:
    """People grouped by which items they answered."""
    known = ~np.isnan(answers)
    patterns, group = np.unique(known, axis=0, return_inverse=True)
    for index, pattern in enumerate(patterns):
        yield pattern, answers[group.ravel() == index][:, pattern]


def _expected(
    patterns: list[tuple[NDArray[np.bool_], Array]], mean: Array, covariance: Array
) -> Moments:
    """Sums over people of the answers, and of their products, gaps filled by expectation."""
    total, scatter = np.zeros_like(mean), np.zeros_like(covariance)
    for known, rows in patterns:
        inside = covariance[np.ix_(known, known)]
        slope = np.linalg.solve(inside, covariance[known]).T
        filled = mean + (rows - mean[known]) @ slope.T
        total += filled.sum(axis=0)
        scatter += filled.T @ filled
        if not known.all():
            scatter += len(rows) * (covariance - slope @ covariance[known])
    return total, scatter
