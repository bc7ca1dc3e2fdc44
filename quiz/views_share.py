"""What a person does with a result: print, send, leave to research, erase."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from quiz import actions, mails, visitor
from quiz.enums import SessionKind
from quiz.forms_share import SendForm
from quiz.how import contents
from quiz.models import QuizSession
from quiz.pages import session_of, session_page, shown_session
from quiz.pdf import pdf_of

READ_OR_POST = ["GET", "HEAD", "POST"]
TOO_MANY, UNAVAILABLE = 429, 503


@login_not_required
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How the quiz works, with the figures behind it."""
    return render(request, "quiz/how.html", contents())


@login_not_required
@require_safe
@session_page
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The result as a file to keep, for whoever may read it."""
    session, _is_owner = shown_session(token)
    if not session.is_finished:
        return redirect("quiz:result", token)
    url = request.build_absolute_uri(reverse("quiz:result", args=[session.share_token]))
    response = HttpResponse(pdf_of(session, url), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="jalon.pdf"'
    return response


@login_not_required
@require_http_methods(READ_OR_POST)
@sensitive_post_parameters("email")
@session_page
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Send the result by mail to an address that is not kept."""
    session = session_of(token)
    if not session.is_finished:
        return redirect("quiz:question", token)
    form = SendForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        status = _sent(request, form, session)
        if status == 200:
            return redirect(f"{request.path}?sent=1")
    is_sent = "sent" in request.GET and not form.is_bound
    context = {"session": session, "form": form, "is_sent": is_sent}
    return render(request, "quiz/send.html", context, status=status)


def _sent(request: HttpRequest, form: SendForm, session: QuizSession) -> int:
    """Send, or write into the form why not; the status of the answer."""
    if not ratelimit.consume(request, action="send_result"):
        form.add_error(None, _("Too many results were sent from your connection. Wait an hour."))
        return TOO_MANY
    address = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="send_result_to", key=mails.mark_of(address)):
        text = _("Several results were sent to this address in the last hour. Wait an hour.")
        form.add_error("email", text)
        return TOO_MANY
    try:
        mails.send_result(session=session, to=address)
    except mails.AddressRefused as refusal:
        form.add_error("email", str(refusal))
    except mails.EnoughSent as refusal:
        form.add_error(None, str(refusal))
        return TOO_MANY
    except mails.NotSent as refusal:
        form.add_error(None, str(refusal))
        return UNAVAILABLE
    return 422 if form.errors else 200


@login_not_required
@require_http_methods(READ_OR_POST)
@session_page
def research(request: HttpRequest, token: str) -> HttpResponse:
    """Take the consent to keep the answers for research, or its withdrawal."""
    session = session_of(token)
    # What was said of one profession is of no use to the model.
    if request.method == "POST" and session.kind == SessionKind.MAIN:
        consents = request.POST.get("consents") == "yes"
        actions.leave_to_research(token=token, consents=consents)
        messages.success(
            request,
            _("Thank you: your answers are left to research. You can still take them back.")
            if consents
            else _("Your answers are not left to research."),
        )
    return redirect(reverse("quiz:result", args=[token]) + "#keep")


@login_not_required
@require_http_methods(READ_OR_POST)
@session_page
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to erase the session, then erase it at once."""
    session = session_of(token)
    if request.method == "POST":
        actions.erase(token=token)
        visitor.forget(request, token)
        return redirect("quiz:erased")
    return render(request, "quiz/delete.html", {"session": session})


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that a quiz is gone."""
    return render(request, "quiz/erased.html")
