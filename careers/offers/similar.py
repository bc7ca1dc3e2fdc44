"""Live offers close to another one."""

from contextlib import suppress

from django.utils import timezone

from careers.offers import search
from careers.offers.cards import Card, cards
from careers.offers.models import JobOffer
from careers.offers.search.query import Query, Sort
from careers.zones.models import Municipality

MOST = 5
# Whoever would have gone to the place of the offer may go that much further, in kilometres.
NEAR = 25


def similar_to(offer: JobOffer) -> list[Card]:
    """Offers of the same profession, then of the same sector nearby, the newest first.

    At most `MOST`. The offer comes with its profession and its places.
    """
    if not offer.profession:
        return []
    found: list[int] = []
    # The page of an offer does not miss what is not found in time.
    with suppress(search.NotInTime):
        found += _newest([offer.pk], profession=offer.profession_id)
        towns = _near(offer) if len(found) < MOST else frozenset()
        if towns:
            sector = offer.profession.sector_id
            found += _newest([offer.pk, *found], towns, sector=sector)
    return cards(found[:MOST])


def _newest(
    without: list[int], municipalities: frozenset[int] | None = None, **chosen: int
) -> list[int]:
    query = Query(
        today=timezone.localdate(),
        chosen=tuple((facet, frozenset({str(pk)})) for facet, pk in chosen.items()),
        municipalities=municipalities,
        sort=Sort.DATE,
        without=frozenset(without),
    )
    return search.search(query, size=MOST, facets=()).ids


def _near(offer: JobOffer) -> frozenset[int]:
    """The municipalities around the first place of the offer."""
    place = next(iter(offer.offer_places.all()), None)
    if place is None:
        return frozenset()
    here = place.municipality
    towns = Municipality.objects.within(latitude=here.latitude, longitude=here.longitude, km=NEAR)
    return frozenset(towns.values_list("pk", flat=True))
