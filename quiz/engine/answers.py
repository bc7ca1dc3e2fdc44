"""Answers as the engine counts them: points of a scale from 1 to 5, NaN where there is none."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine.bank import Bank
from quiz.engine.errors import BadAnswers, BadScale, ValueOutOfRange

LOWEST, HIGHEST = 1.0, 5.0


def scale_step(scale: Any) -> float:
    """The distance between two neighbouring answers, in points of the five-point scale.

    Raises `BadScale` unless the scale is a whole number of at least two answers.
    """
    if isinstance(scale, bool) or not isinstance(scale, int | np.integer) or scale < 2:
        raise BadScale(f"A scale has two or more answers, not {scale!r}.")
    return (HIGHEST - LOWEST) / (int(scale) - 1)


def points(value: Any, scale: int) -> float:
    """An answer of 1 to `scale` in points of the five-point scale.

    Raises `ValueOutOfRange` for anything but a whole number in that range.
    """
    number = isinstance(value, int | float | np.integer | np.floating)
    if not number or isinstance(value, bool) or value != value or value not in range(1, scale + 1):
        raise ValueOutOfRange(f"An answer is a whole number from 1 to {scale}, not {value!r}.")
    return LOWEST + (float(value) - 1) * scale_step(scale)


def answer_matrix(bank: Bank, answers: Any, scale: int) -> NDArray[np.float64]:
    """Stored answers (people × items of the bank) in points of the five-point scale.

    `answers` is a table with one column an item in the order of the bank (lists, tuples, numpy,
    pandas), or one mapping from item to answer a person. None and NaN stand for no answer. Rows
    without any answer are left out. Raises `BadAnswers` for another shape, or values not from 1
    to `scale`, and `UnknownItem`.
    """
    rows = [] if answers is None else answers
    rows = rows.to_numpy() if hasattr(rows, "to_numpy") else rows
    if isinstance(rows, Mapping):
        raise BadAnswers("Answers are one row a person; one mapping is one person: put it in [].")
    if len(rows) and isinstance(rows[0], Mapping):
        rows = [_row(bank, row) for row in rows]
    try:
        matrix: NDArray[np.float64] = np.array(
            np.ma.filled(np.ma.asarray(rows, dtype=float), np.nan)
        )
    except (TypeError, ValueError) as error:
        raise BadAnswers(f"These are no answers: {error}") from error
    if not matrix.size:
        matrix = np.empty((0, len(bank)))
    if matrix.ndim != 2 or matrix.shape[1] != len(bank):
        raise BadAnswers(f"{matrix.shape} is not people × the {len(bank)} items of the bank.")
    step, known = scale_step(scale), ~np.isnan(matrix)
    given = matrix[known]
    if not np.isin(given, np.arange(1, scale + 1)).all():
        raise BadAnswers(f"Answers are whole numbers from 1 to {scale}, or missing.")
    return np.asarray(LOWEST + (matrix - 1) * step)[known.any(axis=1)]


def _row(bank: Bank, row: Any) -> list[float]:
    if not isinstance(row, Mapping):
        raise BadAnswers("Either every row of answers is a mapping, or none is.")
    values = [np.nan] * len(bank)
    for item, value in row.items():
        values[bank.index(item)] = np.nan if value is None else value
    return values
