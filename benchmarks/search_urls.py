"""The site's addresses, and two ways to answer with the bytes of a page without searching.

`/stored/<name>` returns bytes that the page answered before. `/rendered/<name>` makes them anew by
the page's own templates, from a search and rows that were asked for before: nothing is kept.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from careers.offers.cards import Card
from careers.offers.filters import JobOfferFilterSet
from careers.offers.kept_cards import html
from careers.offers.listing import Listing
from careers.offers.views import page_context
from portal.urls import urlpatterns as site

_bodies: dict[str, bytes] = {}
_contexts: dict[str, dict[str, Any]] = {}


class Rendered(list[Card]):
    """Cards that are made anew each time they are shown."""

    def __iter__(self) -> Iterator[Any]:
        return map(html, super().__iter__())


def store(name: str, body: bytes) -> str:
    """Keep the bytes of a page; the address that answers with them."""
    _bodies[name] = body
    return f"/stored/{name}"


def prepare(name: str, filterset: JobOfferFilterSet) -> str:
    """Search and load the rows of a page; the address that renders them."""
    listing = Listing(filterset)
    listing.cards_for_anybody = Rendered(listing.cards)
    _contexts[name] = page_context(listing) | {"swapped": False, "robots": ""}
    return f"/rendered/{name}"


@login_not_required
def stored(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(_bodies[name])


@login_not_required
def rendered(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "careers/offers/list.html", _contexts[name])


urlpatterns = [path("stored/<slug:name>", stored), path("rendered/<slug:name>", rendered), *site]
