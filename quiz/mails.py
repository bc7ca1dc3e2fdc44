"""The result by mail: sent while the person waits, to an address that nothing keeps.

The text is ours alone: nobody can make the site write something else to somebody.
"""

from collections.abc import Iterable
from concurrent.futures import Future
from smtplib import SMTPException, SMTPRecipientsRefused
from threading import Thread

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.dates import date_text
from quiz import compatibility_result, reality, results
from quiz.actions import Refused
from quiz.enums import SessionKind
from quiz.models import QuizSession

SECONDS = 4  # that the mail server has for each answer
SECONDS_IN_ALL = 10
FOR_GOOD = 500  # the first code of an answer that will stay the same
MOST = 3  # messages a session: one, and two for an address that was mistyped

log = structlog.get_logger(__name__)


class NotSent(Refused):
    """The mail server is out of reach or does not take the message."""


class AddressRefused(Refused):
    """The mail server knows that nobody has this address."""


class EnoughSent(Refused):
    """This result was sent as often as it may be, or is being sent right now."""


def mark_of(address: str) -> str:
    """What counts the messages to an address without telling it."""
    return salted_hmac("quiz.mails", address.casefold(), algorithm="sha256").hexdigest()


@transaction.atomic
def send_result(*, session: QuizSession, to: str) -> None:
    """Send the result, with the link that only shows it; waits for the mail server.

    Raises `EnoughSent`, `AddressRefused` or `NotSent`; the session is as it was then.
    """
    text = result_text(session)
    rows = QuizSession.objects.select_for_update(of=["self"], skip_locked=True)
    locked = rows.only("mails").filter(pk=session.pk).first()
    if locked is None:
        raise EnoughSent(_("Your result is being sent. Wait a moment, then look in your mailbox."))
    if locked.mails >= MOST:
        raise EnoughSent(_("This result was sent often enough. Its link still works: copy it."))
    connection = get_connection(timeout=min(SECONDS, settings.EMAIL_TIMEOUT))
    try:
        _send(EmailMessage(_("Your quiz result"), text, to=[to], connection=connection))
    except (SMTPException, OSError) as error:
        if _is_refused_for_good(error):
            raise AddressRefused(_("The mail server knows no such address. Check it.")) from None
        # Its text may hold the address; the name of the class does not.
        log.warning("result not sent", reason=type(error).__name__)
        raise NotSent(
            _("The message could not be sent: our mail server does not answer as it should.")
        ) from None
    locked.mails += 1
    locked.save(update_fields=["mails"])


def _send(message: EmailMessage) -> None:
    """Send, and leave off after a time however slowly the server answers: `TimeoutError`.

    The time of a connection is that of each reading, and somebody waits here with a locked row.
    """
    sending: Future[int] = Future()

    def send() -> None:
        try:
            sending.set_result(message.send())
        except Exception as error:  # whatever it is, the other thread is told
            sending.set_exception(error)

    Thread(target=send, daemon=True).start()
    sending.result(timeout=SECONDS_IN_ALL)


def _is_refused_for_good(error: Exception) -> bool:
    """Whether the address is the fault: codes from 400 to 499 say "not now"."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= FOR_GOOD for code, _text in error.recipients.values()
    )


def result_text(session: QuizSession) -> str:
    """What the message says, in the language of the page; the link in it cannot change anything."""
    url = settings.SITE_URL + reverse("quiz:result", args=[session.share_token])
    parts = [
        _("You asked for this message on Jalon. It holds the result of your quiz."),
        *_sentences(session),
        _("Your result, to read again, print or show to somebody:"),
        url,
        _("The link works until %(day)s; then the answers are erased.")
        % {"day": date_text(session.erase_on)},
        _("It is an estimate of what you may enjoy, not a verdict, and not made for selection."),
        _("We kept neither your e-mail address nor this message. Was it not you? Delete it."),
    ]
    return "\n\n".join(parts) + "\n"


def _sentences(session: QuizSession) -> list[str]:
    if session.kind == SessionKind.COMPATIBILITY:
        return _of_one(session)
    result = results.of(session)
    if result.is_alike:
        first = _list(f"{match.title} ({match.sector})" for match in result)
        return [*result.sentences, _("Professions to begin with:"), first]
    nearest = _list(f"{match.title}: {match.band_name}" for match in result.nearest)
    return [*result.sentences, _("Professions near your interests:"), nearest]


def _of_one(session: QuizSession) -> list[str]:
    """The two results of a quiz about one profession, the second where there is one."""
    found, said = compatibility_result.of(session), reality.said(session)
    parts = [] if said is None or said.is_silent else said.parts
    return [
        _("It is about the profession: %(title)s") % {"title": found.match.title},
        found.said,
        *found.notes,
        *(f"{part.title}\n{_list(row.text for row in part.statements)}" for part in parts),
    ]


def _list(lines: Iterable[object]) -> str:
    return "\n".join(f"- {line}" for line in lines)
