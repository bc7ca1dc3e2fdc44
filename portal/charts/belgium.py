"""The map of Belgium."""

import json
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.charts.scale import value_of
from portal.numbers import Number, number_text

MAP_FILE = Path(__file__).resolve().parent.parent / "content" / "geo" / "map.json"
BRUSSELS = "04000"
LEVELS = 5


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
    x = (float(value_of(point, "longitude")) - projection["west"]) * projection["x_scale"]
    y = (projection["north"] - float(value_of(point, "latitude"))) * projection["y_scale"]
    return {
        "label": value_of(point, "label"),
        "value": value_of(point, "value"),
        "url": value_of(point, "url") or "",
        "x": f"{x:.0f}",
        "y": f"{y:.0f}",
    }


def belgium_map(
    title: str,
    id: str,
    values: Iterable[Any] | None = None,
    points: Iterable[Any] | None = None,
    value_label: str = "",
    point_label: str = "",
) -> dict[str, Any]:
    """The provinces and Brussels, shaded by value and linked, with points on them.

    `value_label` names what is counted, `point_label` what a point is.
    """
    by_code = {str(value_of(value, "code")): value for value in values or []}
    top = max((float(value_of(value, "value") or 0) for value in by_code.values()), default=0)
    areas = []
    # Brussels lies inside Flemish Brabant and is drawn over it.
    for area in sorted(_map()["areas"], key=lambda area: area["code"] == BRUSSELS):
        given = by_code.get(area["code"])
        value = value_of(given, "value") if given is not None else None
        areas.append(
            {
                "name": _area_name(area),
                "path": area["path"],
                "x": str(area["label"][0]),
                "y": str(area["label"][1]),
                "level": _level(value, top),
                "text": (given is not None and value_of(given, "text"))
                or (number_text(value) if value is not None else ""),
                "url": (given is not None and value_of(given, "url")) or "",
            }
        )
    return {
        "id": id,
        "title": title,
        "value_label": value_label,
        "point_label": point_label,
        "is_shaded": len({area["level"] for area in areas} - {0}) > 1,
        "view_box": _map()["viewBox"],
        "areas": areas,
        "points": [_map_point(point) for point in points or []],
    }
