"""Ids are strings or whole numbers; they also order what is otherwise equal."""

from collections.abc import Hashable
from typing import Any

import numpy as np

Id = int | str


def plain_id(value: Any) -> Id:
    """The id as a plain `int` or `str`, whatever kind of string or number it came as.

    Raises `TypeError` for anything else.
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    raise TypeError(f"An id is a string or a whole number, not {value!r}.")


def id_order(value: Id) -> tuple[bool, Any]:
    """Sort key of ids: numbers by value, then strings by code point."""
    return isinstance(value, str), value


def looked_up(value: Any, index: dict[Id, int]) -> int | None:
    """Where the id stands, or None; anything that cannot be an id is simply not there."""
    if not isinstance(value, Hashable) or isinstance(value, bool | float):
        return None
    return index.get(value)  # type: ignore[call-overload]
