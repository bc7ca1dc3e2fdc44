"""How many live offers and programmes there are for professions near a place, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from careers.offers import search
from careers.offers.search.query import Query
from careers.schools import indexes
from careers.zones import places
from careers.zones.places import Place, PlaceKind
from quiz import facts

Ids = frozenset[int]


@dataclass(frozen=True)
class Nearby:
    """Counts with the addresses of the lists that show as many; "" where there is no list."""

    offers: int
    offers_url: str
    programmes: int
    programmes_url: str


def around(pks: Iterable[int], place: Place | None = None, km: int = 0) -> dict[int, Nearby]:
    """For each listed profession, what there is within `km` of the place; without one, anywhere.

    One search of offers for all of them, in which no page of offers is read.
    """
    if place and place.is_everywhere:
        place = None
    towns = places.within(place, km) if place else None
    query = Query(today=timezone.localdate(), municipalities=towns)
    offers = search.search(query, size=0, facets=["profession"]).counts.get("profession", {})
    known = facts.professions()
    programmes = _Programmes(towns)
    found = {}
    for pk in pks:
        if pk in known:
            slug = known[pk].slug_fr
            count, url = programmes.of(slug)
            found[pk] = Nearby(
                offers=offers.get(str(pk), 0),
                offers_url=_offers_url(known[pk], place, km),
                programmes=count,
                programmes_url=url,
            )
    return found


def _offers_url(profession: Any, place: Place | None, km: int) -> str:
    if place is None:
        return reverse("offers:of_profession", args=[profession.slug])
    # As the field of the list writes it, so that no place of the same name is meant.
    query = {"profession": profession.slug_fr, "where": place.text}
    if km:
        query["radius"] = str(km)
    return f"{reverse('offers:list')}?{urlencode(query)}"


class _Programmes:
    """The programmes taught in some municipalities, by the profession they lead to."""

    def __init__(self, towns: Ids | None) -> None:
        self.groups = indexes.programmes().groups
        self.places: dict[str, Ids] | None = None
        if towns is not None:
            self.places = {
                nis: rows
                for nis, rows in self.groups["place"].members.items()
                if (place := places.get_place(PlaceKind.MUNICIPALITY, nis))
                and place.municipality_ids <= towns
            }

    def of(self, slug: str) -> tuple[int, str]:
        """How many there are for a profession, and the list of them."""
        wanted = self.groups["profession"].members.get(slug, frozenset())
        query = [("profession", slug)]
        if self.places is not None:
            near = {nis: rows & wanted for nis, rows in self.places.items() if rows & wanted}
            wanted = frozenset().union(*near.values())
            query += [("place", nis) for nis in near]
        url = f"{reverse('programmes:list')}?{urlencode(query)}" if wanted else ""
        return len(wanted), url
