"""The bars of a result: all geometry worked out here, in per cent of the width; marked words."""

from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from portal.templatetags.ui import is_foreign
from quiz import sentences
from quiz.engine.report import STARTS
from quiz.shown import Change

register = template.Library()


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


@register.simple_tag
def bar(place: float, low: float, high: float) -> dict[str, Any]:
    """The four bands, the interval and the place itself on a line from 0 to 1."""
    zones = sorted(STARTS.items(), key=lambda zone: zone[1])
    ends = [start for _band, start in zones[1:]] + [1.0]
    return {
        "zones": [
            {
                "name": band.slug,
                "x": _percent(start),
                "width": _percent(end - start),
            }
            for (band, start), end in zip(zones, ends, strict=True)
        ],
        "x": _percent(low),
        "width": _percent(high - low),
        "dot": _percent(place),
    }


@register.filter
def marked(change: Change) -> SafeString:
    """What a change says, its two answers with their language where that is not the page's."""
    if not is_foreign(change.language):
        return escape(change.text)
    text = sentences.change_text(change.enters)
    answer = '<span lang="{}">{}</span>'
    return format_html(
        text % {name: f"{{{name}}}" for name in ["after", "before", "title"]},
        after=format_html(answer, change.language, change.after),
        before=format_html(answer, change.language, change.before),
        title=change.title,
    )
