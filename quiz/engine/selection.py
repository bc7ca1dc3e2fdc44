"""Which item to ask next: the one that is expected to move most what the list depends on.

An answer to item j moves P along b = Cov(P, x_j) with variance b b' / Var(x_j). What matters of a
move is told by a matrix M (the aim): the expected gain is b'Mb / Var(x_j). Aims:

* the first six items, one an interest and the same for all: the shape of the profile, M = I − 1/6
  in normed units;
* then the differences among the 50 professions that stand first now, M = D'D/50, D = their
  values minus the mean of the 50, for both formulas, each at trace one;
* for one profession: the gradient of its correlation, averaged over what is still possible.

Both formulas count because tuning to one costs the other more than tuning to both costs either.
An item where only the lowest answer is likely will hardly move anything, whatever the normal
distribution says: the gain is weighted by (e − ½)(5½ − e), the variance that a score of
expectation e between 1 and 5 can have, half a step added for rounding.
"""

from collections.abc import Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from quiz.engine.bank import Bank
from quiz.engine.catalogue import Catalogue
from quiz.engine.checks import whole
from quiz.engine.draws import normal_points, spread
from quiz.engine.identity import Id
from quiz.engine.model import Model, Posterior
from quiz.engine.scoring import EVEN, Formula, order, person, profession_vectors

Array = NDArray[np.float64]

FIRST_PROFESSIONS = 50
POSSIBLE = 64


def chosen(bank: Bank, posterior: Posterior, aim: Array, left: Collection[int]) -> int:
    """The item of `left` (indexes, not empty) with the highest gain; equal ones by id."""
    reach, expected = posterior.reach, posterior.items
    gain = np.einsum("di,de,ei->i", reach, aim, reach)
    gain /= np.maximum(posterior.item_variance, 1e-9)
    gain *= np.maximum((expected - 0.5) * (5.5 - expected), 0.1)
    allowed = bank.by_id[np.isin(bank.by_id, list(left))]
    return int(allowed[order(gain[allowed] / max(gain[allowed].max(), 1e-12))[0]])


@lru_cache(maxsize=64)
def opening(model: Model) -> tuple[int, ...]:
    """The first items, one an interest, the most telling first: the same for everybody."""
    bank, aim = model.bank, profile_aim(model)
    asked: list[int] = []
    while True:
        done = set(bank.dimension[asked].tolist())
        left = [i for i, dimension in enumerate(bank.dimension.tolist()) if dimension not in done]
        if not left:
            return tuple(asked)
        # What is answered does not change what is still to learn: the mean stands in.
        posterior = model.posterior(asked, model.mean[asked].tolist())
        asked.append(chosen(bank, posterior, aim, left))


def fixed_form(model: Model, length: int = 20) -> tuple[Id, ...]:
    """Items to ask of everybody on one page, most telling first, the opening included.

    Raises `EngineError` for fewer than one.
    """
    length = whole(length, 1, "A number of items")
    bank, aim = model.bank, profile_aim(model)
    asked = list(opening(model))[:length]
    while len(asked) < min(length, len(bank)):
        posterior = model.posterior(asked, model.mean[asked].tolist())
        asked.append(chosen(bank, posterior, aim, set(range(len(bank))) - set(asked)))
    return tuple(bank.ids[index] for index in asked)


def profile_aim(model: Model) -> Array:
    """All that gives a profile its shape, nothing that only lifts it."""
    return (np.eye(6) - 1 / 6) / np.outer(model.norm_sd, model.norm_sd)


def ranking_aim(model: Model, catalogue: Catalogue, scales: Array) -> Array:
    """What tells the professions apart that stand first now."""
    aim = np.zeros((6, 6))
    units: dict[Formula, Array] = {"centred": model.norm_sd, "pearson": EVEN}
    for formula, unit_of in units.items():
        vectors = profession_vectors(catalogue, formula)
        scores = (vectors * person(model, scales, formula, EVEN)).sum(axis=1)
        first = vectors[order(scores)[:FIRST_PROFESSIONS]]
        differences = (first - first.mean(axis=0)) / unit_of
        square = differences.T @ differences
        aim += square / max(np.trace(square), 1e-12)
    return aim if np.trace(aim) > 0.5 else profile_aim(model)


def profession_aim(
    model: Model, catalogue: Catalogue, profession: int, posterior: Posterior
) -> Array:
    """What tells how near one profession is, by both formulas.

    The correlation of a vector v with a direction d has the gradient (d − (v̂·d) v̂) / |v|.
    """
    direction = catalogue.directions[profession]
    possible = spread(posterior.scales, posterior.covariance, normal_points(POSSIBLE, 6))
    aim = np.zeros((6, 6))
    raw = possible - possible.mean(axis=1, keepdims=True)
    for vectors, unit_of in ((model.standardised(possible), model.norm_sd), (raw, EVEN)):
        length = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 0.1)
        ahead = vectors / length
        gradient = (direction - (ahead @ direction)[:, None] * ahead) / length / unit_of
        square = gradient.T @ gradient
        aim += square / max(np.trace(square), 1e-12)
    return aim if np.trace(aim) > 0.5 else profile_aim(model)
