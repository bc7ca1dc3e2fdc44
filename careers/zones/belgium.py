"""The areas of the map of Belgium: ten provinces, and Brussels, which is in none of them."""

import json
from functools import cache

from django.db.models import F
from django.db.models.functions import Coalesce

from careers.zones.models import Municipality
from portal import words
from portal.charts.belgium import MAP_FILE
from portal.fields import current_language


@cache
def _names() -> dict[str, dict[str, str]]:
    areas = json.loads(MAP_FILE.read_text())["areas"]
    return {area["code"]: area["names"] for area in areas}


def area_names() -> dict[str, str]:
    """The name of each area in the language of the page by its REFNIS code, in reading order."""
    language = current_language()
    names = {code: texts.get(language) or texts["fr"] for code, texts in _names().items()}
    return dict(sorted(names.items(), key=lambda item: words.fold(item[1])))


def area_of(municipality: Municipality) -> str:
    """The code of the area a municipality lies in."""
    return (municipality.province or municipality.region).code


def area_code(path: str = "") -> Coalesce:
    """The same in a query; `path` leads to the municipality ("campuses__municipality__")."""
    return Coalesce(F(f"{path}province__code"), F(f"{path}region__code"))
