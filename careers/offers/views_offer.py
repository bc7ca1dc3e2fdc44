"""The page of one offer."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.offers import facts, pay_chart, structured, texts
from careers.offers.enums import Benefit, OfferStatus
from careers.offers.models import JobOffer, OfferPlace
from careers.offers.similar import similar_to
from careers.professions.comparison import published_reading
from careers.professions.reading import Reading, Row
from careers.zones.models import Zone
from portal import markdown

GONE = 410
MOST_SKILLS = 8


@login_not_required
@require_safe
def offer_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show an offer, or what became of it; to the staff also one that is not published yet."""
    offer = get_object_or_404(_for_page(), pk=pk)
    is_preview = offer.number is None
    if is_preview and not request.user.has_perm("offers.view_joboffer"):
        raise Http404
    # Before the right address, which is made of the title, is told.
    if offer.status == OfferStatus.WITHDRAWN:
        return _withdrawn(request, offer)
    if offer.slug != slug:
        return redirect(offer, permanent=True)

    reading = published_reading(offer.profession) if offer.profession else None
    context = {
        "offer": offer,
        "is_preview": is_preview,
        "title_mark": texts.title_mark(offer),
        "facts": facts.facts(offer),
        "description": markdown.render_part(offer.description),
        "profile": markdown.render_part(offer.profile),
        "benefits": [Benefit(benefit).label for benefit in offer.benefits],
        "pay": pay_chart.of_offer(offer, reading),
        "skills": _skills(reading),
        "similar": similar_to(offer),
        "closed_on": _closed_on(offer),
        "structured": structured.offer_page(request, offer),
    }
    return render(request, "careers/offers/detail.html", context)


def _for_page() -> QuerySet[JobOffer]:
    """Offers with all that a page shows of them."""
    zones = Prefetch("municipality__zones", Zone.objects.order_by("sort_key_fr", "pk"))
    places = OfferPlace.objects.select_related("municipality__province", "municipality__region")
    return (
        JobOffer.objects.defer("title_terms", "body_terms")
        .select_related(
            "employer__sector",
            "employer__municipality",
            "profession__sector",
            "profession__guide__published_version",
            "user_sector",
            "source",
        )
        .prefetch_related(
            Prefetch("offer_places", places.prefetch_related(zones).order_by("pk")), "languages"
        )
    )


def _withdrawn(request: HttpRequest, offer: JobOffer) -> HttpResponse:
    """The page of an offer whose text must not be shown any more."""
    context = {"offer": offer, "similar": similar_to(offer), "closed_on": _closed_on(offer)}
    return render(request, "careers/offers/withdrawn.html", context, status=GONE)


def _closed_on(offer: JobOffer) -> date | None:
    """The last day on which a person could answer it; None while it is live, or is not known."""
    if offer.status == OfferStatus.PUBLISHED:
        return offer.closes_on if offer.is_expired else None
    change = offer.events.filter(status=offer.status).order_by("pgh_id").first()
    return timezone.localdate(change.pgh_created_at) if change else None


def _skills(reading: Reading | None) -> list[Row]:
    """What matters most in the profession, says its guide."""
    if reading is None:
        return []
    return sorted(reading.skills, key=lambda row: -row.importance)[:MOST_SKILLS]
