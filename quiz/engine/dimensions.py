"""The six interests of Holland's model, in the order of the hexagon."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from quiz.engine.errors import EngineError

RIASEC = ("R", "I", "A", "S", "E", "C")
NAMES = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")

# Steps between two interests on the hexagon: 0 to 3.
DISTANCE = np.array([[min((a - b) % 6, (b - a) % 6) for b in range(6)] for a in range(6)])


def dimension_index(value: Any) -> int:
    """0 to 5 for "R" to "C", "realistic" to "conventional" (any case), or 0 to 5 itself.

    Raises `EngineError` for anything else.
    """
    if isinstance(value, str):
        word = value.strip()
        for index, (letter, name) in enumerate(zip(RIASEC, NAMES, strict=True)):
            if word.upper() == letter or word.lower() == name:
                return index
    elif isinstance(value, int | np.integer) and not isinstance(value, bool) and 0 <= value < 6:
        return int(value)
    raise EngineError(f"{value!r} is none of the six interests {', '.join(RIASEC)}.")


def six(values: Any) -> tuple[float, ...]:
    """Six finite numbers in the order R I A S E C, from a sequence or a mapping by interest.

    Raises `EngineError` if there are not exactly six.
    """
    if isinstance(values, Mapping):
        by_index = {dimension_index(key): value for key, value in values.items()}
        values = [by_index.get(index) for index in range(6)]
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        array = np.full(1, np.nan)
    if array.shape != (6,) or not np.isfinite(array).all():
        raise EngineError(f"Six finite numbers are needed, one an interest, not {values!r}.")
    return tuple(array.tolist())
