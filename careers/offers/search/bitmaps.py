"""The search of offers in memory: sets that are intersected, counted and read from the end."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import and_

import numpy as np
from cachetools import LRUCache
from pyroaring import BitMap

from careers.offers.enums import LanguageLevel, WorkLanguage
from careers.offers.search import names
from careers.offers.search.answers import FAR, shown, whole_numbers
from careers.offers.search.copying import language_key
from careers.offers.search.index import LAST_STEP, LISTS, NO_PAY, STEP, Index, Numbers, numbers_of
from careers.offers.search.query import (
    DAYS,
    PAGE_SIZE,
    PANEL,
    SINCE,
    Answer,
    Query,
    Sort,
)

# Up to so many offers their columns are counted, beyond it the sets of the values.
FEW = 30_000
NOTHING = BitMap()
# Facets whose values are ids, and the largest of them that are counted by their sets.
IDS = ["sector", "profession", "employer", "municipality"]
MOST_SETS = 2_000
LAST_NUMBER = 2**32 - 1
# Numbers as the lower part of a place in a list: the higher ones come first.
SHIFT = 32


@dataclass
class Scope:
    """Offers that are counted."""

    offers: BitMap

    @cached_property
    def numbers(self) -> Numbers:
        return numbers_of(self.offers).astype(np.int64)


@dataclass
class BitmapSearch:
    """Answers from an index; each change of the index must be told by `forget`."""

    index: Index
    few: int = FEW
    # The version of the content and the day when the index was last seen to be current.
    moment: tuple[int, date] | None = None
    _kept: LRUCache = field(default_factory=lambda: LRUCache(64))

    def forget(self) -> None:
        """The index has changed: what was derived from it is of no use any more."""
        self._kept.clear()

    def search(
        self, query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL
    ) -> Answer:
        title, anywhere = self._words(query)
        choices = {name: self._chosen(name, values, query) for name, values in query.chosen}
        always = self._always(query, anywhere)
        others = [found for name, found in choices.items() if name not in facets]
        base = _all([always, *others])
        own = {name: found for name, found in choices.items() if name in facets}
        matches = _all([base, *own.values()])
        answer = self._page(query, matches, title, size)
        scope = Scope(matches)
        for name in facets:
            rest = [own[other] for other in own if other != name]
            counted = Scope(_all([base, *rest])) if name in own else scope
            answer.counts[name] = self._counts(name, counted, query)
        return answer

    # Which offers match.

    def _family(self, name: str, keys: Iterable[object]) -> BitMap:
        """The offers in any of these sets of a family."""
        family = self.index.families[name]
        return _any([family[key] for key in keys if key in family])

    def _words(self, query: Query) -> tuple[list[BitMap], list[BitMap]]:
        """The offers that have each word in the title or a name of the profession; anywhere."""
        title, anywhere = [], []
        for word in names.resolve(query.words):
            first = [self._family("title", [word.term])]
            first.append(self._family("profession", word.professions))
            title.append(_any(first))
            rest = [self._family("body", [word.term]), self._family("employer", word.employers)]
            anywhere.append(_any([title[-1], *rest]))
        return title, anywhere

    def _always(self, query: Query, words: list[BitMap]) -> BitMap:
        """What is open and fulfils all but the choices in facets."""
        needed = [*words, self._live(query.today)]
        if query.municipalities is not None:
            needed.append(self._in_towns(query.municipalities))
        if query.pay is not None:
            needed.append(self._paid(query.pay))
        found = _all(needed)
        for language, level in query.languages:
            found = found - self._asking_more(language, level)
        return found - self.index.find(query.without) if query.without else found

    def _live(self, today: date) -> BitMap:
        def make() -> BitMap:
            closing = self.index.families["closing"]
            ended = [closing[day] for day in closing if day < today.toordinal()]
            return self.index.everything - _any(ended) if ended else self.index.everything

        return self._keep(("live", today), make)

    def _since(self, days: int, today: date) -> BitMap:
        def make() -> BitMap:
            published = self.index.families["published"]
            first = (today - timedelta(days)).toordinal()
            return _any([published[day] for day in published if day >= first])

        return self._keep((SINCE, days, today), make)

    def _in_towns(self, towns: frozenset[int]) -> BitMap:
        return self._keep(("towns", towns), lambda: self._family("municipality", towns))

    def _keep(self, key: object, make: Callable[[], BitMap]) -> BitMap:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def _paid(self, least: int) -> BitMap:
        """Offers that reach a monthly pay: those over the next step, and the amounts up to it."""
        exact = self.index.families["pay"]
        if least > LAST_STEP:
            return _any([found for pay, found in exact.items() if pay >= least])
        least = max(0, least)
        step = max(STEP, -(-least // STEP) * STEP)
        between = [exact[pay] for pay in range(least, step) if pay in exact]
        return _any([self._family("paid", [step]), *between])

    def _asking_more(self, language: str, level: int) -> BitMap:
        if language not in WorkLanguage.values or level >= max(LanguageLevel.values):
            return NOTHING
        return self._family("language", [language_key(language, max(0, level) + 1)])

    def _chosen(self, name: str, values: Collection[str], query: Query) -> BitMap:
        """The offers that carry one of the chosen values of a facet."""
        if name == SINCE:
            days = max((number for number in DAYS if str(number) in values), default=None)
            return NOTHING if days is None else self._since(days, query.today)
        if name in LISTS:
            places = {value: place for place, value in enumerate(LISTS[name])}
            return self._family(name, [places[value] for value in values if value in places])
        if name in IDS:
            return self._family(name, [pk for pk in whole_numbers(values) if pk])
        return self._family(name, [value for value in values if value])

    # How many carry each value.

    def _counts(self, name: str, scope: Scope, query: Query) -> dict[str, int]:
        if not scope.offers:
            return {}
        if name == SINCE:
            within = {days: self._since(days, query.today) for days in DAYS}
            counted = {days: scope.offers.intersection_cardinality(within[days]) for days in DAYS}
            return {str(days): number for days, number in counted.items() if number}
        if name in LISTS:
            return {LISTS[name][place]: n for place, n in self._listed(name, scope) if n}
        family, size = self.index.families[name], len(scope.offers)
        if name in ("profession", "employer") and (len(family) > MOST_SETS or size < len(family)):
            found = self._counted(name, scope)
        elif name == "sector" and size <= self.few:
            found = self._sectors(scope)
        else:
            found = ((key, scope.offers.intersection_cardinality(family[key])) for key in family)
        return {str(key): number for key, number in found if key and number}

    def _counted(self, name: str, scope: Scope) -> Iterable[tuple[int, int]]:
        """How often each value of a column occurs."""
        keys, counts = np.unique(self.index.column(name, scope.numbers), return_counts=True)
        return zip(keys.tolist(), counts.tolist(), strict=True)

    def _sectors(self, scope: Scope) -> Iterable[tuple[int, int]]:
        counts: Counter[int] = Counter()
        for profession, number in self._counted("profession", scope):
            counts[self.index.groups.sectors.get(profession, 0)] += number
        return counts.items()

    def _listed(self, name: str, scope: Scope) -> Iterable[tuple[int, int]]:
        if len(scope.offers) <= self.few:
            return enumerate(np.bincount(self.index.column(name, scope.numbers)).tolist())
        family = self.index.families[name]
        return [(key, scope.offers.intersection_cardinality(family[key])) for key in family]

    # The page.

    def _page(self, query: Query, matches: BitMap, title: list[BitMap], size: int) -> Answer:
        if not size or not matches:
            return Answer([], len(matches))
        if query.sort in (Sort.CLOSING, Sort.PAY) and len(matches) <= self.few:
            places, beyond = self._sorted(query, matches, size)
        else:
            places, beyond = self._in_buckets(query, matches, title, size)
        ids = self.index.column("id", np.array([n for _rank, n in places], dtype=np.int64)).tolist()
        rows = [(rank, number, pk) for (rank, number), pk in zip(places, ids, strict=True)]
        return shown(rows, query.at, size, beyond=beyond, total=len(matches))

    def _sorted(
        self, query: Query, matches: BitMap, size: int
    ) -> tuple[list[tuple[int, int]], bool]:
        """The places around the cursor, from the columns of few offers."""
        numbers = numbers_of(matches).astype(np.int64)
        if query.sort == Sort.CLOSING:
            ranks = self.index.column("closing", numbers).astype(np.int64)
        else:
            pay = self.index.column("pay", numbers).astype(np.int64)
            ranks = np.where(pay == NO_PAY, 1, -pay)
        places = np.sort((ranks << SHIFT) - numbers)
        first, last, beyond = 0, size + 1, False
        if query.at:
            at = (_within(query.at.rank, 2**30) << SHIFT) - _within(query.at.number, LAST_NUMBER)
            if query.at.backwards:
                last = int(np.searchsorted(places, at, "left"))
                first, beyond = max(0, last - size - 1), last < len(places)
            else:
                first = int(np.searchsorted(places, at, "right"))
                last, beyond = first + size + 1, first > 0
        numbers = -places[first:last] & LAST_NUMBER
        ranks = (places[first:last] + numbers) >> SHIFT
        return list(zip(ranks.tolist(), numbers.tolist(), strict=True)), beyond

    def _in_buckets(
        self, query: Query, matches: BitMap, title: list[BitMap], size: int
    ) -> tuple[list[tuple[int, int]], bool]:
        """The places around the cursor, from the offers of each rank as a set."""
        back = query.at is not None and query.at.backwards
        start = query.at.rank if query.at and _has_ranks(query) else 0
        places: list[tuple[int, int]] = []
        beyond = False
        for rank, offers in self._buckets(query, matches, title, back):
            if query.at and (rank > start if back else rank < start):
                beyond = beyond or matches.intersect(offers)
                continue
            limit = query.at.number if query.at and rank == start else None
            found = offers if offers is matches else matches & offers
            beyond = beyond or (limit is not None and _is_beyond(found, limit, back))
            more = _next(found, limit, size + 1 - len(places), back)
            places += [(rank, number) for number in more]
            if len(places) > size:
                break
        return places, beyond

    def _buckets(
        self, query: Query, matches: BitMap, title: list[BitMap], back: bool
    ) -> Iterator[tuple[int, BitMap]]:
        """The ranks in order and the offers of each: no match is in two, others may be in any."""
        if not _has_ranks(query):
            return iter([(0, matches)])
        if query.sort in (Sort.DISTANCE, Sort.RELEVANCE):
            if query.sort == Sort.DISTANCE:
                buckets = [*self._by_distance(query, matches)]
            else:
                first = _all([*title, matches])
                buckets = [(0, first), (1, matches - first)]
            return iter(buckets[::-1] if back else buckets)
        if query.sort == Sort.CLOSING:
            family = self.index.families["closing"]
            return ((day, family[day]) for day in sorted(family, reverse=back))
        family = self.index.families["pay"]
        ranks = {1 if pay == NO_PAY else -pay: pay for pay in family}
        return ((rank, family[ranks[rank]]) for rank in sorted(ranks, reverse=back))

    def _by_distance(self, query: Query, matches: BitMap) -> Iterator[tuple[int, BitMap]]:
        towns: dict[int, list[int]] = {}
        for town, metres in query.metres:
            towns.setdefault(metres, []).append(town)
        left = matches
        for metres in sorted(towns):
            found = left & self._family("municipality", towns[metres])
            if found:
                yield metres, found
                left = left - found
        yield FAR, left


def _has_ranks(query: Query) -> bool:
    """Whether more than the number decides the order."""
    if query.sort == Sort.RELEVANCE:
        return bool(query.words)
    return query.sort != Sort.DATE and (query.sort != Sort.DISTANCE or bool(query.metres))


def _within(number: int, most: int) -> int:
    return max(-most, min(number, most))


def _all(found: list[BitMap]) -> BitMap:
    """What is in all of the sets, of which there is at least one; never changed by the caller."""
    return reduce(and_, sorted(found, key=len))


def _any(found: list[BitMap]) -> BitMap:
    """What is in any of the sets; never changed by the caller."""
    found = [each for each in found if each]
    if len(found) <= 1:
        return found[0] if found else NOTHING
    return BitMap.union(*found)


def _below(offers: BitMap, number: int) -> int:
    """How many members are lower than a number."""
    return offers.rank(min(number - 1, LAST_NUMBER)) if number > 0 else 0


def _is_beyond(offers: BitMap, at: int, back: bool) -> bool:
    """Whether some stand at a number or on the side that the page is not on."""
    if back:
        return _below(offers, at + 1) > 0
    return _below(offers, at) < len(offers)


def _next(offers: BitMap, at: int | None, most: int, back: bool) -> list[int]:
    """The members beside a number, the nearest first: the lower ones, or the higher ones."""
    if back:
        first = 0 if at is None else _below(offers, at + 1)
        return [*offers[first : min(first + most, len(offers))]]
    last = len(offers) if at is None else _below(offers, at)
    return [*offers[max(0, last - most) : last]][::-1]
