"""Whole pages kept for the visitors to whom they look alike: those without a session."""

import gzip
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import patch_vary_headers

from portal import kept, shortlist_marks
from portal.models import ContentVersion

View = Callable[..., HttpResponse]
# Gives the parts of a page that change more often than the content, by name.
Fresh = Callable[..., Mapping[str, str]]

# Longer addresses are answered but not kept: nobody asks for them twice.
LONGEST_KEPT = 300
VERSION = "portal.content_version"
OK = 200
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


def fresh_mark(name: str) -> str:
    """What stands in a page for a part that `fresh` gives."""
    return f"<!--fresh {name}-->"


def keep_page(view: View | None = None, *, shared: bool = False, fresh: Fresh | None = None) -> Any:
    """Decorator of a public page: one query once it is kept, per content version, day and address.

    Kept are plain answers (200, no cookie, no form token) to visitors without a session; who has
    one for a shortlist alone gets them with the marks of what is in it. `shared`
    is for few pages that cost much: what one process made, the others fetch. `fresh` is called
    as the view is, for parts that are never older than a second; the template marks their places
    with `{% fresh "name" %}`.
    """
    if view is None:
        return partial(keep_page, shared=shared, fresh=fresh)

    @wraps(view)
    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        shortlist = shortlist_marks.put_aside(request)
        response = _answer(view, request, args, kwargs, shared=shared, fresh=fresh)
        if shortlist is not None:
            shortlist_marks.mark(response, shortlist)
        patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Target"])
        return response

    return keeping


def _answer(
    view: View, request: HttpRequest, args: Any, kwargs: Any, *, shared: bool, fresh: Fresh | None
) -> HttpResponse:
    def make() -> HttpResponse:
        return view(request, *args, **kwargs)

    def make_parts() -> Mapping[str, str]:
        with kept.at(content_version(request)):
            return fresh(request, *args, **kwargs) if fresh else {}

    def parts() -> Mapping[str, str]:
        return kept.recent("fresh", request.get_full_path(), build=make_parts) if fresh else {}

    if _is_for_anyone(request):
        try:
            return _kept(request, make, parts, shared=shared)
        except _PassOn as passed:
            response = passed.response
    else:
        response = make()
    if fresh and response.status_code == OK:
        response.content = _filled(response.content, parts())
    return response


def _filled(body: bytes, parts: Mapping[str, str]) -> bytes:
    for name, text in parts.items():
        body = body.replace(fresh_mark(name).encode(), text.encode())
    return body


def _kept(
    request: HttpRequest,
    make: Callable[[], HttpResponse],
    parts: Callable[[], Mapping[str, str]],
    *,
    shared: bool,
) -> HttpResponse:
    """The page as it is kept, made where it is not; raises `_PassOn` with what must not be kept."""
    version = content_version(request)

    def build() -> bytes:
        with kept.at(version):
            response = make()
        if not _is_plain(request, response):
            raise _PassOn(response)
        return response.content

    key = _key(request)
    keep = kept.shared_page if shared and _is_plainly_asked(request) else kept.page
    body = keep(*key, version=version, build=build)
    if now := parts():
        key = (*key, tuple(now.items()))
        body = kept.page(*key, version=version, build=partial(_filled, body, now))
    response = HttpResponse(body)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        # Compressed once; nothing in the page is secret, so its length tells nothing.
        response.content = kept.page(
            "gzip", *key, version=version, build=lambda: gzip.compress(body)
        )
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _target(request: HttpRequest) -> str:
    # The only fragment that any page answers with; whatever else is said changes nothing.
    return "results" if request.headers.get("HX-Target") == "results" else ""


def _key(request: HttpRequest) -> tuple[object, ...]:
    return "page", request.scheme, request.get_host(), request.get_full_path(), _target(request)


def _is_plainly_asked(request: HttpRequest) -> bool:
    """Whether the address is the page's own: with any other a stranger could fill the database."""
    host = request.get_host()
    domain, port = split_domain_port(host)
    own_port = port in {"", request.META.get("SERVER_PORT")}
    # One spelling of the host: it was compared with ALLOWED_HOSTS whatever its case.
    own_host = host in {domain, f"{domain}:{port}"}
    return own_port and own_host and not request.META.get("QUERY_STRING") and not _target(request)


def _is_for_anyone(request: HttpRequest) -> bool:
    return len(request.get_full_path()) <= LONGEST_KEPT and not any(
        name in request.COOKIES for name in PERSONAL_COOKIES
    )


def _is_plain(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == OK
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )
