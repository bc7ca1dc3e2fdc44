"""What is asked of the search of offers and what it answers, whichever engine does the work."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

PAGE_SIZE = 20

# Facets of one value an offer, with the column that holds it.
COLUMNS = {
    "contract": "contract",
    "time": "working_time",
    "hours": "hours_pattern",
    "experience": "experience",
    "level": "study_level",
    "telework": "telework",
    "licence": "licence",
    "sector": "profession__sector_id",
    "profession": "profession_id",
    "employer": "employer_id",
}
# Facets of several values an offer: whom it is open to; the province of each of its places, or the
# region for Brussels, by REFNIS code; the municipality of each place.
MULTIPLE = ["audience", "province", "municipality"]
STUDENT, MINORS = "student", "minors"
# Published within so many days; an offer counts in each that is long enough.
SINCE = "since"
DAYS = [1, 3, 7, 14, 30]

FACETS = [*COLUMNS, *MULTIPLE, SINCE]
# What the panel of the list counts at each search; the others are counted where they are asked for.
PANEL = [
    "contract",
    "time",
    "hours",
    "experience",
    "level",
    "telework",
    "licence",
    "sector",
    "audience",
    "province",
    SINCE,
]


class Sort(models.TextChoices):
    """The orders of a list of offers; inside each the newest come first."""

    # All words in the title or in a name of the profession first; without words, by date.
    RELEVANCE = "relevance", _("Relevance")
    DATE = "date", _("Newest first")
    CLOSING = "closing", _("Closing soon first")
    PAY = "pay", _("Highest pay first")
    DISTANCE = "distance", _("Nearest first")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an ordered list: the rank in the chosen order, then the number of an offer.

    `rank` is 0 or 1 for relevance (title, text), the ordinal of the closing day, minus the monthly
    pay (1 where none is given), metres for distance, always 0 for date: the least comes first.
    """

    rank: int
    number: int
    # The page that ends just before this place instead of the one that starts just after it.
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search of live offers. Within a facet one of the values is enough, between them all count.

    `words` are folded and carry meaning (`terms.query_words`). `municipalities` are ids, None for
    everywhere; `metres` gives the distance of each for the order by distance. `pay` is in whole
    euros a month: offers that reach it. `languages` are what a person speaks: offers that ask for
    more of one of these languages than its level (0 for not at all) are left out. `today` is the
    day that decides what is open.
    """

    today: date
    words: tuple[str, ...] = ()
    municipalities: frozenset[int] | None = None
    metres: tuple[tuple[int, int], ...] = ()
    # The chosen values of facets, as strings: {"contract": {"permanent"}}.
    chosen: tuple[tuple[str, frozenset[str]], ...] = ()
    pay: int | None = None
    languages: tuple[tuple[str, int], ...] = ()
    sort: Sort = Sort.RELEVANCE
    at: Cursor | None = None
    # Left out: the offer whose similar ones are sought.
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of offer ids in order, how many match in all, and how many carry each facet value.

    Counts are exact and disjunctive: the choice made in a facet does not narrow its own counts.
    Values without offers are left out. `following` and `previous` are None at the ends.
    """

    ids: list[int]
    total: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    following: Cursor | None = None
    previous: Cursor | None = None
    # The number of the last change of an offer that it knows.
    change: int = field(default=0, compare=False)


class Engine(Protocol):
    """One way to answer; all give the same answer."""

    def search(
        self, query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL
    ) -> Answer: ...
