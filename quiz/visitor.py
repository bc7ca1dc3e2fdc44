"""The quiz that this browser began last; the only thing that is remembered of a visitor."""

from django.conf import settings
from django.http import HttpRequest

from quiz.enums import SessionKind
from quiz.models import QuizSession

# `portal.shortlist_marks` knows that no kept page shows it.
KEY = "quiz"


def remember(request: HttpRequest, session: QuizSession) -> None:
    """Have this browser find the quiz again without its link.

    Not one that is taken with a class: the next pupil may sit at the same computer.
    """
    if session.class_group_id:
        forget(request)
    else:
        request.session[KEY] = session.edit_token


def last_main(request: HttpRequest) -> QuizSession | None:
    """The main quiz begun last in this browser, finished or not; None where it is gone.

    Costs nothing for a visitor without a session. Comes with `model_version` light.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
    token = request.session.get(KEY) if has_session else None
    if not token:
        return None
    sessions = QuizSession.objects.linked(token).filter(kind=SessionKind.MAIN)
    return sessions.with_light_version().first()


def forget(request: HttpRequest, token: str | None = None) -> None:
    """Have this browser no longer know its quiz; with a `token` only if the quiz is that one."""
    known = request.session.get(KEY)
    if known and token in {None, known}:
        del request.session[KEY]
