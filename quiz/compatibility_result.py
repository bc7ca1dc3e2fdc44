"""What the quiz about one profession found: stored once, read in the language of the page."""

from dataclasses import dataclass
from typing import Any, NotRequired

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.professions.models import SimilarProfession
from quiz import actions, findings, lookups, reading, sentences
from quiz.engine import Band
from quiz.engine import Match as EngineMatch
from quiz.engine.compatibility import ALTERNATIVES
from quiz.models import QuizSession
from quiz.shown import Match

BANDS = {
    Band.VERY_CLOSE: gettext_lazy("Very close to your interests"),
    Band.CLOSE: gettext_lazy("Close to your interests"),
    Band.TO_EXPLORE: gettext_lazy("To explore: some of it speaks to you, some does not"),
    Band.FAR: gettext_lazy("Far from your interests"),
}
UNTOLD = gettext_lazy(
    "Nothing can be told of your interests: all your answers are the same, so they speak neither"
    " for this profession nor against it."
)
LOW = {Band.TO_EXPLORE, Band.FAR}


class Ranked(findings.Profession):
    """What is told of a profession, with its rank."""

    rank: int


class Findings(findings.Answers):
    """The findings: `profession` and its `alternatives` by their primary keys.

    `are_alike`: all alternatives are like the profession.
    """

    profession: int
    alternatives: list[int]
    are_alike: NotRequired[bool]
    professions: dict[str, Ranked]


@dataclass(frozen=True)
class Interests:
    """How near one profession is to what a person likes; never mixed with its reality.

    `value`, `low` and `high`: of 100 pairs of a person and a profession, how many are less near,
    with the 80 % interval; never none or all. `is_told` is false where all answers are alike: then
    there is no band and no figure.
    `match` is about the profession; `alternatives` are three nearer ones, where it is not close and
    as many are not far: those like it first (`are_alike` if all are), then the nearest.
    `notes`: doubts, softly said. `asked` and `answered` count the answers of an earlier quiz too.
    """

    band: str
    match: Match
    is_told: bool
    value: int
    low: int
    high: int
    alternatives: list[Match]
    are_alike: bool
    notes: list[str]
    asked: int
    answered: int
    seconds: int | None
    engine: str
    version: int

    @property
    def said(self) -> str:
        """The result in words alone."""
        return f"{self.band}." if self.is_told else self.band

    @property
    def figures(self) -> str:
        """What the bar of the profession shows, in figures; "" where there is none."""
        text = _(
            "Imagine 100 people who each draw a profession by lot. About %(value)s of them would"
            " get one that is less close to them than this one is to you; the true number lies"
            " between %(low)s and %(high)s in 8 cases out of 10."
        )
        told = {"value": self.value, "low": self.low, "high": self.high}
        return text % told if self.is_told else ""

    @property
    def alternatives_title(self) -> str:
        if self.are_alike:
            return _("Like it, and nearer to your interests")
        return _("Nearer to your interests")

    @property
    def is_low(self) -> bool:
        return self.is_told and self.match.band in LOW


def of(session: QuizSession) -> Interests:
    """The result of a finished quiz about one profession: as stored, or stored now.

    Raises `Hidden` where the profession was taken from the public before its first reading.
    """
    data = findings.stored(session, find)
    known = lookups.professions()
    matches = {
        int(pk): reading.match(int(pk), row, row["rank"], None, session.study_level, known)
        for pk, row in data["professions"].items()
    }
    own, is_told = matches[data["profession"]], not data.get("alike")
    near = [matches[pk] for pk in data["alternatives"] if pk in known]
    return Interests(
        band=str(BANDS[own.band] if is_told else UNTOLD),
        match=own if is_told else own.untold,
        is_told=is_told,
        value=_of_100(own.place),
        low=_of_100(own.low),
        high=_of_100(own.high),
        alternatives=near if is_told else [],
        are_alike=data.get("are_alike", False),
        notes=sentences.doubts(data),
        asked=data["asked"],
        answered=data["answered"],
        seconds=data["seconds"],
        engine=data["engine"],
        version=data["version"],
    )


def _of_100(share: float) -> int:
    """A share of 100 people, of whom nobody knows that it is none or all."""
    return min(max(round(100 * share), 1), 99)


def find(session: QuizSession) -> Findings:
    """The findings of a finished session. The same answers give the same.

    Raises `Hidden`.
    """
    known = lookups.professions()
    if session.profession_id not in known:
        raise actions.Hidden(session)
    engine = actions.resumed(session)
    report: Any = engine.report()
    nearer = [match for match in report.nearer if match.id in known]
    alike = _alike(report.profession, nearer)
    others = [match for match in nearer if match not in alike]
    alternatives = [*alike, *others][:ALTERNATIVES]
    told = [report.own, *alternatives]
    rows = findings.professions(told, report, known)
    return {
        **findings.answers_of(session, report, engine),
        "profession": report.profession,
        "alternatives": findings.pks(alternatives),
        "are_alike": alternatives == alike,
        "professions": {
            str(match.id): {**rows[str(match.id)], "rank": match.rank} for match in told
        },
    }


def _alike(profession: int, nearer: list[EngineMatch]) -> list[EngineMatch]:
    """Those of the nearer ones that are like the profession, the most alike first. One query."""
    matches = {match.id: match for match in nearer}
    like = SimilarProfession.objects.filter(profession=profession, other__in=list(matches))
    found = like.order_by("-score", "other").values_list("other", flat=True)
    return [matches[pk] for pk in found[:ALTERNATIVES]]
