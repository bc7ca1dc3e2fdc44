"""The quiz that this browser began last; the only thing that is remembered of a visitor."""

from django.conf import settings
from django.http import HttpRequest

from quiz.enums import SessionKind
from quiz.models import QuizSession

# `portal.shortlist_marks` knows that no kept page shows it.
KEY = "quiz"


def remember(request: HttpRequest, session: QuizSession) -> None:
    """Have this browser find the quiz again without its link."""
    request.session[KEY] = session.edit_token


def last_main(request: HttpRequest) -> QuizSession | None:
    """The main quiz begun last in this browser, finished or not; None where it is gone.

    Costs nothing for a visitor without a session. Comes with `model_version` light.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
    token = request.session.get(KEY) if has_session else None
    if not token:
        return None
    sessions = QuizSession.objects.reachable().filter(kind=SessionKind.MAIN)
    return sessions.with_light_version().filter(edit_token=token).first()


def forget(request: HttpRequest, token: str) -> None:
    """Have this browser no longer know the quiz that this link erased."""
    if request.session.get(KEY) == token:
        del request.session[KEY]
