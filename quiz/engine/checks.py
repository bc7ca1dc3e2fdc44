"""What comes in, checked; what is shared, fixed."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from quiz.engine.errors import EngineError

Kept = TypeVar("Kept", bound=np.ndarray[Any, Any])


def whole(value: Any, least: int, what: str) -> int:
    """The value as an `int`. Raises `EngineError` unless it is a whole number from `least` on."""
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not is_whole or value < least:
        raise EngineError(f"{what} is a whole number from {least} on, not {value!r}.")
    return int(value)


def numbers(values: Any, shape: tuple[int, ...], what: str) -> NDArray[np.float64]:
    """A fixed copy of finite numbers. Raises `EngineError` for anything else or another shape."""
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise EngineError(f"{what}: {error}") from error
    if array.shape != shape or not np.isfinite(array).all():
        raise EngineError(f"{what} needs finite numbers in the shape {shape}.")
    return fixed(array)


def fixed(array: Kept) -> Kept:
    """The array itself, which from now on nobody can change."""
    array.setflags(write=False)
    return array
