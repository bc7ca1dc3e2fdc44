"""Pages of the offers of a profession, of a place, and of a profession in a place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from careers.offers import live, names, search
from careers.offers.filters import JobOfferFilterSet
from careers.offers.listing import Listing, counted
from careers.offers.models import JobOffer, OfferPlace
from careers.offers.names import Named
from careers.offers.search.query import Query, Sort
from careers.professions.models import Profession
from careers.professions.similar import similar_to
from careers.zones import gazetteer
from careers.zones.places import Place, PlaceKind, find_place
from portal import kept

# A page with fewer offers is not worth a visit from a search engine.
FEWEST = 5
MOST_LINKS = 10
# The areas of the map: Brussels is a region, and in no province.
AREAS = {PlaceKind.PROVINCE, PlaceKind.REGION}


class LandingFilterSet(JobOfferFilterSet):
    """The list of offers with the counts that the links of a landing page need."""

    more_facets = ["profession"]


def place_slug(place: Place) -> str:
    """The word for a place in addresses: "liege", "liege-province"."""
    return slugify(place.text)


def place_of(slug: str) -> Place | None:
    """The place that a word in an address means, in whichever language."""
    place = find_place(slug.replace("-", " "))
    return None if place is None or place.is_everywhere else place


def municipalities() -> dict[int, Place]:
    """The places that are one municipality, by its id."""
    return kept.table("municipalities of offers", build=_municipalities)


def _municipalities() -> dict[int, Place]:
    places = gazetteer.current().by_key.values()
    return {
        pk: place
        for place in places
        if place.kind == PlaceKind.MUNICIPALITY
        for pk in place.municipality_ids
    }


def address(profession: Named | Profession | None, place: Place | None) -> str:
    """The address of the page of a profession, a place or both."""
    if profession and place:
        return reverse("offers:of_both", args=[profession.slug, place_slug(place)])
    if profession:
        return reverse("offers:of_profession", args=[profession.slug])
    return reverse("offers:of_place", args=[place_slug(place)]) if place else ""


def worth_a_visit() -> list[tuple[int | None, Place | None]]:
    """The id of a profession, a place, or both, of each page for search engines, largest first.

    None while there are invented offers among the live ones: they are counted with the others.
    Looked up once a day and after each change of content: the pages count anew at each visit.
    """
    return kept.table("landing pages of offers", build=_worth_a_visit)


def _worth_a_visit() -> list[tuple[int | None, Place | None]]:
    if live.has_examples():
        return []
    today = timezone.localdate()
    facets = ["profession", "municipality", "province"]
    counts = search.search(Query(today), size=1, facets=facets).counts
    towns, gazetted = municipalities(), gazetteer.current().by_key
    provinces = {place.key: place for place in gazetted.values() if place.kind in AREAS}
    zones = [place for place in gazetted.values() if place.kind == PlaceKind.ZONE]
    found: list[tuple[int, int | None, Place | None]] = [
        *[(n, int(pk), None) for pk, n in counts.get("profession", {}).items()],
        *[(n, None, towns.get(int(pk))) for pk, n in counts.get("municipality", {}).items()],
        *[(n, None, provinces.get(code)) for code, n in counts.get("province", {}).items()],
        *[
            (search.count(Query(today, municipalities=zone.municipality_ids)), None, zone)
            for zone in zones
        ],
        *[(n, pk, towns.get(town)) for pk, town, n in _pairs()],
    ]
    listed = names.professions_by_id()
    kept_ones = [
        row
        for row in found
        if row[0] >= FEWEST and (row[1] in listed if row[1] else row[2] is not None)
    ]
    kept_ones.sort(key=lambda row: -row[0])
    return [(pk, place) for _number, pk, place in kept_ones]


def _pairs() -> QuerySet[OfferPlace, tuple[int, int, int]]:
    """Profession, municipality, number of live offers, where there are enough."""
    places = OfferPlace.objects.filter(offer__in=JobOffer.objects.live())
    pairs = places.filter(offer__profession__is_listed=True).values_list(
        "offer__profession", "municipality"
    )
    return pairs.annotate(number=Count("pk")).filter(number__gte=FEWEST).order_by()


@dataclass(frozen=True)
class Landing:
    """A profession, a place or both, and the offers there are today."""

    profession: Profession | None
    place: Place | None
    query: QueryDict

    @cached_property
    def filterset(self) -> LandingFilterSet:
        data = self.query.copy()
        if self.profession:
            data["profession"] = self.profession.slug
        if self.place:
            data["where"] = self.place.text
        return LandingFilterSet(data)

    @cached_property
    def listing(self) -> Listing:
        return Listing(self.filterset)

    @property
    def url(self) -> str:
        return address(self.profession, self.place)

    @property
    def alternates(self) -> dict[str, str]:
        """The same page in each published language."""
        urls = {}
        for code in settings.PUBLISHED_LANGUAGES:
            with translation.override(code):
                urls[code] = self.url
        return urls

    @property
    def name(self) -> str:
        """ "Welder", "Liège", "Welder, Liège"."""
        titles = [self.profession.title if self.profession else "", self.place and self.place.label]
        return ", ".join(str(title) for title in titles if title)

    @property
    def title(self) -> str:
        return _("Job offers: %(name)s") % {"name": self.name}

    @property
    def description(self) -> str:
        return _("%(name)s: %(offers)s open today, with the pay, contract and hours of each.") % {
            "name": self.name,
            "offers": counted(self.filterset.answer.total),
        }

    @property
    def robots(self) -> str:
        """Search engines may keep the page itself, if it has enough to show and no offer that
        stands on the site is invented.
        """
        is_kept = not self.query and self.filterset.answer.total >= FEWEST
        return "" if is_kept and not live.has_examples() else "noindex, follow"

    @property
    def trail(self) -> list[tuple[str, str]]:
        """The steps from the list of all offers to this page: label and address."""
        steps = [(_("Job offers"), reverse("offers:list"))]
        if self.profession and self.place:
            steps.append((self.profession.title, address(self.profession, None)))
        last = self.place.label if self.place else self.name
        return [*steps, (str(last), self.url)]

    @cached_property
    def neighbours(self) -> list[dict[str, Any]]:
        """Groups of links to pages close to this one, each with its number of offers."""
        groups = [
            (_("The same profession elsewhere"), self._elsewhere() if self.profession else []),
            (_("Places nearby"), self._nearby() if self.place and not self.profession else []),
            (self._other_label(), self._professions()),
        ]
        return [{"title": title, "links": links} for title, links in groups if links]

    def _other_label(self) -> str:
        if not self.place:
            return _("Close professions")
        return _("Other professions here") if self.profession else _("Professions sought here")

    @cached_property
    def _by_municipality(self) -> dict[int, int]:
        """Offers of the whole country by municipality, with all other filters."""
        query = replace(self.filterset.query, municipalities=None, metres=(), at=None)
        query = replace(query, sort=Sort.DATE)
        answer = search.search(query, size=1, facets=["municipality"])
        return {int(pk): count for pk, count in answer.counts.get("municipality", {}).items()}

    def _elsewhere(self) -> list[dict[str, Any]]:
        """The municipalities with most of these offers."""
        here = self.place.municipality_ids if self.place else frozenset()
        counts = {pk: n for pk, n in self._by_municipality.items() if pk not in here}
        best = sorted(counts, key=lambda pk: (-counts[pk], pk))[:MOST_LINKS]
        return self._place_links(best)

    def _nearby(self) -> list[dict[str, Any]]:
        """The municipalities inside a larger place, else the nearest ones, that have offers."""
        counts, distances = self._by_municipality, self.filterset.distances
        own = self.place.municipality_ids if self.place else frozenset()
        pool = [pk for pk in counts if len(own) > 1 or pk not in own]
        near = sorted(pool, key=lambda pk: (distances.get(pk, 0), -counts[pk], pk))
        return self._place_links(near[:MOST_LINKS])

    def _place_links(self, pks: Iterable[int]) -> list[dict[str, Any]]:
        known = municipalities()
        return [
            {
                "label": known[pk].label,
                "url": address(self.profession, known[pk]),
                "count": self._by_municipality[pk],
            }
            for pk in pks
            if pk in known
        ]

    def _professions(self) -> list[dict[str, Any]]:
        """The professions most sought in the place, or those close to the profession."""
        counts = self.filterset.answer.counts.get("profession", {})
        known = {str(pk): row for pk, row in names.professions_by_id().items()}
        if self.profession and not self.place:
            keys = [str(item.profession.pk) for item in similar_to(self.profession)]
            keys = [key for key in keys if counts.get(key)]
        else:
            own = str(self.profession.pk) if self.profession else ""
            others = [key for key in counts if key in known and key != own]
            keys = sorted(others, key=lambda key: (-counts[key], known[key].name))[:MOST_LINKS]
        return [
            {
                "label": known[key].name,
                "url": address(known[key], self.place),
                "count": counts[key],
            }
            for key in keys
            if key in known
        ]
