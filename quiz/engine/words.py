"""Texts and skills as weighted lists of words, compared by the cosine.

Weight of a word: (1 + log of its count) · log((1 + N) / (1 + texts with it)) (Salton and Buckley
1988). Works for any language: words are folded and cut to their first letters, which stands in
for a stemmer.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from quiz.engine.catalogue import unit
from quiz.engine.draws import normal_points

Array = NDArray[np.float64]

WORD = re.compile(r"[^\W_]+")
SHORTEST, STEM = 3, 8
NO_ACCENTS = dict.fromkeys(range(0x300, 0x370))
# Vectors carried along beside those wanted, and rounds, of the search for topics.
EXTRA, ITERATIONS = 8, 6


def words(text: str) -> Counter[str]:
    """The folded, shortened words of a text with their counts."""
    plain = unicodedata.normalize("NFKD", text.lower()).translate(NO_ACCENTS)
    return Counter(word[:STEM] for word in WORD.findall(plain) if len(word) >= SHORTEST)


class Postings:
    """Rows of weighted words, turned around: for each word, the rows that have it."""

    def __init__(self, rows: Sequence[Mapping[str, float]]) -> None:
        self.size = len(rows)
        frequency = Counter(word for row in rows for word in row)
        rarity = {word: log((1 + self.size) / (1 + n)) for word, n in frequency.items()}
        self.rows = [
            _unit({word: row[word] * rarity[word] for word in sorted(row)}) for row in rows
        ]
        places: dict[str, list[tuple[int, float]]] = {}
        for place, row in enumerate(self.rows):
            for word, weight in row.items():
                places.setdefault(word, []).append((place, weight))
        self.columns = {
            word: (np.array([p for p, _ in found]), np.array([w for _, w in found]))
            for word, found in places.items()
        }

    def cosine(self, row: int) -> Array:
        """The cosine of one row with every row."""
        total = np.zeros(self.size)
        for word, weight in self.rows[row].items():
            places, weights = self.columns[word]
            total[places] += weight * weights
        return total

    def topics(self, count: int) -> Array:
        """Each row among `count` topics, at length one: words that go together become one.

        Latent semantic analysis (Deerwester et al. 1990): the first left singular vectors of the
        rows, by subspace iteration (Halko, Martinsson, Tropp 2011) from a fixed start.
        """
        count = min(count, self.size - 1)
        if count < 1:
            return np.zeros((self.size, 1))
        basis = normal_points(self.size, min(count + EXTRA, self.size))
        for _ in range(ITERATIONS):
            basis = _orthonormal(self._squared(basis))
        small = basis.T @ self._squared(basis)
        values, turn = np.linalg.eigh((small + small.T) / 2)
        places = basis @ (turn[:, -count:] * np.sqrt(np.maximum(values[-count:], 0)))
        return unit(places)

    def _squared(self, vectors: Array) -> Array:
        """X X' times vectors, X being the rows."""
        total = np.zeros_like(vectors)
        for places, weights in self.columns.values():
            total[places] += np.outer(weights, weights @ vectors[places])
        return total

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Which rows have anything to compare."""
        return np.array([bool(row) for row in self.rows])


def _orthonormal(vectors: Array) -> Array:
    """An orthonormal basis of the columns (rows × few), through their small Gram matrix."""
    values, turn = np.linalg.eigh(vectors.T @ vectors)
    return vectors @ (turn / np.sqrt(np.maximum(values, 1e-12 * values[-1] + 1e-300)))


def text_rows(texts: Sequence[str]) -> list[dict[str, float]]:
    return [{word: 1 + log(n) for word, n in words(text).items()} for text in texts]


def _unit(row: dict[str, float]) -> dict[str, float]:
    length = sum(weight**2 for weight in row.values()) ** 0.5
    return {word: weight / length for word, weight in row.items() if weight} if length else {}
