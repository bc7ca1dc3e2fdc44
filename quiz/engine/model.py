"""How answers hang together: the joint normal distribution of the answers to a bank.

x ~ N(μ, Σ) over the items, P = Lx the six scale means. After answers v to the items A

    E[x | v] = μ + Σ[:,A] Σ[A,A]⁻¹ (v − μ[A]),    Cov[x | v] = Σ − Σ[:,A] Σ[A,A]⁻¹ Σ[A,:],

which is what adding the answers one by one gives too, in whatever order. The norm is that of the
same distribution, m = Lμ, s² = diag(LΣL'), unless another one is given; z = (P − m) / s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from quiz.engine.answers import Scale, answer_matrix
from quiz.engine.bank import Bank, Item
from quiz.engine.calibration import calibrate
from quiz.engine.checks import fixed, numbers, whole
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

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            fixed(getattr(self, name))


@dataclass(frozen=True, eq=False)
class Model:
    """The distribution of answers to a bank: made by `calibrated`, `prior` or `restored`.

    `mean` and `covariance` are in points of the five-point scale, whatever the scale people
    answered on: `scale`, a number of answers or a pair (see `Scale.of`). `people`: how many sets of
    answers it rests on. `limits`: pairs of a number of answers and the surprise that people stay
    below (see `quality`). `norm`: six means and six standard deviations of the scales in the group
    that people are compared with, in points; None for that of the distribution itself.

    Arrays are copied. Raises `BadScale`, and `EngineError` for anything that is no distribution.
    """

    bank: Bank
    mean: Array
    covariance: Array
    scale: Any = 5
    people: int = 0
    limits: Limits = ()
    norm: Any = None

    def __post_init__(self) -> None:
        size = len(self.bank)
        made = {
            "mean": numbers(self.mean, (size,), "The mean"),
            "covariance": numbers(self.covariance, (size, size), "The covariance"),
            "scale": Scale.of(self.scale),
            "people": whole(self.people, 0, "The number of people"),
            "limits": _limits(self.limits),
            "norm": None if self.norm is None else numbers(self.norm, (2, 6), "The norm"),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)
        if np.linalg.eigvalsh(self.covariance)[0] <= 0:
            raise EngineError("A covariance has no eigenvalue of zero or less.")
        if self.norm is not None and (self.norm[1] <= 0).any():
            raise EngineError("The standard deviations of the norm are above zero.")

    @classmethod
    def prior(cls, bank: Bank, scale: Any = 5, norm: Any = None) -> Self:
        """The model to begin with, while nobody has answered; see `quiz.engine.prior`.

        Raises `BadScale`, and `EngineError` for a norm that is not two times six numbers.
        """
        ends = Scale.of(scale)
        mean, covariance, limits = _prior(bank.items, ends)
        return cls(bank, mean, covariance, ends, limits=limits, norm=norm)

    @classmethod
    def calibrated(
        cls,
        bank: Bank,
        answers: Any,
        scale: Any = 5,
        prior: "Model | None" = None,
        norm: Any = None,
    ) -> Self:
        """The model of those who gave these answers, steadied where they are few.

        `answers`: people × items of the bank, or one mapping from item to answer a person;
        whole numbers of the `scale`; None or NaN where there is none. `prior`: the model to
        stay near (that of all languages, for one language); it must have the same bank.
        No answers at all give the prior. The order of people changes nothing.
        Raises `BadAnswers`, `BadScale`, `UnknownItem`, `EngineError`.
        """
        ends = Scale.of(scale)
        return cls._learnt(bank, answer_matrix(bank, answers, ends), ends, prior, norm)

    @classmethod
    def _learnt(
        cls, bank: Bank, matrix: Array, scale: Scale, prior: "Model | None" = None, norm: Any = None
    ) -> Self:
        """The model of answers in points (people × items, NaN for none)."""
        if prior is not None and prior.bank.items != bank.items:
            raise EngineError("A prior model must be one of the same bank.")
        # Sums depend on the order of what is added, and so would the limits.
        matrix = matrix[np.lexsort(matrix.T)]
        moments = prior_moments(bank) if prior is None else (prior.mean, prior.covariance)
        if len(matrix):
            moments = calibrate(bank, matrix, moments, given=prior is not None)
        mean, covariance = moments[0], _invertible(moments[1])
        limits = surprise_limits(mean, covariance, matrix if len(matrix) else None, scale.step)
        return cls(bank, mean, covariance, scale, len(matrix), limits, norm)

    def data(self) -> dict[str, Any]:
        """Everything but the bank, as JSON can hold it. No single person's answers are in it."""
        return {
            "items": list(self.bank.ids),
            "mean": self.mean.tolist(),
            "covariance": self.covariance.tolist(),
            "scale": list(self.scale),
            "people": self.people,
            "limits": [list(limit) for limit in self.limits],
            "norm": None if self.norm is None else self.norm.tolist(),
        }

    @classmethod
    def restored(cls, bank: Bank, data: Mapping[str, Any]) -> Self:
        """The model that `data` was taken from, also by an older engine.

        Raises `EngineError` for another bank, or data that are no model.
        """
        try:
            names = ("items", "mean", "covariance", "scale", "people", "limits")
            items, *rest = (data[name] for name in names)
            rest.append(data.get("norm"))
            if tuple(items) != bank.ids:
                raise EngineError("This model was made for another bank.")
            return cls(bank, *rest)
        except (KeyError, TypeError, AttributeError) as error:
            raise EngineError(f"These data are no model: {error!r}") from error

    @cached_property
    def norm_mean(self) -> Array:
        """m: what the norm group scores on the six scales (zero where a scale has no items)."""
        if self.norm is not None:
            return fixed(np.where(self.bank.present, self.norm[0], 0.0))
        return fixed(self.bank.scale_weights @ self.mean)

    @cached_property
    def norm_covariance(self) -> Array:
        """Of the scales in the norm group; where a norm was given, the correlations are ours."""
        weights = self.bank.scale_weights
        own = weights @ self.covariance @ weights.T
        if self.norm is None:
            return fixed(own)
        ratio = self.norm_sd / np.sqrt(np.where(self.bank.present, np.diag(own), 1.0))
        return fixed(own * np.outer(ratio, ratio))

    @cached_property
    def norm_sd(self) -> Array:
        """s: how much the norm group differs on the six scales (one where a scale has no items)."""
        own = self.norm[1] if self.norm is not None else np.sqrt(np.diag(self.norm_covariance))
        return fixed(np.where(self.bank.present, own, 1.0))

    @cached_property
    def centring(self) -> Array:
        """The matrix (6 × 6) that turns a move of the scale means into one of c."""
        return fixed(self.bank.centring / self.norm_sd)

    def standardised(self, scales: Array) -> Array:
        """c = z − mean(z) of scale means (last axis), over the interests that have items."""
        present = self.bank.present
        z = np.where(present, (scales - self.norm_mean) / self.norm_sd, 0.0)
        return np.where(present, z - z.sum(axis=-1, keepdims=True) / present.sum(), 0.0)

    def posterior(
        self, known: Sequence[int], values: Sequence[float], scale: Scale | None = None
    ) -> Posterior:
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
            scales=scales @ self.mean + weights @ surplus,
            covariance=scales @ left @ scales.T,
            weights=placed,
            reach=scales @ left,
        )

    def _rounding(self, scale: Scale | None) -> float:
        """Variance of what a coarser scale leaves out (Sheppard: step² / 12)."""
        return 0.0 if scale is None else max(scale.step**2 - self.scale.step**2, 0.0) / 12


@lru_cache(maxsize=4)
def _prior(items: tuple[Item, ...], scale: Scale) -> tuple[Array, Array, Limits]:
    """Mean, covariance and limits of the prior, worked out once for each bank."""
    made = Model._learnt(Bank(items), np.empty((0, len(items))), scale)
    return made.mean, made.covariance, made.limits


def _limits(limits: Any) -> Limits:
    try:
        made = tuple(sorted((int(count), float(limit)) for count, limit in limits))
    except (TypeError, ValueError) as error:
        raise EngineError(f"These are no limits of surprise: {error}") from error
    if not all(limit == limit for _, limit in made):
        raise EngineError("A limit of surprise is a number.")
    return made


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
