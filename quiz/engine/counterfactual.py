"""What would have to be answered otherwise, and what each answer did."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine.checks import whole
from quiz.engine.identity import Id, id_order
from quiz.engine.scoring import (
    EVEN,
    Formula,
    formula_named,
    interest_weights,
    person,
    profession_vectors,
)
from quiz.engine.session import Session

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The smallest change of one answer that brings a profession into the first `top`, or out.

    `item` was answered `before`; with `after` instead, all other answers as they are, the
    profession goes from `rank_before` to `rank_after`.
    """

    profession: Id
    enters: bool
    top: int
    item: Id
    before: int
    after: int
    rank_before: int
    rank_after: int


@dataclass(frozen=True, slots=True)
class AnswerShares:
    """A score taken apart: `base` (no answers at all) plus `shares` (item, part) is `score`."""

    profession: Id
    score: float
    base: float
    shares: tuple[tuple[Id, float], ...]


def counterfactual(
    session: Session, profession: Any, top: int = 10, formula: str = "centred", weights: Any = None
) -> Counterfactual | None:
    """The smallest change of one answer after which the profession is in the first `top`.

    If it is in already, the smallest that takes it out. Fewest steps of the scale first, then the
    greatest effect, then the item's id. None where no single answer does it. The result is not
    guessed: the session was computed anew with that answer. Raises `UnknownProfession`,
    `UnknownFormula`, `EngineError`.
    """
    index, named = session.catalogue.index(profession), formula_named(formula)
    top = whole(top, 1, "A number of first professions")
    factors = interest_weights(weights)
    before = _rank(session, session.posterior.scales, index, named, factors)
    enters = before > top
    changes = []
    for item, old, new, scales in _alternatives(session):
        rank = _rank(session, scales, index, named, factors)
        if (rank <= top) == enters:
            effect = rank if enters else -rank
            changes.append(((abs(new - old), effect, id_order(item)), item, old, new))
    for _, item, old, new in sorted(changes):
        changed = session.with_answer(item, new)
        after = _rank(changed, changed.posterior.scales, index, named, factors)
        if (after <= top) == enters:
            return Counterfactual(
                session.catalogue.ids[index], enters, top, item, old, new, before, after
            )
    return None


def answer_shares(session: Session, profession: Any, formula: str = "centred") -> AnswerShares:
    """How much each answer adds to the score of one profession. Raises `UnknownProfession`.

    P is linear in the answers, so the parts add up exactly. For "pearson" the length of the
    person's profile, by which everything is divided, is taken as it is now.
    """
    index, named = session.catalogue.index(profession), formula_named(formula)
    model, posterior = session.model, session.posterior
    vector = profession_vectors(session.catalogue, named)[index]
    score = float(person(model, posterior.scales, named, EVEN) @ vector)
    values = [session.scale.points(value) for value in session.answers.values()]
    items = [model.bank.index(item) for item in session.answers]
    moved = posterior.weights * (np.array(values) - model.mean[items])
    parts = (_turn(session, named) @ moved).T @ vector
    shares = tuple(zip(session.answers, parts.tolist(), strict=True))
    return AnswerShares(session.catalogue.ids[index], score, score - float(parts.sum()), shares)


def _turn(session: Session, formula: Formula) -> Array:
    """The matrix that makes a move of the scale means a move of the person's vector."""
    if formula == "centred":
        return session.model.centring
    centring = session.model.bank.centring
    length = np.linalg.norm(centring @ session.posterior.scales)
    return centring / length if length > 1e-9 else np.zeros((6, 6))


def _alternatives(session: Session) -> list[tuple[Id, int, int, Array]]:
    """Each answer that could have been another, and the scale means it would have led to."""
    posterior = session.posterior
    found = []
    for place, (item, old) in enumerate(session.answers.items()):
        for new in session.scale.answers:
            if new != old:
                step = (new - old) * session.scale.step
                scales = posterior.scales + step * posterior.weights[:, place]
                found.append((item, old, new, scales))
    return found


def _rank(session: Session, scales: Array, index: int, formula: Formula, weights: Array) -> int:
    """Place of a profession from 1; equal scores (rounded to 1e-9) in the order of ids."""
    vectors = profession_vectors(session.catalogue, formula)
    ahead = person(session.model, scales, formula, weights)
    scores = np.round((vectors * ahead).sum(axis=1), 9)
    own = scores[index]
    return int((scores > own).sum() + (scores[:index] == own).sum() + 1)
