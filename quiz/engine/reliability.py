"""How reliable the scales of a bank are, for editors."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from quiz.engine.bank import Bank
from quiz.engine.dimensions import RIASEC
from quiz.engine.model import Model


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's `alpha` of one interest's items, and `split_half`: the correlation of the mean of
    every other item with that of the rest. None where there are fewer than two items."""

    dimension: str
    items: int
    alpha: float | None
    split_half: float | None


def reliability(bank: Bank, answers: Any, scale: Any = 5) -> tuple[Reliability, ...]:
    """One for each interest, from stored answers with gaps (shapes: `Model.calibrated`).

    Computed from the covariance of the calibrated model, so that adaptive sessions, in which
    nobody answers everything, count too. Below 400 sets the figures lean on the prior.
    """
    covariance = Model.calibrated(bank, answers, scale).covariance
    return tuple(_reliability(bank, covariance, index) for index in range(6))


def _reliability(bank: Bank, covariance: Any, index: int) -> Reliability:
    own = np.flatnonzero(bank.dimension == index)
    count = len(own)
    if count < 2:
        return Reliability(RIASEC[index], count, None, None)
    inside = covariance[np.ix_(own, own)]
    alpha = count / (count - 1) * (1 - np.trace(inside) / inside.sum())
    odd = np.arange(count) % 2 == 0
    between = inside[np.ix_(odd, ~odd)].sum()
    within = inside[np.ix_(odd, odd)].sum() * inside[np.ix_(~odd, ~odd)].sum()
    return Reliability(RIASEC[index], count, float(alpha), float(between / np.sqrt(within)))
