"""How answers hang together: the joint normal distribution of the answers to a bank.

x ~ N(μ, Σ) over the items, P = Lx the six scale means. After answers v to the items A

    E[x | v] = μ + Σ[:,A] Σ[A,A]⁻¹ (v − μ[A]),    Cov[x | v] = Σ − Σ[:,A] Σ[A,A]⁻¹ Σ[A,:],

which is what adding the answers one by one gives too, in whatever order. The norm is that of the
same distribution: m = Lμ, s² = diag(LΣL'), z = (P − m) / s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from quiz.engine.answers import answer_matrix, scale_step
from quiz.engine.bank import Bank, Item
from quiz.engine.calibration import calibrate
from quiz.engine.errors import EngineError
from quiz.engine.prior import prior_moments
from quiz.engine.quality import surprise_limits

Array = NDArray[np.float64]
Limits = tuple[tuple[int, float], ...]

# Share of an item's variance that always remains its own, so that every Σ can be inverted.
OWN = 0.02


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is known of one person after some answers.

    `items`: expected answer to each item, and `item_variance` its variance. `scales`: the six
    scale means P, with `covariance` (6 × 6). `weights` (6 × answers): what one point more in an
    answer adds to P. `reach` (6 × items): covariance of P with each item, as it is now. Units
    are points of the five-point scale.
    """

    items: Array
    item_variance: Array
    scales: Array
    covariance: Array
    weights: Array
    reach: Array


