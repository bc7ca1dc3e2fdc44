"""The shape of a result: plain data in the language of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quiz.engine import Band


@dataclass(frozen=True)
class Interest:
    """One of the six, with the mean answer from 1 to 5 and its 80 % interval.

    `words` say what it is about, `beside` how it compares with the usual answer.
    """

    letter: str
    name: str
    words: str
    mean: float
    low: float
    high: float
    beside: str


@dataclass(frozen=True)
class Reason:
    """Why a profession is near, or what speaks against it: a sentence of ours, and its evidence.

    `quote` is a sentence of the guide, in `language`, found at `url`. Without one `url` leads to
    the block of the profession's page that the sentence speaks of; both are empty where the page
    is gone.
    """

    text: str
    quote: str
    language: str
    url: str


@dataclass(frozen=True)
class Match:
    """A profession as the result shows it.

    `place`, `low` and `high` go from 0 to 1 (see `quiz.engine.report.Match.match`): for a bar
    only, people read `band_name` and `interval`. `gain`: places won against the stored result,
    among the professions of both, None where it is not ranked there; `moved` says it in words.
    `url` is empty where the page of the profession is gone. Where all answers are alike nothing
    `is_told` of it: band, interval and reasons are empty.
    """

    pk: int
    slug: str
    title: str
    language: str
    url: str
    sector: str
    level: str
    rank: int
    gain: int | None
    moved: str
    place: float
    low: float
    high: float
    band: Band
    band_name: str
    interval: str
    is_likely_top: bool
    strengths: list[Reason]
    friction: Reason | None
    clashes: list[str]
    is_told: bool = True

    @property
    def anchor(self) -> str:
        """The id of its reasons on the page."""
        return f"why-{self.pk}"

    @property
    def untold(self) -> "Match":
        """The same where the answers tell nothing of it."""
        return replace(
            self,
            is_told=False,
            band_name="",
            interval="",
            is_likely_top=False,
            strengths=[],
            friction=None,
        )


@dataclass(frozen=True)
class Family:
    """Professions of one sector, the nearest first."""

    name: str
    language: str
    professions: list[Match]

    def __iter__(self) -> Iterator[Match]:
        return iter(self.professions)


@dataclass(frozen=True)
class Choice:
    """A profession just inside or just outside the first ten, whose change can be asked for."""

    pk: int
    slug: str
    title: str
    enters: bool


@dataclass(frozen=True)
class Change:
    """The smallest change of one answer that brings a profession among the first ten, or out.

    `item`, `before` and `after` are what the person read, in `language`, and empty where no single
    answer does it. `rank_before` and `rank_after` are its places without and with the change.
    """

    pk: int
    slug: str
    title: str
    enters: bool
    text: str
    item: str
    before: str
    after: str
    language: str
    rank_before: int
    rank_after: int


@dataclass(frozen=True)
class Apart:
    """A profession that a what-if sets apart for its shifts, with the rank it would have."""

    title: str
    language: str
    url: str
    rank: int


@dataclass(frozen=True)
class Result:
    """Everything a result says.

    `sentences`: the profile in words, two of them at most. `is_alike`: all answers are, so that
    there is no order, no `nearest` and no `change`; families are a first look. `least`: what
    attracts least, "" where that is not known. `notes`: doubts, softly said. `limits`: what the
    quiz cannot know.
    `nearest`: the first ten. `families`: three, up to four professions each. `choices`: the
    professions just outside the first ten, nearest first, then those inside; `change` is about one
    of them. `others`: how many of the ten nearest of all levels of study the
    level leaves out. `apart`: those of the first ten set apart for shifts, of `apart_count` in all.
    `total`: professions ranked; `is_filtered`: they are not those of the stored result.
    `top_said`: what a match that `is_likely_top` may say. `seconds`: None where unknown; `width`:
    mean width of the intervals on a scale from 0 to 1; `time` and `width_said` say both in words.
    """

    sentences: list[str]
    is_alike: bool
    is_open: bool
    interests: list[Interest]
    least: str
    notes: list[str]
    limits: list[str]
    nearest: list[Match]
    families: list[Family]
    bridge: Match | None
    choices: list[Choice]
    change: Change | None
    others: int
    apart: list[Apart]
    apart_count: int
    total: int
    top_said: str
    is_filtered: bool
    level: str
    level_name: str
    engine: str
    version: int
    asked: int
    answered: int
    seconds: int | None
    time: str
    width: float
    width_said: str

    @property
    def means(self) -> list[float]:
        """The mean answers in the order of the hexagon."""
        return [interest.mean for interest in self.interests]

    @property
    def intervals(self) -> list[tuple[float, float]]:
        return [(interest.low, interest.high) for interest in self.interests]

    def __iter__(self) -> Iterator[Match]:
        """Every profession told in detail, once, in the order of the page."""
        told = [match for family in self.families for match in family.professions]
        yield from told
        if self.bridge and self.bridge.pk not in {match.pk for match in told}:
            yield self.bridge
