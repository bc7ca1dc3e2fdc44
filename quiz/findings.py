"""What the engine found of a session, with the texts it speaks of, as plain JSON.

Texts stand in all their languages, so that a stored result reads in any of them; sentences are
made when it is read (`quiz.reading`).
"""

from collections.abc import Callable, Sequence
from typing import Any, NotRequired, TypedDict, TypeVar

from django.utils.translation import override

from careers.professions.models import Profession as ProfessionRow
from portal.fields import LANGUAGE_CODES
from quiz import actions, counterfactual, lookups, reasons
from quiz.engine import CompatibilityReport, Match, Report, Session
from quiz.engine.families import bridge, grouped
from quiz.models import QuizSession
from quiz.models import Report as StoredReport
from quiz.reasons import Texts
from quiz.versions import LEVELS
from quiz.whatif import WhatIf

NEAREST = 10
DIGITS = 6  # decimals that are kept


class Answers(TypedDict):
    """How many answers there are, in what time, and what has read them: version and `engine`.

    `alike`: all answers are, so that they tell nothing. `seconds` is None where the time of an
    answer is not known.
    """

    engine: str
    version: int
    asked: int
    answered: int
    alike: NotRequired[bool]
    may_be_random: bool
    seconds: int | None
    situation: str


class Interest(TypedDict):
    """See `quiz.engine.report.Interest`."""

    letter: str
    mean: float
    low: float
    high: float
    normed: float
    centred: float
    sd: float


class Titled(TypedDict):
    """A profession by its name."""

    title: Texts


class Apart(Titled):
    """One that is set apart for its shifts, with the rank it would have."""

    id: int
    rank: int


class Profession(Titled, reasons.Sides):
    """What is told of a profession; numbers as in `quiz.engine.report.Match`."""

    sector: Texts
    level: str
    score: float
    contributions: list[float]
    match: float
    low: float
    high: float
    top_tenth: float
    band: str
    guide_version: int | None


class Family(TypedDict):
    """Professions of the sector with this name."""

    name: Texts
    members: list[int]


class Said(Answers):
    """What does not depend on the professions."""

    open: bool
    interests: list[Interest]


class Findings(Said):
    """The findings of a main quiz; professions are named by their primary keys.

    `level`: the studies wanted. `others`: how many of the ten nearest of all levels it leaves out.
    `apart`: those of the first ten set apart for shifts, of `apart_count` in all. `titles`: of the
    `choices`. `width`: mean width of the intervals of the `nearest`. `of`: how many professions
    there are, of all levels.
    """

    level: str
    others: int
    ranking: list[int]
    nearest: list[int]
    families: list[Family]
    bridge: int | None
    professions: dict[str, Profession]
    apart: list[Apart]
    apart_count: int
    choices: counterfactual.Choices
    titles: dict[str, Titled]
    change: counterfactual.Change | None
    width: float
    of: NotRequired[int]


# Those of a main quiz, or of a quiz about one profession.
Found = TypeVar("Found", bound=Answers)


def stored(session: QuizSession, find: Callable[[QuizSession], Found]) -> Found:
    """What `find` finds of a finished session, as it was stored, or stored now if it was not."""
    report = StoredReport.objects.filter(session=session).first()
    if report is None:
        data = find(session)
        defaults = {"snapshot": data, "engine_version": data["engine"]}
        report, _made = StoredReport.objects.get_or_create(session=session, defaults=defaults)
    return report.snapshot


def find(session: QuizSession, whatif: WhatIf | None = None) -> Findings:
    """The findings of a finished main quiz, under a what-if instead of what was said if given.

    The same answers give the same bytes.
    """
    whatif = whatif or WhatIf.of(session)
    engine = actions.resumed(session)
    report = engine.report(weights=whatif.weights)
    known = lookups.professions()
    listed = [match for match in report.professions if match.id in known]
    of_level = [match for match in listed if _is_of_level(match, whatif)]
    kept, apart = _set_apart(of_level, known, whatif)
    families = grouped(kept)
    near = kept[:NEAREST]
    across = bridge(kept, families)
    told = [*near, *(match for family in families for match in family.members)]
    told += [across] if across else []
    choices = counterfactual.choices(pks(kept))
    return {
        **_said(session, report, engine),
        "level": str(whatif.level),
        "others": sum(not _is_of_level(match, whatif) for match in listed[:NEAREST]),
        "ranking": pks(kept),
        "nearest": pks(near),
        "families": [
            {
                "name": reasons.translations(known[family.members[0].id].sector, "name"),
                "members": pks(family.members),
            }
            for family in families
        ],
        "bridge": int(across.id) if across else None,
        "professions": professions(told, report, known),
        "apart": [_apart(match, of_level, known) for match in apart if match in of_level[:NEAREST]],
        "apart_count": len(apart),
        "choices": choices,
        "titles": {str(pk): _title(known[pk]) for pk in [*choices["enter"], *choices["leave"]]},
        "change": None
        if report.quality.is_flat
        else counterfactual.first(session, engine, kept, choices, whatif.weights),
        "width": _rounded(_width(near)),
        "of": len(report.professions),
    }


