"""Pay from lowest to highest."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.charts.scale import axis, percent, ticks_to, value_of
from portal.numbers import money, money_range, number_text

ENDS = ("low", "high")


def _pay_row(band: Any, top: float) -> dict[str, Any]:
    low, high = value_of(band, "low"), value_of(band, "high")
    first = float(low if low is not None else high)
    last = float(high if high is not None else low)
    return {
        "label": value_of(band, "label", ""),
        "text": money_range(low, high),
        "x": percent(first / top),
        "width": percent((last - first) / top),
        "is_point": first == last,
        "is_open": high is None,
    }


def salary_chart(
    series: Iterable[Any], title: str, id: str, period: str = "month"
) -> dict[str, Any]:
    """Pay from lowest to highest by level, one or several professions on one axis."""
    periods = {
        "hour": _("euros an hour"),
        "month": _("euros a month"),
        "year": _("euros a year"),
    }
    drawn = [
        (serie, [band for band in value_of(serie, "bands") if _has_pay(band)]) for serie in series
    ]
    amounts = [
        float(value_of(band, end))
        for _serie, bands in drawn
        for band in bands
        for end in ENDS
        if value_of(band, end) is not None
    ]
    ticks = ticks_to(max(amounts, default=1))
    groups = [
        {
            "label": value_of(serie, "label", ""),
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
        "axis": axis(ticks, number_text),
        "head": [_("Level"), _("Lowest"), _("Highest"), _("Note")],
        "table": [_pay_cells(serie, band) for serie, bands in drawn for band in bands],
        "notes": _pay_notes(drawn, name_series=len(groups) > 1),
    }


def _joined(*names: Any) -> str:
    return " – ".join(str(name) for name in names if name)


def _pay_cells(serie: Any, band: Any) -> list[str]:
    amounts = [
        money(value_of(band, end)) if value_of(band, end) is not None else "" for end in ENDS
    ]
    label = _joined(value_of(serie, "label", ""), value_of(band, "label", ""))
    return [label, *amounts, value_of(band, "text") or ""]


def _pay_notes(drawn: list[tuple[Any, list[Any]]], *, name_series: bool) -> list[dict[str, str]]:
    """What comes on top of the pay, each text once with the levels it holds for."""
    notes: dict[str, list[str]] = {}
    for serie, bands in drawn:
        for band in bands:
            if text := value_of(band, "text"):
                name = value_of(serie, "label", "") if name_series else ""
                notes.setdefault(text, []).append(_joined(name, value_of(band, "label")))
    return [{"label": ", ".join(names), "text": text} for text, names in notes.items()]


def _has_pay(band: Any) -> bool:
    return any(value_of(band, end) is not None for end in ENDS)
