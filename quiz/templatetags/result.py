"""The bars of a result: all geometry worked out here, in per cent of the width."""

from typing import Any

from django import template

from quiz.engine import Band

register = template.Library()

# Where the bands begin, see `Band.of`.
ZONES = [(Band.FAR, 0.0), (Band.TO_EXPLORE, 0.4), (Band.CLOSE, 0.7), (Band.VERY_CLOSE, 0.9)]


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


@register.simple_tag
def bar(place: float, low: float, high: float) -> dict[str, Any]:
    """The four bands, the interval and the place itself on a line from 0 to 1."""
    ends = [start for _band, start in ZONES[1:]] + [1.0]
    return {
        "zones": [
            {
                "name": str(band).replace(" ", "-"),
                "x": _percent(start),
                "width": _percent(end - start),
            }
            for (band, start), end in zip(ZONES, ends, strict=True)
        ],
        "x": _percent(low),
        "width": _percent(high - low),
        "dot": _percent(place),
    }
