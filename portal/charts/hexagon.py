"""The hexagon of interests."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.numbers import Number, number_text

CENTRE_X, CENTRE_Y, RADIUS = 220, 145, 100
BEST = 7


def _interests() -> list[str]:
    return [
        _("Realistic"),
        _("Investigative"),
        _("Artistic"),
        _("Social"),
        _("Enterprising"),
        _("Conventional"),
    ]


def _corner(index: int, share: float, down: float = 0) -> tuple[str, str]:
    """Where a share of the best value lies, as SVG writes it; the first interest is on top."""
    angle = math.radians(60 * index - 90)
    length = RADIUS * share
    x, y = CENTRE_X + length * math.cos(angle), CENTRE_Y + length * math.sin(angle) + down
    return f"{x:.1f}", f"{y:.1f}"


def _outline(values: Iterable[Number], best: int) -> str:
    corners = [_corner(index, float(value) / best) for index, value in enumerate(values)]
    return " ".join(f"{x},{y}" for x, y in corners)


def radar(
    values: Sequence[Number],
    title: str,
    id: str,
    label: str = "",
    second: Sequence[Number] | None = None,
    second_label: str = "",
    intervals: Sequence[tuple[Number, Number]] | None = None,
    best: int = BEST,
) -> dict[str, Any]:
    """Six interests (1 to `best`, in the order R I A S E C) as a hexagon."""
    axes = []
    for index, (name, value) in enumerate(zip(_interests(), values, strict=True)):
        # Two lines of text stand above the top corner and hang below the lowest one.
        text_x, text_y = _corner(index, 1.14, down={0: -12, 3: 6}.get(index, -4))
        low, high = intervals[index] if intervals else (value, value)
        axes.append(
            {
                "name": name,
                "value": number_text(value),
                "end": _corner(index, 1),
                "text_x": text_x,
                "text_y": text_y,
                "anchor": ["middle", "start", "start", "middle", "end", "end"][index],
                "from": _corner(index, float(low) / best),
                "to": _corner(index, float(high) / best),
                "dot": _corner(index, float(value) / best),
            }
        )
    rows = [[axis["name"], axis["value"]] for axis in axes]
    for row, number in zip(rows, second or [], strict=bool(second)):
        row.append(number_text(number))
    for row, (low, high) in zip(rows, intervals or [], strict=bool(intervals)):
        row[1] += f" ({number_text(low)} – {number_text(high)})"
    head = [_("Interest"), label or _("Value (1 to 7)")]
    return {
        "id": id,
        "title": title,
        "label": label,
        "second_label": second_label,
        "rings": [_outline([ring] * 6, best) for ring in range(1, best + 1, 2)],
        "axes": axes,
        "outline": _outline(values, best),
        "second": _outline(second, best) if second else "",
        "intervals": bool(intervals),
        "head": [*head, second_label] if second else head,
        "table": rows,
    }
