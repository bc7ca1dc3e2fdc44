"""The site-wide search: pages of every kind for a few words, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from os.path import commonprefix

from portal import directory
from portal.directory import OTHER, Entry, Name
from portal.models import ContentVersion
from portal.spelling import Vocabulary
from portal.words import query_words, stems

# How well a page answers: a name is the query, opens with its words, holds them whole, begins with
# what was typed, holds words that do, holds near forms of them; or only another text does.
EXACT, OPENING, WHOLE, BEGINNING, IN_NAME, FORM, IN_TEXT = range(7)
PROPOSALS = 4
# As many letters as an acronym that nobody takes for the beginning of another word has.
ACRONYM = 3
# How many letters the end of a form of a word may have ("opératrices", "opératrice").
ENDING = 3
SHORTEST_FORM = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A page that answers, how well, and the name by which it was found, if by a name."""

    entry: Entry
    tier: int
    name: Name | None
    # How many of the letters typed the name lacks.
    lacking: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        return self.tier, self.lacking, self.name.rank if self.name else OTHER

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

    Words that no name has are repaired first, unless `exact`. An acronym stands for itself, not
    for the words that begin with its letters.
    """
    typed = query_words(text)
    if not typed:
        return Results((), (), ())
    version = ContentVersion.current() if version is None else version
    entries = directory.current(version)
    words = typed if exact else directory.vocabulary(version).repair(typed)
    return Results(tuple(typed), tuple(words), _ranked(entries, words))


def _patterns(words: Sequence[str], *, whole: bool) -> list[tuple[str, str]]:
    end = " " if whole else ""
    pairs = zip(words, stems([*words]), strict=True)
    return [(f" {word}{end}", f" {stem} ") for word, stem in pairs]


def _matching(
    entries: Iterable[Entry], words: Sequence[str], *, whole: bool = False
) -> list[Entry]:
    """The entries one of whose texts holds every word, whole, as a form or as a beginning."""
    patterns = _patterns(words, whole=whole)
    return [
        entry
        for entry in entries
        if any(
            all(begin in text or stem in text for begin, stem in patterns) for text in entry.texts
        )
    ]


def _is_acronym(entries: Iterable[Entry], words: Sequence[str]) -> bool:
    """Whether so few letters are typed that it matters that they are the whole of a name."""
    typed = " ".join(words)
    return len(typed) <= ACRONYM and any(
        name.joined == typed for entry in entries for name in entry.names
    )


def _ranked(entries: Sequence[Entry], words: Sequence[str]) -> tuple[Found, ...]:
    matching = _matching(entries, words, whole=_is_acronym(entries, words))
    # The sort is stable: within a tier, the order of the directory stays.
    return tuple(sorted((_found(e, words) for e in matching), key=lambda found: found.order))


def _found(entry: Entry, words: Sequence[str]) -> Found:
    best = min(
        ((*_nearness(name, words), name.rank, index) for index, name in enumerate(entry.names)),
        default=(IN_TEXT, 0, 0, 0),
    )
    tier, lacking, _rank, index = best
    if tier == IN_TEXT:
        return Found(entry, IN_TEXT, None)
    return Found(entry, tier, entry.names[index], lacking)


def _nearness(name: Name, words: Sequence[str]) -> tuple[int, int]:
    """The tier of a name, and how many of the letters typed it lacks."""
    tier = _tier(name, words)
    if tier != IN_TEXT:
        return tier, 0
    parts = name.joined.split()
    lacking = [min((_lacking(word, part) for part in parts), default=len(word)) for word in words]
    near = all(
        not missing or (len(word) >= SHORTEST_FORM and missing <= ENDING)
        for word, missing in zip(words, lacking, strict=True)
    )
    return (FORM, sum(lacking)) if near else (IN_TEXT, 0)


def _lacking(word: str, part: str) -> int:
    return len(word) - len(commonprefix([word, part]))


def _tier(name: Name, words: Sequence[str]) -> int:
    query = " ".join(words)
    padded = f" {name.joined} "
    if name.joined == query:
        return EXACT
    if padded.startswith(f" {query} "):
        return OPENING
    if all(f" {word} " in padded for word in words):
        return WHOLE
    if name.joined.startswith(query):
        return BEGINNING
    return IN_NAME if all(f" {word}" in padded for word in words) else IN_TEXT


def proposals(words: Sequence[str], version: int | None = None) -> list[Proposal]:
    """Wider searches that do find something: fewer words, and near spellings of each word."""
    version = ContentVersion.current() if version is None else version
    entries = directory.current(version)
    queries = [*_fewer(words), *_respelt(words, directory.vocabulary(version))]
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
