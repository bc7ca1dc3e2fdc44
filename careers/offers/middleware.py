"""What searches of offers need around each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from careers.offers import search
from careers.offers.search import limit

UNAVAILABLE = 503
# Seconds: about as long as loading a snapshot takes.
RETRY_AFTER = 5


class SearchInTime:
    """Give the searches of a request their time, and say so where it was not enough."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with limit.begun():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that asks to come back, in place of the one that would take too long."""
        if not isinstance(error, limit.NotInTime):
            return None
        if request.htmx:
            # Shows the page of this address: a part of it that fails would not be shown.
            response = HttpResponseClientRedirect(request.get_full_path())
        else:
            context = {"has_index": search.has_index()}
            response = render(request, "503.html", context, status=UNAVAILABLE)
            response.headers["Retry-After"] = str(RETRY_AFTER)
        add_never_cache_headers(response)
        return response
