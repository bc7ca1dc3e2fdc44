"""Typical days on one clock."""

import math
from collections.abc import Iterable
from datetime import time
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.charts.scale import axis, percent, value_of
from portal.templatetags.ui import is_foreign


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
        start = _minutes(value_of(moment, "start"))
        ending = value_of(moment, "end")
        end = _minutes(ending) if ending else start
        if spans and start < spans[-1][0]:
            start += 24 * 60
        while end < start:
            end += 24 * 60
        spans.append((start, end, value_of(moment, "text")))
    return spans


def _foreign(text: str) -> str:
    """The language of a text that is not in the page's, else ""."""
    language = getattr(text, "language", "")
    return language if is_foreign(language) else ""


def _told(text: str) -> str:
    language = _foreign(text)
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


def day_clock(days: Iterable[Any], title: str, id: str) -> dict[str, Any]:
    """Typical days one under the other, aligned on one clock."""
    drawn = [(value_of(day, "label"), _spans(value_of(day, "moments"))) for day in days]
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
                        "x": percent(place(start)),
                        "width": percent((end - start) / length),
                        "text": f"{_clock(start)} – {_clock(end)}: {text}",
                        "lang": _foreign(text),
                    }
                    for start, end, text in spans
                ],
            }
            for number, (label, spans) in enumerate(drawn, 1)
        ],
        "axis": axis([60 * hour for hour in range(first, last + 1, step)], _clock),
        "head": [_("Profession"), _("From"), _("To"), pgettext("column of a table", "What")],
        "table": [
            [label, _clock(start), _clock(end), _told(text)]
            for label, spans in drawn
            for start, end, text in spans
        ],
    }
