"""Charts as SVG and text: no script, a table behind each, all geometry worked out here.

Bars are drawn in per cent of the width without a viewBox, so that text keeps its size at any width.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.numbers import Number, number_text
from portal.templatetags.ui import is_foreign

register = template.Library()
register.filter("number", number_text)

MAP_FILE = Path(__file__).resolve().parent.parent / "content" / "geo" / "map.json"
CURRENCY_LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_IE"}
LEVELS = 5
BRUSSELS = "04000"


def _get(item: Any, name: str, default: Any = None) -> Any:
    """The value under a name of a mapping or an object, as templates look it up."""
    if isinstance(item, Mapping):
        return item.get(name, default)
    return getattr(item, name, default)


@register.filter
def money(value: Number) -> str:
    """An amount in euros, with cents where it has any, as the language of the page writes it."""
    locale = CURRENCY_LOCALES.get(get_language() or "", "fr_BE")
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    if float(value).is_integer():
        pattern = pattern.replace(".00", "")
    return format_currency(value, "EUR", pattern, locale=locale, currency_digits=False)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def _ticks(top: float, most: int = 5) -> list[float]:
    """Round values from 0 to the first one at or above `top`, at most `most` steps."""
    rough = (top or 1) / most
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * index for index in range(math.ceil(top / step - 1e-9) + 1)]


def _axis(ticks: Sequence[float], text: Any) -> list[dict[str, str]]:
    last = len(ticks) - 1
    return [
        {
            "x": _percent((tick - ticks[0]) / (ticks[-1] - ticks[0])),
            "text": text(tick),
            "anchor": "start" if index == 0 else "end" if index == last else "middle",
        }
        for index, tick in enumerate(ticks)
    ]


# Pay


def money_range(low: Number | None, high: Number | None) -> str:
    """Amounts from lowest to highest; at least one of them is known."""
    if low is not None and high is not None and low != high:
        return f"{money(low)} – {money(high)}"
    if low is not None and high is None:
        return _("from %(amount)s") % {"amount": money(low)}
    if low is None:
        return _("up to %(amount)s") % {"amount": money(high)}
    return money(low)


def _pay_row(band: Any, top: float) -> dict[str, Any]:
    low, high = _get(band, "low"), _get(band, "high")
    first = float(low if low is not None else high)
    last = float(high if high is not None else low)
    return {
        "label": _get(band, "label", ""),
        "text": money_range(low, high),
        "x": _percent(first / top),
        "width": _percent((last - first) / top),
        "is_point": first == last,
        "is_open": high is None,
    }


@register.inclusion_tag("components/charts/bars.html")
def salary_chart(
    series: Iterable[Any], title: str, id: str, period: str = "month"
) -> dict[str, Any]:
    """Pay from lowest to highest by level, one or several professions on one axis."""
    periods = {
        "hour": _("euros an hour"),
        "month": _("euros a month"),
        "year": _("euros a year"),
    }
    drawn = [(serie, [band for band in _get(serie, "bands") if _has_pay(band)]) for serie in series]
    amounts = [
        float(_get(band, end))
        for _serie, bands in drawn
        for band in bands
        for end in ENDS
        if _get(band, end) is not None
    ]
    ticks = _ticks(max(amounts, default=1))
    groups = [
        {
            "label": _get(serie, "label", ""),
            "number": number,
            "rows": [_pay_row(band, ticks[-1]) for band in bands],
        }
        for number, (serie, bands) in enumerate(drawn, 1)
        if bands
    ]
    return {
        "id": id,
        "title": title,
        "unit": periods[period],
        "groups": groups,
        "axis": _axis(ticks, number_text),
        "head": [_("Level"), _("Lowest"), _("Highest"), _("Note")],
        "table": [_pay_cells(serie, band) for serie, bands in drawn for band in bands],
        "notes": _pay_notes(drawn, name_series=len(groups) > 1),
    }


def _joined(*names: Any) -> str:
    return " – ".join(str(name) for name in names if name)


def _pay_cells(serie: Any, band: Any) -> list[str]:
    amounts = [money(_get(band, end)) if _get(band, end) is not None else "" for end in ENDS]
    label = _joined(_get(serie, "label", ""), _get(band, "label", ""))
    return [label, *amounts, _get(band, "text") or ""]


def _pay_notes(drawn: list[tuple[Any, list[Any]]], *, name_series: bool) -> list[dict[str, str]]:
    """What comes on top of the pay, each text once with the levels it holds for."""
    notes: dict[str, list[str]] = {}
    for serie, bands in drawn:
        for band in bands:
            if text := _get(band, "text"):
                name = _get(serie, "label", "") if name_series else ""
                notes.setdefault(text, []).append(_joined(name, _get(band, "label")))
    return [{"label": ", ".join(names), "text": text} for text, names in notes.items()]


ENDS = ("low", "high")


def _has_pay(band: Any) -> bool:
    return any(_get(band, end) is not None for end in ENDS)


# Bars


@register.inclusion_tag("components/charts/bars.html")
def bar_chart(items: Iterable[Any], title: str, id: str, unit: str = "") -> dict[str, Any]:
    """One bar for each item, from zero on a common axis; shares on one that ends at 100 %."""
    items = list(items)
    top = max((float(_get(item, "value")) for item in items), default=1)
    ticks = _ticks(100 if unit == "%" else top)
    rows = [
        {
            "label": _get(item, "label"),
            "text": _get(item, "text")
            or " ".join([number_text(_get(item, "value")), unit]).strip(),
            "url": _get(item, "url") or "",
            "x": "0%",
            "width": _percent(float(_get(item, "value")) / ticks[-1]),
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
        "axis": _axis(ticks, number_text),
        "head": [pgettext("column of a table", "What"), unit or _("Value")],
        "table": [[row["label"], row["text"]] for row in rows],
    }


@register.inclusion_tag("components/charts/dot_range.html")
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
        "x": _percent(place(low)),
        "width": _percent(place(high) - place(low)),
        "dot": _percent(place(value)),
    }


# The hexagon of interests

CENTRE_X, CENTRE_Y, RADIUS = 200, 145, 100
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


@register.inclusion_tag("components/charts/radar.html")
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


# Days on one clock


def _minutes(moment: time | str) -> int:
    if isinstance(moment, time):
        return moment.hour * 60 + moment.minute
    hours, minutes = str(moment).split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _clock(minutes: float) -> str:
    return f"{int(minutes) // 60 % 24:02}:{int(minutes) % 60:02}"


def _spans(moments: Iterable[Any]) -> list[tuple[int, int, str]]:
    """Start, end (minutes, past midnight counts on) and text of each moment of a day."""
    spans: list[tuple[int, int, str]] = []
    for moment in moments:
        start = _minutes(_get(moment, "start"))
        ending = _get(moment, "end")
        end = _minutes(ending) if ending else start
        if spans and start < spans[-1][0]:
            start += 24 * 60
        while end < start:
            end += 24 * 60
        spans.append((start, end, _get(moment, "text")))
    return spans


def _foreign(text: str) -> str:
    """The language of a text that is not in the page's, else ""."""
    language = getattr(text, "language", "")
    return language if is_foreign(language) else ""


