"""Why a profession is near, what speaks against it, and where its guide says so."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from statistics import median
from typing import Any, NotRequired, TypedDict

from django.db.models import Model

from careers.professions.enums import Section
from careers.professions.models import GuideVersion, ProfessionCriterion
from portal.fields import LANGUAGE_CODES
from quiz import lookups
from quiz.engine import Interest as Scale
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


# The middle of the five answers: from here on somebody says that they like a thing.
LIKED = 3


class ReasonKind(StrEnum):
    """What the person's interest and the work's have to do with each other.

    Strong and weak are interests beside the usual answers, and beside the person's other ones.
    """

    SHARED = "shared"  # strong, and the work has much of it
    SPARED = "spared"  # weak, and the work has little of it
    MISSING = "missing"  # strong, and the work has little of it
    HEAVY = "heavy"  # weak, and the work has much of it
    USUAL = "usual"  # nothing in the answers: what the guide says is hard
    TOUGH = "tough"  # the same without a guide: a criterion that many find hard
    LEAST = "least"  # the same without one: the interest that adds least


Row = dict[str, Any]
Texts = dict[str, str]  # a text in each language that has it


class Reason(TypedDict):
    """`letter` of an interest, "" where it is not about one.

    `plain`: the answers say so by themselves, not only beside the usual ones. `text` is quoted from
    the item of the guide at this `place` of its `section`; `criterion` is the name of one. Each of
    these is there only where there is one.
    """

    kind: str
    letter: str
    plain: NotRequired[bool]
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


def of(match: Match, interests: Sequence[Scale], items: Sequence[Row], hard: Texts | None) -> Sides:
    """The two parts of the score that speak most for the profession, and the one against it.

    Contributions are products of which interests of the person are stronger or weaker than the
    rest, beside the usual answers, and what the work has more or less of: their signs say which of
    the two it is.
    """
    order = sorted(range(6), key=lambda index: (-round(match.contributions[index], 9), index))
    best = [index for index in order if match.contributions[index] > 0][:STRENGTHS]
    worst = order[-1]
    strengths = [_strength(index, interests, items) for index in best]
    if match.contributions[worst] < 0:
        return {"strengths": strengths, "friction": _friction(worst, interests, items)}
    return {"strengths": strengths, "friction": _usual(worst, items, hard)}


def _strength(index: int, interests: Sequence[Scale], items: Sequence[Row]) -> Reason:
    interest, plain = list(Interest)[index], _is_plain(interests[index], interests)
    if interests[index].centred > 0:
        return _reason(ReasonKind.SHARED, interest, plain, CARRIES[interest], items)
    return _reason(ReasonKind.SPARED, interest, plain, LACKS[interest], items)


def _friction(index: int, interests: Sequence[Scale], items: Sequence[Row]) -> Reason:
    interest, plain = list(Interest)[index], _is_plain(interests[index], interests)
    if interests[index].centred > 0:
        return _reason(ReasonKind.MISSING, interest, plain, LACKS[interest], items)
    return _reason(ReasonKind.HEAVY, interest, plain, CARRIES[interest], items)


def _is_plain(interest: Scale, interests: Sequence[Scale]) -> bool:
    """Whether the mean answers agree with what the comparison with the usual ones says."""
    middle = median(other.mean for other in interests)
    if interest.centred > 0:
        return bool(interest.mean >= max(middle, LIKED))
    return bool(interest.mean < middle)


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
    plain: bool,
    keys: Sequence[str],
    items: Sequence[Row],
) -> Reason:
    """The reason with the item of the guide that speaks of it, where there is one."""
    names = lookups.criteria()
    is_for = kind in {ReasonKind.SHARED, ReasonKind.SPARED}
    section = Section.PROS if is_for else Section.CONS
    rows = [item for item in items if item["section"] == section]
    found = [
        (keys.index(key), place)
        for place, item in enumerate(rows, 1)
        if (key := names.get(item["criterion_id"] or 0, "")) in keys
    ]
    reason: Reason = {"kind": str(kind), "letter": str(interest), "plain": plain}
    if not found:
        return reason
    place = min(found)[1]
    text = rows[place - 1]["text"]
    return {**reason, "section": str(section), "place": place, "text": text}
