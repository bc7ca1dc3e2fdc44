"""The smallest change of one answer that brings a profession among the first ten, or out."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from django.utils.translation import override

from quiz import actions, lookups
from quiz.engine import Catalogue, Match, Session, UnknownProfession, counterfactual
from quiz.models import QuizSession

if TYPE_CHECKING:
    from quiz.findings import Findings

TOP = 10
OUTSIDE = 10
# How many just outside are tried until one answer would bring one in.
TRIED = 3


class Choices(TypedDict):
    """The professions whose change can be asked for: those just outside, and those inside."""

    enter: list[int]
    leave: list[int]


class Change(TypedDict):
    """What one answer changes for the profession `id`; `item` is "" where no single one does.

    `item`, `before` and `after` are what the person read, in `language`.
    """

    id: int
    item: str
    language: NotRequired[str]
    before: NotRequired[str]
    after: NotRequired[str]
    rank_before: NotRequired[int]
    rank_after: NotRequired[int]


def choices(ranking: Sequence[int]) -> Choices:
    """Those of a ranking whose change can be asked for."""
    return {"enter": list(ranking[TOP : TOP + OUTSIDE]), "leave": list(ranking[:TOP])}


def first(
    session: QuizSession,
    engine: Session,
    kept: Sequence[Match],
    choices: Choices,
    weights: Sequence[float],
) -> Change | None:
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
    data: "Findings",
    slug: str,
    weights: Sequence[float] = (1.0,) * 6,
) -> Change | None:
    """The change for the one of the choices of `data` with this slug; None where none has it."""
    known = lookups.professions()
    near = [*data["choices"]["enter"], *data["choices"]["leave"]]
    pk = next((pk for pk in near if pk in known and slug in lookups.slugs(known[pk])), None)
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


def _change(session: QuizSession, within: Session, pk: int, weights: Sequence[float]) -> Change:
    try:
        found = counterfactual(within, pk, top=TOP, weights=weights)
    except UnknownProfession:
        found = None
    if found is None:
        return {"id": pk, "item": ""}
    item, scale = lookups.items()[str(found.item)], lookups.scale()
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
