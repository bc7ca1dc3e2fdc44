"""The list of offers: all of them, or those of a profession, of a place, of both."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from careers.offers import landing, maps, typed
from careers.offers.feeds import OfferFeed
from careers.offers.filters import JobOfferFilterSet
from careers.offers.landing import Landing
from careers.offers.listing import Listing
from careers.professions.models import Profession
from careers.zones.places import Place
from portal import kept
from portal.kept_pages import content_version
from portal.slugs import find
from portal.structured import json_ld, trail

NOT_KEPT = "noindex, follow"


@login_not_required
@require_safe
@vary_on_headers("HX-Target")
def offer_list(request: HttpRequest) -> HttpResponse:
    """Show the live offers, narrowed by the visitor's filters; words that are filters become so."""
    with kept.at(content_version(request)):
        if understood := typed.address(request.GET):
            if request.htmx:
                return HttpResponseClientRedirect(understood)
            return redirect(understood)
        swapped = request.htmx.target == "results"
        context = page_context(Listing(JobOfferFilterSet(request.GET))) | {
            "swapped": swapped,
            "robots": NOT_KEPT if request.GET else "",
        }
        template = "careers/offers/_list.html#results" if swapped else "careers/offers/list.html"
        return render(request, template, context)


def page_context(listing: Listing) -> dict[str, Any]:
    """What the templates of a list are given."""
    filterset = listing.filterset
    return {
        "filterset": filterset,
        "listing": listing,
        "map": maps.of_offers(listing) if filterset.view == "map" else None,
    }


@login_not_required
@require_safe
def offer_feed(request: HttpRequest) -> HttpResponse:
    """The newest offers of any search as an Atom feed."""
    with kept.at(content_version(request)):
        return OfferFeed()(request)


@login_not_required
@require_safe
def offers_of_profession(request: HttpRequest, slug: str, place: str = "") -> HttpResponse:
    """Show the live offers of a profession, everywhere or in a place."""
    with kept.at(content_version(request)):
        profession = find(Profession.objects.listed(), slug)
        return _land(request, Landing(profession, _place(place) if place else None, request.GET))


@login_not_required
@require_safe
def offers_of_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the live offers of a municipality, a postcode, a province, a region or a zone."""
    with kept.at(content_version(request)):
        return _land(request, Landing(None, _place(slug), request.GET))


def _place(slug: str) -> Place:
    place = landing.place_of(slug)
    if place is None:
        raise Http404
    return place


def _land(request: HttpRequest, page: Landing) -> HttpResponse:
    if page.url != request.path:
        return redirect(page.url, permanent=True)
    root = request.build_absolute_uri("/")
    context = page_context(page.listing) | {
        "landing": page,
        "alternates": page.alternates,
        "structured": json_ld(trail(root, page.trail)),
        "robots": page.robots,
    }
    return render(request, "careers/offers/landing.html", context)
