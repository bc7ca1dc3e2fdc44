"""The site-wide search: pages of every kind for a few words, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from portal import directory, spelling
from portal.directory import OTHER, Entry, Name
from portal.models import ContentVersion
from portal.spelling import Vocabulary
from portal.words import query_words

# How well a page answers: a name is the query, begins with it, holds all its words, or neither.
EXACT, BEGINNING, IN_NAME, IN_TEXT = range(4)
PROPOSALS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A page that answers, how well, and the name by which it was found, if by a name."""

    entry: Entry
    tier: int
    name: Name | None

    @property
    def order(self) -> tuple[int, int]:
        return self.tier, self.name.rank if self.name else OTHER

    @property
    def note(self) -> str:
        """Which name led here, where the title alone does not explain the result."""
        return directory.note(self.entry, self.name) if self.name else ""


@dataclass(frozen=True)
class Results:
    """What was found for `words`, by kind; `words` differ from `typed` where they were repaired."""

    typed: tuple[str, ...]
    words: tuple[str, ...]
    found: tuple[Found, ...]

    @property
    def is_repaired(self) -> bool:
        return self.typed != self.words

    @property
    def total(self) -> int:
        return len(self.found)

    @cached_property
    def by_kind(self) -> dict[str, list[Found]]:
        """The results of each kind that has any; kinds with a better best result first."""
        grouped: dict[str, list[Found]] = {kind: [] for kind in directory.KINDS}
        for found in self.found:
            grouped[found.entry.kind].append(found)
        best_first = sorted(
            (kind for kind in grouped if grouped[kind]), key=lambda kind: grouped[kind][0].tier
        )
        return {kind: grouped[kind] for kind in best_first}


@dataclass(frozen=True)
class Proposal:
    """Another query and how many pages it finds."""

    text: str
    count: int


def search(text: str, *, exact: bool = False, version: int | None = None) -> Results:
    """The pages in whose names or texts every word of `text` stands.

    Words that no name has are repaired first, unless `exact`.
    """
    typed = query_words(text)
    if not typed:
        return Results((), (), ())
    version = ContentVersion.current() if version is None else version
    entries = directory.current(version)
    words = typed if exact else spelling.vocabulary(version).repair(typed)
    return Results(tuple(typed), tuple(words), _ranked(entries, words))


def _patterns(words: Sequence[str]) -> list[tuple[str, str]]:
    stems = directory.stems([*words])
    return [(f" {word}", f" {stem} ") for word, stem in zip(words, stems, strict=True)]


def _matching(entries: Iterable[Entry], words: Sequence[str]) -> list[Entry]:
    """The entries one of whose texts holds every word, whole, as a form or as a beginning."""
    patterns = _patterns(words)
    return [
        entry
        for entry in entries
        if any(
            all(begin in text or stem in text for begin, stem in patterns) for text in entry.texts
        )
    ]


def _ranked(entries: Iterable[Entry], words: Sequence[str]) -> tuple[Found, ...]:
    found = [_found(entry, words) for entry in _matching(entries, words)]
    # The sort is stable: within a tier, the order of the directory stays.
    return tuple(sorted(found, key=lambda found: found.order))


def _found(entry: Entry, words: Sequence[str]) -> Found:
    best = min(
        ((_tier(name, words), name.rank, index) for index, name in enumerate(entry.names)),
        default=(IN_TEXT, 0, 0),
    )
    if best[0] == IN_TEXT:
        return Found(entry, IN_TEXT, None)
    return Found(entry, best[0], entry.names[best[2]])


def _tier(name: Name, words: Sequence[str]) -> int:
    query = " ".join(words)
    if name.joined == query:
        return EXACT
    if name.joined.startswith(query):
        return BEGINNING
    padded = f" {name.joined}"
    return IN_NAME if all(f" {word}" in padded for word in words) else IN_TEXT


def proposals(words: Sequence[str], version: int | None = None) -> list[Proposal]:
    """Wider searches that do find something: fewer words, and near spellings of each word."""
    version = ContentVersion.current() if version is None else version
    entries = directory.current(version)
    queries = [*_fewer(words), *_respelt(words, spelling.vocabulary(version))]
    counted = (
        Proposal(" ".join(query), len(_matching(entries, query)))
        for query in dict.fromkeys(queries)
    )
    useful = [proposal for proposal in counted if proposal.count]
    useful.sort(key=lambda proposal: (-proposal.text.count(" "), proposal.count))
    return useful[:PROPOSALS]


def _fewer(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    if len(words) > 2:
        yield from combinations(words, len(words) - 1)
    if len(words) > 1:
        yield from ((word,) for word in words if len(word) > 2)


def _respelt(words: Sequence[str], known: Vocabulary) -> Iterable[tuple[str, ...]]:
    for place, word in enumerate(words):
        for other in known.neighbours(word):
            yield (*words[:place], other, *words[place + 1 :])
