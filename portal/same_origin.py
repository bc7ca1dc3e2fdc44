"""Forms on pages that are alike for everybody: guarded by where they are sent from, not by a token.

A token in a page makes it one visitor's own, with a cookie for each reader. Browsers say themselves
from which site a form is sent: by `Sec-Fetch-Site`, and older ones by `Origin`, neither of which a
page can write.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
READING = {"GET", "HEAD", "OPTIONS"}


def same_origin_only(view: View) -> View:
    """Decorator of a view for forms without a token: answer 403 to what other sites send.

    Reading (GET, HEAD, OPTIONS) is open to all.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in READING and not _is_from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
