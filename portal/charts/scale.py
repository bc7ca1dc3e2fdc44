"""Places on an axis, and how charts read what they are given."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any


def value_of(item: Any, name: str, default: Any = None) -> Any:
    """The value under a name of a mapping or an object, as templates look it up."""
    if isinstance(item, Mapping):
        return item.get(name, default)
    return getattr(item, name, default)


def percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def ticks_to(top: float, most: int = 5) -> list[float]:
    """Round values from 0 to the first one at or above `top`, at most `most` steps."""
    rough = (top or 1) / most
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * index for index in range(math.ceil(top / step - 1e-9) + 1)]


def axis(ticks: Sequence[float], text: Callable[[float], str]) -> list[dict[str, str]]:
    last = len(ticks) - 1
    return [
        {
            "x": percent((tick - ticks[0]) / (ticks[-1] - ticks[0])),
            "text": text(tick),
            "anchor": "start" if index == 0 else "end" if index == last else "middle",
        }
        for index, tick in enumerate(ticks)
    ]
