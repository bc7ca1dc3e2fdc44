"""The result of a session."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def result(request: HttpRequest, token: str) -> HttpResponse:
    """The result, for the person who answered or, by the other link, to look at."""
    raise Http404
