"""What every request passes through besides Django's own."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation

from portal.context import Site

LONGEST_URL = 16_000
BAD_REQUEST = 400


class HeadWithoutBody:
    """Answer HEAD with the headers of GET alone: servers need not throw the body away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = []
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class RefuseBrokenUrls:
    """Answer 400 to what no page of ours could have made: a NUL byte, or bytes beyond reason.

    PostgreSQL cannot hold NUL in a text: in a query or a cookie it would end in its error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        path = request.path_info
        has_nul = "\x00" in path or "%00" in query or "\x00" in query
        has_nul = has_nul or any("\x00" in value for value in request.COOKIES.values())
        if has_nul or len(query) > LONGEST_URL:
            prefix = translation.get_language_from_path(path)
            is_published = prefix in settings.PUBLISHED_LANGUAGES
            translation.activate(prefix if is_published else settings.LANGUAGE_CODE)
            return _refused(request, is_too_long=not has_nul)
        return self.get_response(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of what Django refuses (`handler400`), in the language of the address."""
    return _refused(request, is_too_long=isinstance(exception, TooManyFieldsSent))


def _refused(request: HttpRequest, *, is_too_long: bool) -> HttpResponse:
    # Without the processors of contexts: they may need what was refused.
    context = {"site": Site(request), "is_too_long": is_too_long}
    return render(None, "400.html", context, status=BAD_REQUEST)


class PublishedLocaleMiddleware(LocaleMiddleware):
    """Django's choice of language by path, for the languages whose interface is complete."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        prefix = translation.get_language_from_path(request.path_info)
        if prefix and prefix not in settings.PUBLISHED_LANGUAGES:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            raise Http404
