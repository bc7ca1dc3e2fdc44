"""Live offers close to another one."""

from django.db.models import Exists, OuterRef, QuerySet

from careers.offers.models import JobOffer, OfferPlace
from careers.zones.models import Municipality

MOST = 5
# Whoever would have gone to the place of the offer may go that much further, in kilometres.
NEAR = 25


def similar_to(offer: JobOffer) -> list[JobOffer]:
    """Offers of the same profession, then of the same sector nearby, the newest first.

    At most `MOST`, loaded for cards. The offer comes with its profession and its places.
    """
    if not offer.profession:
        return []
    live = JobOffer.objects.live().exclude(pk=offer.pk)
    same = _newest(live.filter(profession=offer.profession_id))
    if len(same) == MOST:
        return same
    sector = live.filter(profession__sector=offer.profession.sector_id)
    others = sector.exclude(profession=offer.profession_id)
    return [*same, *_newest(_near(offer, others))][:MOST]


def _newest(offers: QuerySet[JobOffer]) -> list[JobOffer]:
    return list(offers.for_cards().order_by("-number")[:MOST])


def _near(offer: JobOffer, offers: QuerySet[JobOffer]) -> QuerySet[JobOffer]:
    """Those with a place near the first place of the offer."""
    place = next(iter(offer.offer_places.all()), None)
    if place is None:
        return offers.none()
    town = place.municipality
    towns = Municipality.objects.within(
        latitude=town.latitude, longitude=town.longitude, km=NEAR
    ).values("pk")
    near = OfferPlace.objects.filter(offer=OuterRef("pk"), municipality__in=towns)
    return offers.filter(Exists(near))
