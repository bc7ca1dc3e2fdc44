"""The short quiz about one profession."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the short quiz about a profession."""
    raise Http404
