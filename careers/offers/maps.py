"""Offers on the map of Belgium, as the tag `belgium_map` wants them."""

from dataclasses import dataclass, replace
from typing import Any

from careers.offers import search
from careers.offers.listing import Listing, counted
from careers.zones.belgium import area_names
from careers.zones.models import Zone
from careers.zones.places import PlaceKind, get_place
from portal.fields import current_language


@dataclass(frozen=True)
class Map:
    """What is shaded and what is a point."""

    areas: list[dict[str, Any]]
    points: list[dict[str, Any]]


def of_offers(listing: Listing) -> Map:
    """The offers of a list by province, and by employment zone.

    A province and a zone lead to the same list narrowed to them. One search a zone.
    """
    counts = listing.filterset.answer.counts.get("province", {})
    areas = [
        {
            "code": code,
            "value": counts.get(code, 0),
            "url": listing.url(listing.changed(province=code)) if counts.get(code) else "",
        }
        for code in area_names()
    ]
    zones = Zone.objects.order_by(f"sort_key_{current_language()}", "pk")
    points = [_point(zone, listing) for zone in zones]
    return Map(areas, [point for point in points if point])


def _point(zone: Zone, listing: Listing) -> dict[str, Any] | None:
    place = get_place(PlaceKind.ZONE, zone.slug_fr)
    if place is None or place.centre is None:
        return None
    latitude, longitude = place.centre
    number = search.count(replace(listing.filterset.query, municipalities=place.municipality_ids))
    query = listing.changed(where=place.text, radius=None)
    return {
        "label": f"{zone.name}: {counted(number)}",
        "value": number,
        "latitude": latitude,
        "longitude": longitude,
        "url": listing.url(query) if number else "",
    }
