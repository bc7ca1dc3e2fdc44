"""What a person does with a result: print, send, leave to research, erase."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from quiz import actions, limits, mails, visitor
from quiz.enums import SessionKind
from quiz.forms_share import SendForm
from quiz.links import read_or_post, session_of, session_page, shown_session
from quiz.models import QuizSession
from quiz.pdf import pdf_of

UNAVAILABLE = 503


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
@read_or_post
@sensitive_post_parameters("email")
@session_page
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Send the result by mail to an address that is not kept."""
    session = session_of(token)
    if not session.is_finished:
        return redirect("quiz:question", token)
    form = SendForm(request.POST if request.method == "POST" else None)
    is_unavailable = False
    if form.is_bound and form.is_valid():
        is_unavailable = _is_lost(request, form, session)
        if not form.errors:
            return redirect(f"{request.path}?sent=1")
    is_sent = "sent" in request.GET and not form.is_bound
    context = {"session": session, "form": form, "is_sent": is_sent}
    status = UNAVAILABLE if is_unavailable else limits.status_of(form)
    return render(request, "quiz/send.html", context, status=status)


def _is_lost(request: HttpRequest, form: SendForm, session: QuizSession) -> bool:
    """Send, or write into the form why not; whether that is the fault of our mail server."""
    address = form.cleaned_data["email"]
    if not _may_send(request, form, address):
        return False
    try:
        mails.send_result(session=session, to=address)
    except mails.AddressRefused as refusal:
        form.add_error("email", str(refusal))
    except mails.EnoughSent as refusal:
        limits.refuse(form, str(refusal))
    except mails.NotSent as refusal:
        form.add_error(None, str(refusal))
        return True
    return False


def _may_send(request: HttpRequest, form: SendForm, address: str) -> bool:
    here = _("Too many results were sent from your connection. Wait an hour.")
    there = _("Several results were sent to this address in the last hour. Wait an hour.")
    mark = mails.mark_of(address)
    return limits.is_within(request, form, action="send_result", text=here) and limits.is_within(
        request, form, action="send_result_to", text=there, field="email", key=mark
    )


@login_not_required
@read_or_post
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
@read_or_post
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
