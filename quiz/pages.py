"""What the pages of one session have in common: found by its link, kept by nobody."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from quiz.actions import Gone, Hidden
from quiz.models import QuizSession
from quiz.models.session import DAYS_KEPT

View = Callable[..., HttpResponse]


def session_of(token: str) -> QuizSession:
    """The session that this link answers, changes and erases. Raises `Gone`."""
    return _found(Q(edit_token=token), token)


def shown_session(token: str) -> tuple[QuizSession, bool]:
    """The session that this link shows, and whether it also changes it. Raises `Gone`."""
    session = _found(Q(edit_token=token) | Q(share_token=token), token)
    return session, session.edit_token == token


def _found(has_link: Q, token: str) -> QuizSession:
    sessions = QuizSession.objects.reachable().with_light_version()
    sessions = sessions.select_related("next_item", "profession")
    # PostgreSQL refuses NUL, and half of a surrogate pair cannot be sent to it.
    found = sessions.filter(has_link).first() if token.isprintable() else None
    if found is None:
        raise Gone(_("This link leads to no quiz, or the quiz has been erased."))
    return found


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