@dataclass(frozen=True, eq=False)
class Model:
    """The distribution of answers to a bank: made by `calibrated`, `prior` or `restored`.

    `mean` and `covariance` are in points of the five-point scale, whatever the scale people
    answered on (`scale`). `people`: how many sets of answers it rests on. `limits`: pairs of a
    number of answers and the surprise that 95 % of people stay below (see `quality`).
    """

    bank: Bank
    mean: Array
    covariance: Array
    scale: int = 5
    people: int = 0
    limits: Limits = ()

    def __post_init__(self) -> None:
        self.mean.setflags(write=False)
        self.covariance.setflags(write=False)

    @classmethod
    def prior(cls, bank: Bank, scale: int = 5) -> Self:
        """The model to begin with, while nobody has answered; see `quiz.engine.prior`.

        Raises `BadScale`.
        """
        scale_step(scale)
        mean, covariance, limits = _prior(bank.items, int(scale))
        return cls(bank, mean, covariance, int(scale), limits=limits)

    @classmethod
    def calibrated(
        cls, bank: Bank, answers: Any, scale: int = 5, prior: "Model | None" = None
    ) -> Self:
        """The model of those who gave these answers, steadied where they are few.

        `answers`: people × items of the bank, or one mapping from item to answer a person;
        whole numbers from 1 to `scale`; None or NaN where there is none. `prior`: the model to
        stay near (that of all languages, for one language); it must have the same bank.
        No answers at all give the prior. Raises `BadAnswers`, `BadScale`, `UnknownItem`.
        """
        matrix = answer_matrix(bank, answers, scale)
        if prior is not None and prior.bank.items != bank.items:
            raise EngineError("A prior model must be one of the same bank.")
        moments = prior_moments(bank) if prior is None else (prior.mean, prior.covariance)
        if len(matrix):
            moments = calibrate(bank, matrix, moments, given=prior is not None)
        return cls._made(bank, *moments, scale, answers=matrix if len(matrix) else None)

    @classmethod
    def _made(
        cls, bank: Bank, mean: Array, covariance: Array, scale: int, answers: Array | None
    ) -> Self:
        covariance = _invertible(covariance)
        limits = surprise_limits(mean, covariance, answers, scale)
        people = 0 if answers is None else len(answers)
        return cls(bank, mean, covariance, int(scale), people, limits)

    def data(self) -> dict[str, Any]:
        """Everything but the bank, as JSON can hold it. No single person's answers are in it."""
        return {
            "items": list(self.bank.ids),
            "mean": self.mean.tolist(),
            "covariance": self.covariance.tolist(),
            "scale": self.scale,
            "people": self.people,
            "limits": [list(limit) for limit in self.limits],
        }

    @classmethod
    def restored(cls, bank: Bank, data: Mapping[str, Any]) -> Self:
        """The model that `data` was taken from. Raises `EngineError` for another bank."""
        if tuple(data["items"]) != bank.ids:
            raise EngineError("This model was made for another bank.")
        limits = tuple((int(count), float(limit)) for count, limit in data["limits"])
        mean, covariance = np.array(data["mean"]), np.array(data["covariance"])
        return cls(bank, mean, covariance, data["scale"], data["people"], limits)

    @cached_property
    def norm_mean(self) -> Array:
        """m: what people score on the six scales."""
        return self.bank.scale_weights @ self.mean

    @cached_property
    def norm_covariance(self) -> Array:
        weights = self.bank.scale_weights
        return weights @ self.covariance @ weights.T

    @cached_property
    def norm_sd(self) -> Array:
        """s: how much people differ on the six scales (one where a scale has no items)."""
        return np.where(self.bank.present, np.sqrt(np.diag(self.norm_covariance)), 1.0)

    def standardised(self, scales: Array) -> Array:
        """c = z − mean(z) of scale means (last axis), over the interests that have items."""
        present = self.bank.present
        z = np.where(present, (scales - self.norm_mean) / self.norm_sd, 0.0)
        return np.where(present, z - z.sum(axis=-1, keepdims=True) / present.sum(), 0.0)

    def posterior(self, known: Sequence[int], values: Sequence[float], scale: int = 5) -> Posterior:
        """What answers (indexes of items, values in points) say about all the others.

        The coarser the scale than that of the model, the more error each answer carries.
        """
        order = sorted(range(len(known)), key=lambda place: known[place])
        items = np.array([known[place] for place in order], dtype=np.intp)
        surplus = np.array([values[place] for place in order]) - self.mean[items]
        across = self.covariance[items]
        inside = across[:, items] + self._rounding(scale) * np.eye(len(items))
        slope = np.linalg.solve(inside, across).T
        left = self.covariance - slope @ across
        scales = self.bank.scale_weights
        # An own answer never counts against its interest, however odd the calibration.
        own = self.bank.dimension[items] == np.arange(6)[:, None]
        weights = scales @ slope
        weights = np.where(own, np.maximum(weights, 0.0), weights)
        placed = np.empty_like(weights)
        placed[:, order] = weights
        return Posterior(
            items=self.mean + slope @ surplus,
            item_variance=np.maximum(np.diag(left), 0.0),
            scales=self.norm_mean + weights @ surplus,
            covariance=scales @ left @ scales.T,
            weights=placed,
            reach=scales @ left,
        )

    def _rounding(self, scale: int) -> float:
        """Variance of what a coarser scale leaves out (Sheppard: step² / 12)."""
        return max(scale_step(scale) ** 2 - scale_step(self.scale) ** 2, 0.0) / 12


@lru_cache(maxsize=4)
def _prior(items: tuple[Item, ...], scale: int) -> tuple[Array, Array, Limits]:
    """Mean, covariance and limits of the prior, worked out once for each bank."""
    bank = Bank(items)
    made = Model._made(bank, *prior_moments(bank), scale, answers=None)
    return made.mean, made.covariance, made.limits


def _invertible(covariance: Array) -> Array:
    """The nearest covariance in which every item keeps a part of its variance to itself."""
    sd = np.sqrt(np.maximum(np.diag(covariance), 1e-6))
    values, vectors = np.linalg.eigh(covariance / np.outer(sd, sd))
    if values.min() >= OWN:
        return covariance
    lifted = (vectors * np.maximum(values, OWN)) @ vectors.T
    lifted = (lifted + lifted.T) / 2
    scale = sd / np.sqrt(np.diag(lifted))
    return lifted * np.outer(scale, scale)
