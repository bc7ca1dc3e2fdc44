"""Evenly spread points of the normal distribution, the same on every machine."""

from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray


@cache
def normal_points(count: int, dimensions: int) -> NDArray[np.float64]:
    """`count` standard normal points (count × dimensions), without any random generator.

    The additive recurrence whose steps are powers of the root of g^(d+1) = g + 1 (M. Roberts,
    "The Unreasonable Effectiveness of Quasirandom Sequences", 2018), through the inverse of the
    normal distribution. In a few dimensions some hundred give what thousands of random draws give;
    in dozens they are not even any more.
    """
    root = 1.0
    for _ in range(64):
        root = (1 + root) ** (1 / (dimensions + 1))
    steps = root ** -np.arange(1.0, dimensions + 1)
    even = (0.5 + np.arange(1, count + 1)[:, None] * steps) % 1
    inverse = NormalDist().inv_cdf
    points = np.array([[inverse(value) for value in row] for row in even.tolist()])
    points.flags.writeable = False
    return points


def spread(
    mean: NDArray[np.float64], covariance: NDArray[np.float64], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Standard normal points turned into points of N(mean, covariance)."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    # The signs of eigenvectors are arbitrary: the symmetric root has none.
    return mean + points @ (root @ vectors.T)
