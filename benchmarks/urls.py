"""The site's addresses, and `/bare/<name>` which answers with bytes that a page answered before."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import kept
from portal.models import KeptPage
from portal.urls import urlpatterns as site

BODIES = Path(settings.VAR_DIR) / "benchmark"


@cache
def body(name: str) -> bytes:
    return (BODIES / f"{name}.html").read_bytes()


@login_not_required
def bare(request: HttpRequest, name: str) -> HttpResponse:
    """The bytes of a page, without making it."""
    return HttpResponse(body(name))


def forget_when_asked(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Drop what is kept before a request that says so: "process" its memory, "all" the rest too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if asked := request.headers.get("x-cold"):
            kept.forget()
            if asked == "all":
                KeptPage.objects.all().delete()
        return get_response(request)

    return middleware


urlpatterns = [path("bare/<slug:name>", bare), *site]
