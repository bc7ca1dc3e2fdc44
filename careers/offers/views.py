"""The list of offers, as pages and as a feed."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from careers.offers import maps, reading
from careers.offers.filters import JobOfferFilterSet
from careers.offers.listing import Listing
from portal import kept
from portal.kept_pages import content_version


@login_not_required
@require_safe
@vary_on_headers("HX-Target")
def offer_list(request: HttpRequest) -> HttpResponse:
    """Show the live offers, narrowed by the visitor's filters; words that are filters become so."""
    with kept.at(content_version(request)):
        if understood := reading.address(request.GET):
            if request.htmx:
                return HttpResponseClientRedirect(understood)
            return redirect(understood)
        return _show(request, JobOfferFilterSet(request.GET), {})


def _show(
    request: HttpRequest, filterset: JobOfferFilterSet, context: dict[str, Any]
) -> HttpResponse:
    """The page, or for htmx its results and the new counts of the facets."""
    swapped = request.htmx.target == "results"
    context |= {
        "filterset": filterset,
        "listing": Listing(filterset),
        "map": maps.of_offers(filterset) if filterset.view == "map" else None,
        "swapped": swapped,
        "robots": "noindex, follow" if request.GET else "",
    }
    if swapped:
        return render(request, "careers/offers/_list.html#results", context)
    return render(request, "careers/offers/list.html", context)
