"""The way through the quiz: its start, one question at a time, or all on one page; how it works."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from portal.fields import current_language
from portal.same_origin import same_origin_only
from quiz import actions, limits, visitor
from quiz.enums import StudyOpenness
from quiz.forms import OnePageForm, StartForm
from quiz.how import contents
from quiz.links import read_or_post, require_shown, session_of, session_page
from quiz.models import QuizSession
from quiz.models.session import DAYS_KEPT, MAIN_LENGTH
from quiz.questions import SKIP, Question, prompt

VALUES = {str(value): value for value in actions.VALUES} | {SKIP: None}
# What is no answer, for `actions.answer` to refuse.
NO_VALUE = 0
CONFLICT = 409


@never_cache
@login_not_required
@read_or_post
@same_origin_only
def start(request: HttpRequest) -> HttpResponse:
    """Say what the quiz is and stores, and begin it; or forget the one of this browser."""
    if "forget" in request.POST:
        visitor.forget(request)
        messages.success(
            request, _("This browser no longer knows that quiz. Its own link still opens it.")
        )
        return redirect("quiz:start")
    if request.method == "POST":
        form = StartForm(request.POST)
        if form.is_valid() and (session := _begun(request, form)):
            visitor.remember(request, session)
            page = "form" if "one_page" in request.POST else "question"
            return redirect(f"quiz:{page}", session.edit_token)
    else:
        code = request.GET.get("classe", "")
        form = StartForm(initial={"language": current_language(), "class_code": code})
    last = visitor.last_main(request)
    context = {
        "form": form,
        "last": last,
        "question": _waiting(last),
        "days": DAYS_KEPT,
        "length": MAIN_LENGTH,
    }
    return render(request, "quiz/start.html", context, status=limits.status_of(form))


def _begun(request: HttpRequest, form: StartForm) -> QuizSession | None:
    """A new session, or None where the form now says why there is none."""
    if not limits.may_begin(request, form):
        return None
    values = form.cleaned_data
    try:
        return actions.start(
            language=values["language"],
            study_level=StudyOpenness(values["study_level"]),
            situation=values["situation"],
            class_code=values["class_code"],
        )
    except actions.NoSuchClass as refused:
        form.add_error("class_code", str(refused))
    except actions.NotReady as refused:
        form.add_error(None, str(refused))
    return None


def _waiting(session: QuizSession | None) -> Question | None:
    return Question.waiting(session) if session and not session.is_finished else None


@login_not_required
@read_or_post
@session_page
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question that waits, or an earlier one, and take its answer."""
    if request.method == "POST":
        return _answer(request, token)
    session = session_of(token)
    if session.is_finished:
        return _go(request, "result", token)
    return _show(request, Question.asked(session, number=request.GET.get("question", "")))


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    item, time = request.POST.get("item", ""), request.POST.get("milliseconds", "")
    before = request.POST.get("before", "")
    try:
        session = actions.answer(
            token=token,
            item=item,
            value=VALUES.get(request.POST.get("value", ""), NO_VALUE),
            milliseconds=int(time) if time.isascii() and time.isdigit() and len(time) < 9 else None,
            seen={item: VALUES[before]} if before in VALUES else {},
        )
    except actions.Finished as refused:
        messages.info(request, str(refused))
        return _go(request, "result", token)
    except actions.NoAnswer as refused:
        return _show(request, Question.asked(session_of(token), item=item), refused)
    except actions.AnsweredMeanwhile as refused:
        return _show(request, Question.asked(session_of(token), item=item), refused, CONFLICT)
    except actions.NotAsked as refused:
        return _show(request, Question.waiting(session_of(token)), refused, CONFLICT)
    if session.is_finished:
        return _go(request, "result", token)
    return (
        _show(request, Question.waiting(session))
        if request.htmx
        else _go(request, "question", token)
    )


def _show(
    request: HttpRequest,
    question: Question,
    refused: actions.Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    require_shown(question.session)
    template = "quiz/_question.html" if request.htmx else "quiz/question.html"
    context = {"question": question, "refused": refused} | _common(request, question.session)
    return render(request, template, context, status=status)


def _common(request: HttpRequest, session: QuizSession) -> dict[str, Any]:
    here = reverse("quiz:question", args=[session.edit_token])
    return {"session": session, "link": request.build_absolute_uri(here)}


def _go(request: HttpRequest, page: str, token: str) -> HttpResponse:
    """Lead to a page of the session, also where htmx asked for a part of one."""
    response = redirect(f"quiz:{page}", token)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


@login_not_required
@read_or_post
@session_page
def form(request: HttpRequest, token: str) -> HttpResponse:
    """Show all questions on one page, and take their answers at once."""
    session = session_of(token)
    if session.is_finished:
        return redirect("quiz:result", token)
    require_shown(session)
    page = OnePageForm(session, request.POST if request.method == "POST" else None)
    status = 200
    if page.is_bound and page.is_valid():
        try:
            actions.answer_form(token=token, values=page.answers)
            return redirect("quiz:result", token)
        except actions.Finished as refused:
            messages.info(request, str(refused))
            return redirect("quiz:result", token)
        except actions.NotAsked:
            page.add_error(None, _("The questions have changed meanwhile. Check your answers."))
            status = CONFLICT
    context = {"form": page, "prompt": prompt(session.language)} | _common(request, session)
    return render(request, "quiz/form.html", context, status=status)


@login_not_required
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How the quiz works, with the figures behind it."""
    return render(request, "quiz/how.html", contents())
