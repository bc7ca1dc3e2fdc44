"""Classes that take the quiz together."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def new(request: HttpRequest) -> HttpResponse:
    """Make a class: a code for the pupils, a link for the teacher."""
    raise Http404


@login_not_required
def desk(request: HttpRequest, token: str) -> HttpResponse:
    """What the teacher sees of the class."""
    raise Http404
