"""What a report holds: plain frozen values, ready for a page, a table or JSON."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.engine.identity import Id
from quiz.engine.quality import Quality
from quiz.engine.scoring import Formula


class Band(StrEnum):
    """How near a profession is, by the share of all pairs of a person and a profession below."""

    VERY_CLOSE = "very close"
    CLOSE = "close"
    TO_EXPLORE = "to explore"
    FAR = "far"

    @classmethod
    def of(cls, percentile: float) -> "Band":
        return next((band for band in cls if percentile >= STARTS[band]), cls.FAR)

    @property
    def slug(self) -> str:
        """The band as style sheets name it."""
        return self.replace(" ", "-")


# Where each band begins, the nearest first.
STARTS = {Band.VERY_CLOSE: 0.9, Band.CLOSE: 0.7, Band.TO_EXPLORE: 0.4, Band.FAR: 0.0}


@dataclass(frozen=True, slots=True)
class Interest:
    """One of the six interests of a person.

    `mean`: expected mean answer to all items of this interest, in points (1 to 5), with its 80 %
    interval `low` to `high`. `normed`: the same in standard deviations of the norm group (z), and
    `centred` minus the mean of the six, with the standard deviation `sd`.
    """

    dimension: str
    mean: float
    low: float
    high: float
    normed: float
    centred: float
    sd: float


@dataclass(frozen=True, slots=True)
class Match:
    """One profession for one person.

    `rank` from 1; `score` of the report's formula, of which `contributions` (R I A S E C) are the
    parts; `match`, what to expect of it, on a scale with a meaning (see `scoring`), with its 80 %
    interval `low` to `high`; `percentile`: the share of the norm group that correlates less with
    this profession; `top_tenth`: the probability that the profession is in the tenth of the
    catalogue that is nearest to this person. `gain`: ranks won by the what-if weights.
    """

    id: Id
    rank: int
    score: float
    match: float
    low: float
    high: float
    percentile: float
    top_tenth: float
    band: Band
    contributions: tuple[float, ...]
    family: Id | None = None
    level: float | None = None
    gain: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """The nearest professions of one family (None: of those without one)."""

    name: Id | None
    members: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything known after some answers.

    `professions`: all of them (of the study levels asked for), best first. `suggestions`: the
    first ten of which at most three are of one family. `families`: three families with up to
    four near professions each. `bridge`: the nearest profession outside these three. `first` and
    `least`: the interests that stand highest and lowest; where `open_profile`, the first two
    differ by less than is known, or all answers are alike: no interest is to be called the first.
    `width`: mean width of the 80 % intervals of the suggestions. `engine`: version of the code that
    made this.
    """

    formula: Formula
    engine: str
    max_items: int
    interests: tuple[Interest, ...]
    first: str
    least: str
    open_profile: bool
    professions: tuple[Match, ...]
    suggestions: tuple[Match, ...]
    families: tuple[Family, ...]
    bridge: Match | None
    quality: Quality
    width: float
