"""The smallest change of one answer that brings a profession among the first ten, or out."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import override

from quiz import actions, facts
from quiz.engine import Catalogue, Match, Session, UnknownProfession, counterfactual
from quiz.models import QuizSession

TOP = 10
OUTSIDE = 10
# How many just outside are tried until one answer would bring one in.
TRIED = 3


def choices(ranking: Sequence[Any]) -> dict[str, list[Any]]:
    """The professions whose change can be asked for: those just outside, and those inside."""
    return {"enter": list(ranking[TOP : TOP + OUTSIDE]), "leave": list(ranking[:TOP])}


def first(
    session: QuizSession,
    engine: Session,
    kept: Sequence[Match],
    choices: dict[str, list[Any]],
    weights: Sequence[float],
) -> dict[str, Any] | None:
    """The change for the first profession outside, or the next that one answer would bring in.

    None where there is nobody outside.
    """
    if not choices["enter"]:
        return None
    within = _within(engine, [match.id for match in kept])
    found = [_change(session, within, pk, weights) for pk in choices["enter"][:1]]
    for pk in choices["enter"][1:TRIED]:
        if found[0]["item"]:
            break
        other = _change(session, within, pk, weights)
        if other["item"]:
            found = [other]
    return found[0]


def wanted(
    session: QuizSession,
    data: dict[str, Any],
    slug: str,
    weights: Sequence[float] = (1.0,) * 6,
) -> dict[str, Any] | None:
    """The change for the one of the choices of `data` with this slug; None where none has it."""
    known = facts.professions()
    near = [*data["choices"]["enter"], *data["choices"]["leave"]]
    pk = next((pk for pk in near if pk in known and slug in facts.slugs(known[pk])), None)
    if pk is None:
        return None
    if data["change"] and data["change"]["id"] == pk:
        return data["change"]
    within = _within(actions.resumed(session), data["ranking"])
    return _change(session, within, pk, weights)


def _within(engine: Session, ranking: Sequence[Any]) -> Session:
    """The same answers among the ranked professions only: the first ten are the first of these."""
    catalogue = _part(engine.catalogue, frozenset(ranking))
    within = Session(engine.model, catalogue, engine.max_items, engine.scale)
    for item, value in engine.answers.items():
        within.answer(item, value)
    return within


@lru_cache(maxsize=32)
def _part(catalogue: Catalogue, ids: frozenset[Any]) -> Catalogue:
    if ids.issuperset(catalogue.ids):
        return catalogue
    return Catalogue([row for row in catalogue.professions if row.id in ids])


def _change(
    session: QuizSession, within: Session, pk: Any, weights: Sequence[float]
) -> dict[str, Any]:
    try:
        found = counterfactual(within, pk, top=TOP, weights=weights)
    except UnknownProfession:
        found = None
    if found is None:
        return {"id": pk, "item": ""}
    item, scale = facts.items()[str(found.item)], facts.scale()
    # As the person read them.
    with override(session.language):
        text, before, after = item.text, scale[found.before].label, scale[found.after].label
    return {
        "id": pk,
        "item": str(text),
        "language": text.language,
        "before": str(before),
        "after": str(after),
        "rank_before": found.rank_before,
        "rank_after": found.rank_after,
    }
