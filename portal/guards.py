"""What is refused before any page looks at it, and what is true of every answer."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views import defaults

VERBS = ["GET", "HEAD", "POST", "OPTIONS"]
TOO_LARGE, UNAVAILABLE = 413, 503
RETRY_AFTER = 10  # seconds

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RefuseOtherVerbs:
    """Answer 405 to verbs that no page has, before the token of a form is asked for.

    Which verbs there are the page itself says, as it does to OPTIONS, which changes nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.method
        if asked in VERBS:
            return self.get_response(request)
        request.method = "OPTIONS"
        said = self.get_response(request).headers.get("Allow", "")
        request.method = asked
        return HttpResponseNotAllowed([verb for verb in VERBS if verb in said.split(", ")] or VERBS)


class RefuseLargeBodies:
    """Answer 413 to what is larger than LARGEST_BODY, unread.

    `DATA_UPLOAD_MAX_MEMORY_SIZE` does not count files: any page that reads a form would store them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.headers.get("content-length") or "0"
        if length.isdecimal() and int(length) > settings.LARGEST_BODY:
            return render(None, "413.html", status=TOO_LARGE)
        return self.get_response(request)


class NothingPersonalIsStored:
    """Forbid browsers and proxies to store answers to people who are signed in.

    Stands outside the session's middleware: asking who it is makes no answer vary.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if hasattr(request, "user") and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


def server_error(request: HttpRequest) -> HttpResponse:
    """What Django shows for an exception (`handler500`): 503 where it is the database that fails.

    Wherever a request was when it did: in a view, a middleware or a template.
    """
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return defaults.server_error(request)
    response = render(None, "503_database.html", status=UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response
