"""Whole pages kept for the visitors to whom they look alike: those without a session."""

import gzip
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from portal import kept
from portal.models import ContentVersion

View = Callable[..., HttpResponse]

# Longer addresses are answered but not kept: nobody asks for them twice.
LONGEST_KEPT = 300
VERSION = "portal.content_version"
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


class _PassOn(Exception):
    """Carries an answer that is not to be kept out of the store."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def content_version(request: HttpRequest) -> int:
    """The version of the content for this request, asked once."""
    if VERSION not in request.META:
        request.META[VERSION] = ContentVersion.current()
    return request.META[VERSION]


def keep_page(view: View | None = None, *, shared: bool = False) -> Any:
    """Decorator of a public page: one query once it is kept, per content version, day and address.

    Kept are plain answers (200, no cookie, no form token) to visitors without a session. `shared`
    is for few pages that cost much: what one process made, the others fetch.
    """
    if view is None:
        return partial(keep_page, shared=shared)

    @wraps(view)
    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not _is_for_anyone(request):
            return view(request, *args, **kwargs)

        def build() -> str:
            with kept.at(version):
                response = view(request, *args, **kwargs)
            if not _is_plain(request, response):
                raise _PassOn(response)
            return response.content.decode()

        key, version = _key(request), content_version(request)
        # Only the plain address: with a query a stranger could fill the database.
        keep = kept.shared_page if shared and not request.GET else kept.page
        try:
            body = keep(*key, version=version, build=build)
        except _PassOn as passed:
            return passed.response
        response = HttpResponse(body)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            # Compressed once; nothing in the page is secret, so its length tells nothing.
            response.content = kept.page(
                "gzip", *key, version=version, build=lambda: gzip.compress(response.content)
            )
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Target"])
        return response

    return keeping


def _key(request: HttpRequest) -> tuple[object, ...]:
    # Some pages change with the day: articles appear, offers end.
    day = timezone.localdate()
    target = request.headers.get("HX-Target", "")
    return "page", day, request.scheme, request.get_host(), request.get_full_path(), target


def _is_for_anyone(request: HttpRequest) -> bool:
    return len(request.get_full_path()) <= LONGEST_KEPT and not any(
        name in request.COOKIES for name in PERSONAL_COOKIES
    )


def _is_plain(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )
