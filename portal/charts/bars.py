"""Bars from zero, and a value inside its interval."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.charts.scale import axis, percent, ticks_to, value_of
from portal.numbers import Number, number_text


def bar_chart(items: Iterable[Any], title: str, id: str, unit: str = "") -> dict[str, Any]:
    """One bar for each item, from zero on a common axis; shares on one that ends at 100 %."""
    items = list(items)
    top = max((float(value_of(item, "value")) for item in items), default=1)
    ticks = ticks_to(100 if unit == "%" else top)
    rows = [
        {
            "label": value_of(item, "label"),
            "text": value_of(item, "text")
            or " ".join([number_text(value_of(item, "value")), unit]).strip(),
            "url": value_of(item, "url") or "",
            "x": "0%",
            "width": percent(float(value_of(item, "value")) / ticks[-1]),
            "is_point": False,
            "is_open": False,
        }
        for item in items
    ]
    return {
        "id": id,
        "title": title,
        "unit": unit,
        "groups": [{"label": "", "number": 1, "rows": rows}] if rows else [],
        "axis": axis(ticks, number_text),
        "head": [pgettext("column of a table", "What"), unit or _("Value")],
        "table": [[row["label"], row["text"]] for row in rows],
    }


def dot_range(
    value: Number,
    low: Number,
    high: Number,
    scale_low: Number,
    scale_high: Number,
    label: str,
    unit: str = "",
) -> dict[str, Any]:
    """A value inside its interval on a scale, in one line of text."""
    span = float(scale_high) - float(scale_low)

    def place(number: Number) -> float:
        return min(1.0, max(0.0, (float(number) - float(scale_low)) / span))

    return {
        "label": label,
        "value": number_text(value),
        "low": number_text(low),
        "high": number_text(high),
        "unit": unit,
        "x": percent(place(low)),
        "width": percent(place(high) - place(low)),
        "dot": percent(place(value)),
    }
