"""What a person does with a result, and how it is made."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def how(request: HttpRequest) -> HttpResponse:
    """How the quiz works, with its figures."""
    raise Http404


@login_not_required
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The result as a PDF file."""
    raise Http404


@login_not_required
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Send the result to an address that is not kept."""
    raise Http404


@login_not_required
def research(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the answers to research, or withdraw."""
    raise Http404


@login_not_required
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Erase the session now."""
    raise Http404
