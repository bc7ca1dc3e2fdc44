"""Schools on the map of Belgium, as the tag `belgium_map` wants them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from careers.schools.filters import SchoolFilterSet
from careers.schools.models import Campus
from careers.zones.belgium import area_of
from careers.zones.models import Municipality
from portal.query import query_with


@dataclass(frozen=True)
class Map:
    """What is shaded and what is a point."""

    areas: list[dict[str, Any]]
    points: list[dict[str, Any]]


def of_schools(filterset: SchoolFilterSet) -> Map:
    """The schools of a list by province, and by the municipality of their campuses.

    A province and a point lead to the same list narrowed to them. Costs one query.
    """
    provinces = filterset.counts("province")
    places = {code: number for code, number in filterset.counts("place").items() if number}
    areas = [
        {
            "code": code,
            "value": number,
            "url": query_with(filterset.data, province=code) if number else "",
        }
        for code, number in provinces.items()
    ]
    towns = Municipality.objects.filter(nis_code__in=places).order_by("nis_code")
    return Map(areas, [_point_of_list(town, places[town.nis_code], filterset) for town in towns])


def _point_of_list(town: Municipality, number: int, filterset: SchoolFilterSet) -> dict[str, Any]:
    schools = ngettext("%(count)s school", "%(count)s schools", number) % {"count": number}
    return {
        "label": f"{town.name}: {schools}",
        "value": number,
        "latitude": town.latitude,
        "longitude": town.longitude,
        "url": query_with(filterset.data, place=town.nis_code),
    }


def of_campuses(campuses: list[Campus]) -> Map:
    """The campuses of one school, and how many there are in each province."""
    numbers = Counter(area_of(campus.municipality) for campus in campuses)
    towns = {campus.municipality_id: campus.municipality for campus in campuses}
    points = [
        {"label": town.name, "latitude": town.latitude, "longitude": town.longitude}
        for town in towns.values()
    ]
    return Map([{"code": code, "value": number} for code, number in numbers.items()], points)
