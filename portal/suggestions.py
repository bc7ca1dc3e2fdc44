"""Names that fit what a visitor has typed so far, over all kinds of pages."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from portal import directory, kept
from portal.directory import Entry, Name
from portal.fields import current_language
from portal.models import ContentVersion
from portal.spelling import Vocabulary
from portal.words import query_words

SHORTEST = 2
MOST = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page, and the name that fits."""

    entry: Entry
    name: Name

    @property
    def hint(self) -> str:
        """The name that fits, where the title does not show it; else what tells twins apart."""
        return directory.note(self.entry, self.name) or self.entry.aside


@dataclass(frozen=True)
class NameList:
    """Every name from each of its words on, sorted: a beginning is one range of the list."""

    keys: list[str]
    places: list[tuple[int, Suggestion]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "NameList":
        rows = sorted(
            (" ".join(words[start:]), start, number, Suggestion(entry, name))
            for number, (entry, name, words) in enumerate(
                (entry, name, name.joined.split()) for entry in entries for name in entry.names
            )
            for start in range(len(words))
        )
        return cls([row[0] for row in rows], [(row[1], row[3]) for row in rows])

    def beginning(self, text: str) -> Iterator[tuple[int, Suggestion]]:
        """Names with a word from which on they begin with `text`, and the place of that word."""
        first = bisect_left(self.keys, text)
        for place in range(first, len(self.keys)):
            if not self.keys[place].startswith(text):
                return
            yield self.places[place]

    def holding(self, words: list[str]) -> list[tuple[int, Suggestion]]:
        """Names with all the words as beginnings, together in this order or anywhere."""
        together = list(self.beginning(" ".join(words)))
        if together or len(words) == 1:
            return together
        longest = max(words, key=len)
        return [
            (1, suggestion)
            for _start, suggestion in self.beginning(longest)
            if all(f" {word}" in f" {suggestion.name.joined}" for word in words)
        ]


def _names(version: int) -> NameList:
    entries = directory.current(version)
    key = ("name list", current_language())
    return kept.table(*key, version=version, build=lambda: NameList.of(entries))


def suggest(text: str, version: int | None = None) -> list[Suggestion]:
    """Up to ten pages, each once, the best name first; none below two letters."""
    words = query_words(text)
    if sum(map(len, words)) < SHORTEST:
        return []
    version = ContentVersion.current() if version is None else version
    names = _names(version)
    found = names.holding(words) or [
        suggestion
        for respelt in _respelt(words, directory.vocabulary(version))
        for suggestion in names.holding(respelt)
    ]
    return _best(found, " ".join(words))


def _respelt(words: list[str], known: Vocabulary) -> Iterator[list[str]]:
    """The words with errors repaired; the last one may not be typed to its end yet."""
    *before, last = words
    before = known.repair(before)
    ends = [last] if known.knows(last) else known.beginnings(last) or known.neighbours(last)
    for end in ends:
        yield [*before, end]


def _best(found: Iterable[tuple[int, Suggestion]], typed: str) -> list[Suggestion]:
    order = {kind: place for place, kind in enumerate(directory.KINDS)}

    def rank(item: tuple[int, Suggestion]) -> tuple[int, bool, int, int, str]:
        start, suggestion = item
        name, entry = suggestion.name, suggestion.entry
        # What was typed in full comes first, whichever kind of name it is.
        nearness = -1 if name.joined == typed else name.rank
        return nearness, start > 0, order[entry.kind], len(name.joined), entry.sort_key

    best: dict[tuple[str, int], Suggestion] = {}
    for _start, suggestion in nsmallest(MOST * 6, found, key=rank):
        best.setdefault((suggestion.entry.kind, suggestion.entry.pk), suggestion)
    return list(best.values())[:MOST]
