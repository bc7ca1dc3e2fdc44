"""Misspelt words repaired by the words that names are made of."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.words import split, stems

# A word this short has too many neighbours for one of them to be meant.
SHORTEST = 4
# From this length on, two errors are forgiven.
LONG = 8
NEIGHBOURS = 5


def errors_forgiven(word: str) -> int:
    """How many letters may be wrong, missing, extra or swapped; none in numbers and short words."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1


@dataclass(frozen=True)
class Vocabulary:
    """The words we know, folded, and how often each stands in a name."""

    counts: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        return cls(Counter(word for text in texts for word in split(text)))

    @cached_property
    def words(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stems(self.words))

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        grouped: dict[int, list[str]] = {}
        for word in self.words:
            grouped.setdefault(len(word), []).append(word)
        return grouped

    def knows(self, word: str) -> bool:
        """Whether it is a word, a form of one, or the beginning of one."""
        place = bisect_left(self.words, word)
        if place < len(self.words) and self.words[place].startswith(word):
            return True
        return stems([word])[0] in self.stems

    def neighbours(self, word: str) -> list[str]:
        """The words that `word` may be an error for, the likeliest first."""
        errors = errors_forgiven(word)
        if not errors:
            return []
        lengths = range(len(word) - errors, len(word) + errors + 1)
        near = [other for length in lengths for other in self.by_length.get(length, [])]
        found = process.extract(
            word, near, scorer=OSA.distance, score_cutoff=errors, limit=len(near)
        )
        # People seldom miss the first letter.
        ranked = sorted(
            (distance, other[0] != word[0], -self.counts[other], other)
            for other, distance, _index in found
            if other != word
        )
        return [other for *_rank, other in ranked[:NEIGHBOURS]]

    def beginnings(self, word: str) -> list[str]:
        """The likeliest beginnings of words that `word`, still being typed, may be an error for."""
        errors = errors_forgiven(word)
        if not errors:
            return []
        size = len(word)
        first, end = bisect_left(self.words, word[0]), bisect_left(self.words, word[0] + "\uffff")
        near = {
            other[:length]
            for other in self.words[first:end]
            for length in (size - 1, size, size + 1)
            if len(other) >= length
        }
        found = process.extract(
            word, sorted(near), scorer=OSA.distance, score_cutoff=1, limit=NEIGHBOURS
        )
        return [other for other, _distance, _index in found]

    def repair(self, words: Iterable[str]) -> list[str]:
        """The words, each unknown one replaced by its likeliest neighbour if it has any."""
        return [
            word if self.knows(word) else next(iter(self.neighbours(word)), word) for word in words
        ]
