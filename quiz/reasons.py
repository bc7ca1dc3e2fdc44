"""Why a profession is near, what speaks against it, and where its guide says so."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NotRequired, TypedDict

from django.db.models import Model

from careers.professions.enums import Section
from careers.professions.models import GuideVersion, ProfessionCriterion
from portal.fields import LANGUAGE_CODES
from quiz import lookups
from quiz.engine import Match
from quiz.enums import Interest

STRENGTHS = 2

# The criteria, by key, of work that has much of an interest; the plainest first.
CARRIES = {
    Interest.REALISTIC: ["manual", "machines", "nature", "outdoors", "standing", "noise"],
    Interest.INVESTIGATIVE: ["science", "computing", "numbers"],
    Interest.ARTISTIC: ["creative"],
    Interest.SOCIAL: [
        *["caring", "teaching", "children", "public-contact", "physical-proximity", "conflict"],
    ],
    Interest.ENTERPRISING: ["selling", "leading", "public-speaking"],
    Interest.CONVENTIONAL: ["precision", "routine", "numbers", "office"],
}
# The same of work that has little of it. Nothing says so of the social and conventional ones.
LACKS = {
    Interest.REALISTIC: ["office"],
    Interest.INVESTIGATIVE: ["routine"],
    Interest.ARTISTIC: ["routine", "precision"],
    Interest.SOCIAL: [],
    Interest.ENTERPRISING: ["routine"],
    Interest.CONVENTIONAL: [],
}
# What many people find hard in any work, what weighs most first.
HARD = [
    *["shift-hours", "hazards", "long-weeks", "noise", "conflict", "deadlines", "routine"],
    *["physical-proximity", "standing"],
]


class ReasonKind(StrEnum):
    """What the person's interest and the work's have to do with each other."""

    SHARED = "shared"  # liked, and the work has much of it
    SPARED = "spared"  # not liked, and the work has little of it
    MISSING = "missing"  # liked, and the work has little of it
    HEAVY = "heavy"  # not liked, and the work has much of it
    USUAL = "usual"  # nothing in the answers: what the guide says is hard
    TOUGH = "tough"  # the same without a guide: a criterion that many find hard
    LEAST = "least"  # the same without one: the interest that adds least


Row = dict[str, Any]
Texts = dict[str, str]  # a text in each language that has it


class Reason(TypedDict):
    """`letter` of an interest, "" where it is not about one.

    `text` is quoted from the item of the guide at this `place` of its `section`; `criterion` is the
    name of one. Each of them is there only where there is one.
    """

    kind: str
    letter: str
    section: NotRequired[str]
    place: NotRequired[int]
    text: NotRequired[Texts]
    criterion: NotRequired[Texts]


class Sides(TypedDict):
    """What speaks for a profession, the strongest first, and what against it."""

    strengths: list[Reason]
    friction: Reason


def guides(versions: Iterable[int | None]) -> dict[int, list[Row]]:
    """The plain items of these versions of guides. One query, none without versions."""
    wanted = {pk for pk in versions if pk}
    if not wanted:
        return {}
    found = GuideVersion.objects.filter(pk__in=wanted)
    return {pk: items or [] for pk, items in found.values_list("pk", "snapshot__items")}


def hard_sides(professions: Sequence[Any]) -> dict[Any, Texts]:
    """For each profession (by key), the name of its criterion that weighs most. One query."""
    found = ProfessionCriterion.objects.tags().filter(
        profession__in=professions, criterion__key__in=HARD
    )
    strongest: dict[Any, ProfessionCriterion] = {}
    for value in sorted(found.select_related("criterion"), key=_hardness):
        strongest.setdefault(value.profession_id, value)
    return {pk: translations(value.criterion, "name") for pk, value in strongest.items()}


def _hardness(value: ProfessionCriterion) -> int:
    return HARD.index(str(value.criterion.key))


def translations(row: Model, name: str) -> Texts:
    """A translated text in each language that has it."""
    return {code: text for code in LANGUAGE_CODES if (text := getattr(row, f"{name}_{code}"))}


def of(match: Match, centred: Sequence[float], items: Sequence[Row], hard: Texts | None) -> Sides:
    """The two parts of the score that speak most for the profession, and the one against it.

    Contributions are products of what the person likes more or less than the rest and what the
    work has more or less of: their signs say which of the two it is.
    """
    order = sorted(range(6), key=lambda index: (-round(match.contributions[index], 9), index))
    best = [index for index in order if match.contributions[index] > 0][:STRENGTHS]
    worst = order[-1]
    strengths = [_strength(index, centred[index], items) for index in best]
    if match.contributions[worst] < 0:
        return {"strengths": strengths, "friction": _friction(worst, centred[worst], items)}
    return {"strengths": strengths, "friction": _usual(worst, items, hard)}


def _strength(index: int, centred: float, items: Sequence[Row]) -> Reason:
    interest = list(Interest)[index]
    if centred > 0:
        return _reason(ReasonKind.SHARED, interest, Section.PROS, CARRIES[interest], items)
    return _reason(ReasonKind.SPARED, interest, Section.PROS, LACKS[interest], items)


def _friction(index: int, centred: float, items: Sequence[Row]) -> Reason:
    interest = list(Interest)[index]
    if centred > 0:
        return _reason(ReasonKind.MISSING, interest, Section.CONS, LACKS[interest], items)
    return _reason(ReasonKind.HEAVY, interest, Section.CONS, CARRIES[interest], items)


def _usual(index: int, items: Sequence[Row], hard: Texts | None) -> Reason:
    """What the guide names first as hard; or else a criterion, or the interest that adds least."""
    cons = [item for item in items if item["section"] == Section.CONS]
    if cons:
        return {
            "kind": str(ReasonKind.USUAL),
            "letter": "",
            "section": str(Section.CONS),
            "place": 1,
            "text": cons[0]["text"],
        }
    if hard:
        return {"kind": str(ReasonKind.TOUGH), "letter": "", "criterion": hard}
    return {"kind": str(ReasonKind.LEAST), "letter": str(list(Interest)[index])}


def _reason(
    kind: ReasonKind,
    interest: Interest,
    section: Section,
    keys: Sequence[str],
    items: Sequence[Row],
) -> Reason:
    """The reason with the item of the section that speaks of it, where there is one."""
    names = lookups.criteria()
    rows = [item for item in items if item["section"] == section]
    found = [
        (keys.index(key), place)
        for place, item in enumerate(rows, 1)
        if (key := names.get(item["criterion_id"] or 0, "")) in keys
    ]
    reason: Reason = {"kind": str(kind), "letter": str(interest)}
    if not found:
        return reason
    place = min(found)[1]
    text = rows[place - 1]["text"]
    return {**reason, "section": str(section), "place": place, "text": text}