def _told(text: str) -> str:
    language = _foreign(text)
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


@register.inclusion_tag("components/charts/day_clock.html")
def day_clock(days: Iterable[Any], title: str, id: str) -> dict[str, Any]:
    """Typical days one under the other, aligned on one clock."""
    drawn = [(_get(day, "label"), _spans(_get(day, "moments"))) for day in days]
    drawn = [(label, spans) for label, spans in drawn if spans]
    every = [span for _label, spans in drawn for span in spans]
    first = min((start for start, _end, _text in every), default=0) // 60
    last = math.ceil(max((end for _start, end, _text in every), default=60) / 60)
    step = next(hours for hours in (1, 2, 3, 4, 6, 8, 12) if (last - first) / hours <= 5)
    first, last = first - first % step, last + -last % step
    length = (last - first) * 60

    def place(minutes: int) -> float:
        return (minutes - first * 60) / length

    return {
        "id": id,
        "title": title,
        "days": [
            {
                "label": label,
                "number": number,
                "text": f"{_clock(spans[0][0])} – {_clock(spans[-1][1])}",
                "spans": [
                    {
                        "x": _percent(place(start)),
                        "width": _percent((end - start) / length),
                        "text": f"{_clock(start)} – {_clock(end)}: {text}",
                        "lang": _foreign(text),
                    }
                    for start, end, text in spans
                ],
            }
            for number, (label, spans) in enumerate(drawn, 1)
        ],
        "axis": _axis([60 * hour for hour in range(first, last + 1, step)], _clock),
        "head": [_("From"), _("To"), pgettext("column of a table", "What")],
        "tables": [
            (label, [[_clock(start), _clock(end), _told(text)] for start, end, text in spans])
            for label, spans in drawn
        ],
    }


# Belgium


@cache
def _map() -> dict[str, Any]:
    return json.loads(MAP_FILE.read_text())


def _area_name(area: dict[str, Any]) -> str:
    if area["code"] == BRUSSELS:
        return _("Brussels")
    names = area["names"]
    return names.get(get_language() or "fr") or names["fr"]


def _level(value: Number | None, top: float) -> int:
    """0 without a value, else 1 to 5 by share of the highest."""
    if not value:
        return 0
    return max(1, math.ceil(LEVELS * float(value) / top))


def _map_point(point: Any) -> dict[str, Any]:
    projection = _map()["projection"]
    x = (float(_get(point, "longitude")) - projection["west"]) * projection["x_scale"]
    y = (projection["north"] - float(_get(point, "latitude"))) * projection["y_scale"]
    return {
        "label": _get(point, "label"),
        "value": _get(point, "value"),
        "url": _get(point, "url") or "",
        "x": f"{x:.0f}",
        "y": f"{y:.0f}",
    }


@register.inclusion_tag("components/charts/belgium_map.html")
def belgium_map(
    title: str,
    id: str,
    values: Iterable[Any] | None = None,
    points: Iterable[Any] | None = None,
    value_label: str = "",
) -> dict[str, Any]:
    """The provinces and Brussels, shaded by value and linked, with points on them."""
    by_code = {str(_get(value, "code")): value for value in values or []}
    top = max((float(_get(value, "value") or 0) for value in by_code.values()), default=0)
    areas = []
    # Brussels lies inside Flemish Brabant and is drawn over it.
    for area in sorted(_map()["areas"], key=lambda area: area["code"] == BRUSSELS):
        given = by_code.get(area["code"])
        value = _get(given, "value") if given is not None else None
        areas.append(
            {
                "name": _area_name(area),
                "path": area["path"],
                "x": str(area["label"][0]),
                "y": str(area["label"][1]),
                "level": _level(value, top),
                "text": (given is not None and _get(given, "text"))
                or (number_text(value) if value is not None else ""),
                "url": (given is not None and _get(given, "url")) or "",
            }
        )
    return {
        "id": id,
        "title": title,
        "value_label": value_label,
        "view_box": _map()["viewBox"],
        "areas": areas,
        "points": [_map_point(point) for point in points or []],
    }
