from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what the quiz will be; it opens here once it is ready."""
    return render(request, "quiz/start.html")


@login_not_required
def question(request: HttpRequest, token: str) -> HttpResponse:
    """The question on the person's screen."""
    raise Http404


@login_not_required
def form(request: HttpRequest, token: str) -> HttpResponse:
    """All questions on one page."""
    raise Http404
