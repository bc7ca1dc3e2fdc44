"""What the pages of one session have in common: found by its link, kept by nobody."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.actions import Gone, Hidden, the_one
from quiz.models import QuizSession
from quiz.models.session import DAYS_KEPT, QuizSessionQuerySet

View = Callable[..., HttpResponse]


read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def session_of(token: str) -> QuizSession:
    """The session that this link answers, changes and erases. Raises `Gone`."""
    return _found(QuizSession.objects.linked(token))


def shown_session(token: str) -> tuple[QuizSession, bool]:
    """The session that this link shows, and whether it also changes it. Raises `Gone`."""
    session = _found(QuizSession.objects.linked(token, shows=True))
    return session, session.edit_token == token


def _found(sessions: QuizSessionQuerySet) -> QuizSession:
    return the_one(sessions.with_light_version().select_related("next_item", "profession"))


def require_shown(session: QuizSession) -> None:
    """Raise `Hidden` where the profession of the session is no longer shown to the public."""
    if session.profession and not session.profession.is_listed:
        raise Hidden(session)


def session_page(view: View) -> View:
    """Decorator of a page of one session: no cache keeps it, no other site learns its link.

    `Gone` becomes a clear page with the status 404, whose owner may still delete what is `Hidden`.
    """

    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Hidden as hidden:
            context = {"session": hidden.session, "token": kwargs["token"]}
            response = render(request, "quiz/compatibility_hidden.html", context, status=404)
        except Gone as gone:
            context = {"text": str(gone), "days": DAYS_KEPT}
            response = render(request, "quiz/gone.html", context, status=404)
        # With "no-referrer" browsers would send forms with the origin "null", which is refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return shown