def pks(matches: Sequence[Match]) -> list[int]:
    """The primary keys of these professions."""
    return [int(match.id) for match in matches]


def _is_of_level(match: Match, whatif: WhatIf) -> bool:
    if whatif.other_levels or match.level is None:
        return True
    return LEVELS[int(match.level)] in whatif.level.levels


def _set_apart(
    matches: Sequence[Match], known: dict[Any, Any], whatif: WhatIf
) -> tuple[list[Match], list[Match]]:
    """Those that stay, and those with shifts where the what-if is to have none."""
    apart = [m for m in matches if whatif.no_shifts and lookups.has_shifts(known[m.id])]
    gone = {match.id for match in apart}
    return [match for match in matches if match.id not in gone], apart


def answers_of(
    session: QuizSession, report: Report | CompatibilityReport, engine: Session
) -> Answers:
    times = list(session.answers.values_list("milliseconds", flat=True))
    known = [time for time in times if time is not None]
    return {
        "engine": report.engine,
        "version": session.model_version.number,
        "asked": engine.asked,
        "answered": report.quality.answered,
        "alike": report.quality.is_flat,
        "may_be_random": report.quality.may_be_random,
        "seconds": round(sum(known) / 1000) if known and len(known) == len(times) else None,
        "situation": session.situation,
    }


def _said(session: QuizSession, report: Report, engine: Session) -> Said:
    """What does not depend on the professions."""
    return {
        **answers_of(session, report, engine),
        "open": report.open_profile,
        "interests": interests(report),
    }


def interests(report: Report) -> list[Interest]:
    return [
        {
            "letter": interest.dimension,
            "mean": _rounded(interest.mean),
            "low": _rounded(interest.low),
            "high": _rounded(interest.high),
            "normed": _rounded(interest.normed),
            "centred": _rounded(interest.centred),
            "sd": _rounded(interest.sd),
        }
        for interest in report.interests
    ]


def professions(
    told: Sequence[Match], report: Report | CompatibilityReport, known: dict[Any, Any]
) -> dict[str, Profession]:
    """What is told of each of these professions, by its primary key."""
    guides = reasons.guides([known[match.id].guide_version for match in told])
    hard = reasons.hard_sides([match.id for match in told])
    found: dict[str, Profession] = {}
    for match in told:
        profession = known[match.id]
        found[str(match.id)] = {
            **_title(profession),
            "sector": reasons.translations(profession.sector, "name"),
            "level": profession.study_level,
            "score": _rounded(match.score),
            "contributions": [_rounded(part) for part in match.contributions],
            "match": _rounded(match.match),
            "low": _rounded(match.low),
            "high": _rounded(match.high),
            "top_tenth": _rounded(match.top_tenth),
            "band": str(match.band),
            "guide_version": profession.guide_version,
            **reasons.of(
                match,
                report.interests,
                guides.get(profession.guide_version, []),
                hard.get(match.id),
            ),
        }
    return found


def _apart(match: Match, ranked: Sequence[Match], known: dict[Any, Any]) -> Apart:
    return {**_title(known[match.id]), "id": int(match.id), "rank": ranked.index(match) + 1}


def _title(profession: ProfessionRow) -> Titled:
    titles = {}
    for code in LANGUAGE_CODES:
        if getattr(profession, f"name_masculine_{code}"):
            with override(code):
                titles[code] = str(profession.title)
    return {"title": titles}


def _width(matches: Sequence[Match]) -> float:
    return sum(match.high - match.low for match in matches) / max(len(matches), 1)


def _rounded(number: float) -> float:
    # Never -0.0, which JSON would keep.
    return round(number, DIGITS) + 0.0
