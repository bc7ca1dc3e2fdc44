"""Answers as the engine counts them: points of a scale from 1 to 5, NaN where there is none."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quiz.engine.bank import Bank
from quiz.engine.errors import BadAnswers, BadScale, EngineError, ValueOutOfRange

LOWEST, HIGHEST = 1.0, 5.0
# More answers than that nobody tells apart.
MOST_ANSWERS = 101


class Scale(NamedTuple):
    """The whole numbers that people answer with, `lowest` to `highest`, higher for more liking."""

    lowest: int
    highest: int

    @classmethod
    def of(cls, value: Any) -> "Scale":
        """The scale of n answers (1 to n), or that of a pair (lowest, highest).

        Raises `BadScale` for anything else, fewer than two answers or more than 101.
        """
        pair = value if isinstance(value, tuple | list) else (1, value)
        if len(pair) == 2 and all(_is_whole(end) for end in pair):
            lowest, highest = map(int, pair)
            if 2 <= highest - lowest + 1 <= MOST_ANSWERS:
                return cls(lowest, highest)
        raise BadScale(f"A scale is a number of answers or its two ends, not {value!r}.")

    @property
    def answers(self) -> range:
        return range(self.lowest, self.highest + 1)

    @property
    def step(self) -> float:
        """The distance between two neighbouring answers, in points of the five-point scale."""
        return (HIGHEST - LOWEST) / (self.highest - self.lowest)

    def answer(self, value: Any) -> int:
        """An answer as a plain number. Yes and no (booleans) are 1 and 0 where these are the ends.

        Raises `ValueOutOfRange` for anything but a whole number of the scale.
        """
        real = isinstance(value, int | float | np.integer | np.floating)
        if isinstance(value, bool | np.bool_):
            real = self == (0, 1)
        if not real or value != value or value not in self.answers:
            ends = f"from {self.lowest} to {self.highest}"
            raise ValueOutOfRange(f"An answer is a whole number {ends}, not {value!r}.")
        return int(value)

    def points(self, value: Any) -> float:
        """An answer in points of the five-point scale. Raises `ValueOutOfRange`."""
        return LOWEST + (self.answer(value) - self.lowest) * self.step


def answer_matrix(bank: Bank, answers: Any, scale: Scale) -> NDArray[np.float64]:
    """Stored answers (people × items of the bank) in points of the five-point scale.

    `answers` is a table with one column an item in the order of the bank (lists, tuples, numpy,
    pandas), or one mapping from item to answer a person. None and NaN stand for no answer. Rows
    without any answer are left out. Raises `BadAnswers` for another shape or a value outside the
    scale, whose row (from 0) and item it names, and `UnknownItem`.
    """
    table = _table(bank, answers)
    matrix = np.full(table.shape, np.nan)
    for row, cells in enumerate(table.tolist()):
        for place, cell in enumerate(cells):
            if cell is not None and not _is_nan(cell):
                try:
                    matrix[row, place] = scale.points(cell)
                except EngineError as error:
                    item = bank.ids[place]
                    raise BadAnswers(f"Row {row} of the answers, item {item!r}: {error}") from None
    return matrix[~np.isnan(matrix).all(axis=1)]


def _table(bank: Bank, answers: Any) -> NDArray[np.object_]:
    """The cells as they were given, people × items."""
    rows = [] if answers is None else answers
    rows = rows.to_numpy() if hasattr(rows, "to_numpy") else rows
    if isinstance(rows, Mapping):
        raise BadAnswers("Answers are one row a person; one mapping is one person: put it in [].")
    if not isinstance(rows, Iterable):
        raise BadAnswers(f"Answers are one row a person, not {rows!r}.")
    if not isinstance(rows, np.ndarray):
        rows = list(rows)
        if rows and isinstance(rows[0], Mapping):
            rows = [_row(bank, row) for row in rows]
    try:
        table: NDArray[np.object_] = np.ma.filled(np.ma.asarray(rows, dtype=object), None)
    except (TypeError, ValueError) as error:
        raise BadAnswers(f"These are no answers: {error}") from error
    if not table.size:
        table = np.empty((0, len(bank)), dtype=object)
    if table.ndim != 2 or table.shape[1] != len(bank):
        raise BadAnswers(f"{table.shape} is not people × the {len(bank)} items of the bank.")
    return table


def _row(bank: Bank, row: Any) -> list[Any]:
    if not isinstance(row, Mapping):
        raise BadAnswers("Either every row of answers is a mapping, or none is.")
    values = [None] * len(bank)
    for item, value in row.items():
        values[bank.index(item)] = value
    return values


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _is_nan(value: Any) -> bool:
    return isinstance(value, float | np.floating) and value != value
