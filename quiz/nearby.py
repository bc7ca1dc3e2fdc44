"""How many live offers and programmes there are for professions near a place, and where."""

from collections.abc import Sequence
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
from quiz import lookups

Ids = frozenset[int]


@dataclass(frozen=True)
class Nearby:
    """Counts with the addresses of the lists that show as many; "" where there is no list."""

    offers: int
    offers_url: str
    programmes: int
    programmes_url: str


class Around:
    """What there is for professions within `km` of the place; without one, anywhere.

    One search of offers for all of them, in which no page of offers is read.
    """

    def __init__(self, place: Place | None = None, km: int = 0) -> None:
        self.place, self.km = None if place and place.is_everywhere else place, km
        towns = places.within(self.place, km) if self.place else None
        query = Query(today=timezone.localdate(), municipalities=towns)
        found = search.search(query, size=0, facets=["profession"])
        self._offers = found.counts.get("profession", {})
        self._programmes = _Programmes(towns)

    def of(self, *pks: int) -> Nearby | None:
        """What there is for these professions together; None where none of them is listed."""
        known = lookups.professions()
        listed = [known[pk] for pk in dict.fromkeys(pks) if pk in known]
        if not listed:
            return None
        programmes, url = self._programmes.of([profession.slug_fr for profession in listed])
        return Nearby(
            offers=sum(self._offers.get(str(profession.pk), 0) for profession in listed),
            offers_url=self._offers_url(listed),
            programmes=programmes,
            programmes_url=url,
        )

    def _offers_url(self, professions: Sequence[Any]) -> str:
        if self.place is None and len(professions) == 1:
            return reverse("offers:of_profession", args=[professions[0].slug])
        query = [("profession", profession.slug_fr) for profession in professions]
        if self.place:
            # As the field of the list writes it, so that no place of the same name is meant.
            query.append(("where", self.place.text))
        if self.place and self.km:
            query.append(("radius", str(self.km)))
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

    def of(self, slugs: Sequence[str]) -> tuple[int, str]:
        """How many there are for some professions, and the list of them."""
        members = self.groups["profession"].members
        wanted = frozenset().union(*(members.get(slug, frozenset()) for slug in slugs))
        query = [("profession", slug) for slug in slugs]
        if self.places is not None:
            near = {nis: rows & wanted for nis, rows in self.places.items() if rows & wanted}
            wanted = frozenset().union(*near.values())
            query += [("place", nis) for nis in near]
        url = f"{reverse('programmes:list')}?{urlencode(query)}" if wanted else ""
        return len(wanted), url
