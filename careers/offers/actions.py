"""What becomes of an offer and of a report: each step locks the row and leaves its trace.

The history keeps who did it and why: the reasons given and the warnings accepted. Those concerned
are told by mail.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.offers import mails, wording
from careers.offers.enums import OFFER_MOVES, OfferStatus, ReportStatus, Telework
from careers.offers.models import JobOffer, OfferPlace, OfferReport
from careers.offers.wording import Finding
from portal import history
from portal.accounts.models import User
from portal.jobs import bulk


class Refused(bulk.Refused):
    """What was asked cannot be done; the message is for people."""


class MoveRefused(Refused):
    """The offer's status does not allow this step."""


class OfferIncomplete(Refused):
    """The offer lacks what its page cannot do without, or has closed already."""


class WordingRefused(Refused):
    """The offer says what it must not say, or what nobody has accepted: see `findings`."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(" ".join(dict.fromkeys(str(found.message) for found in self.findings)))


class ReasonsMissing(Refused):
    """A decision that needs reasons has none."""


class AlreadyDecided(Refused):
    """Somebody has decided about this report before."""


@transaction.atomic
def submit(*, offer: JobOffer, by: User | None = None) -> JobOffer:
    """Send a draft to review. Raises `MoveRefused`."""
    return _move(_lock(offer), OfferStatus.IN_REVIEW, by=by)


@transaction.atomic
def send_back(*, offer: JobOffer, reasons: str, by: User | None = None) -> JobOffer:
    """Make an offer in review a draft again, and say what to change. Raises `Refused`."""
    offer = _move(_lock(offer), OfferStatus.DRAFT, note=_given(reasons), by=by)
    mails.tell_employer_of_reasons(offer, reasons)
    return offer


@transaction.atomic
def publish(*, offer: JobOffer, accepted: Collection[str] = (), by: User | None = None) -> JobOffer:
    """Show an offer in review to the public.

    `accepted` are the codes of the warnings that the editor has read and lets pass; those that
    were found are kept in the history. Raises `MoveRefused`, `OfferIncomplete`, `WordingRefused`.
    """
    offer = _lock(offer)
    _check_move(offer, OfferStatus.PUBLISHED)
    if offer.closes_on < timezone.localdate():
        raise OfferIncomplete(_("It closes before its publication: choose a later closing day."))
    if offer.telework != Telework.FULL and not OfferPlace.objects.filter(offer=offer).exists():
        raise OfferIncomplete(_("Say where the work is done: an offer needs a place."))
    findings = wording.check_offer(offer)
    refused = wording.errors(findings) or wording.unaccepted(findings, accepted)
    if refused:
        raise WordingRefused(refused)
    return _move(offer, OfferStatus.PUBLISHED, note=_acceptance(findings), by=by)


@transaction.atomic
def fill(*, offer: JobOffer, by: User | None = None) -> JobOffer:
    """Close a published offer because somebody was found. Raises `MoveRefused`."""
    return _move(_lock(offer), OfferStatus.FILLED, by=by)


@transaction.atomic
def withdraw(*, offer: JobOffer, reasons: str, by: User | None = None) -> JobOffer:
    """Take a published offer off the site, with a statement of reasons. Raises `Refused`."""
    offer = _move(_lock(offer), OfferStatus.WITHDRAWN, note=_given(reasons), by=by)
    mails.tell_employer_of_reasons(offer, reasons)
    return offer


@transaction.atomic
def close_on(*, offer: JobOffer, day: date, by: User | None = None) -> JobOffer:
    """Change the closing day of an offer that is not over. Raises `Refused`."""
    offer = _lock(offer)
    if offer.status in {OfferStatus.FILLED, OfferStatus.WITHDRAWN}:
        raise MoveRefused(_("This offer is over: its closing day stays."))
    if day < timezone.localdate():
        raise MoveRefused(_("This day has passed."))
    offer.closes_on = day
    with history.because("", by=by):
        offer.save(update_fields=["closes_on"])
    return offer


@transaction.atomic
def take_report(*, report: OfferReport, is_told: bool = True) -> OfferReport:
    """Put a notice into the queue of the moderators, and tell its author that it is there.

    Not `is_told`: without the mail, as the address got enough of them.
    """
    report.save()
    if is_told:
        mails.acknowledge(report)
    return report


@transaction.atomic
def decide_report(*, report: OfferReport, is_upheld: bool, reasons: str, by: User) -> OfferReport:
    """Decide about a report: upheld, the offer is withdrawn for these reasons; else it stays.

    An offer that is no longer published stays what it is. Raises `Refused`.
    """
    reasons = _given(reasons)
    offer = _lock(report.offer)
    report = OfferReport.objects.select_for_update(of=["self"]).get(pk=report.pk)
    if report.status != ReportStatus.NEW:
        raise AlreadyDecided(_("Somebody has decided about this report before."))
    if is_upheld and offer.status == OfferStatus.PUBLISHED:
        withdraw(offer=offer, reasons=reasons, by=by)
    report.offer = offer
    report.status = ReportStatus.UPHELD if is_upheld else ReportStatus.REJECTED
    report.decision = reasons
    report.decided_by = by
    report.decided_at = timezone.now()
    report.save()
    mails.tell_reporter(report)
    return report


def _lock(offer: JobOffer) -> JobOffer:
    return JobOffer.objects.select_for_update(of=["self"]).get(pk=offer.pk)


def _given(reasons: str) -> str:
    reasons = reasons.strip()
    if not reasons:
        raise ReasonsMissing(_("Give the reasons: they are sent to those concerned."))
    return reasons


def _check_move(offer: JobOffer, to: OfferStatus) -> None:
    if (offer.status, to) not in OFFER_MOVES:
        raise MoveRefused(
            _("This offer cannot go from “%(before)s” to “%(after)s”.")
            % {"before": offer.get_status_display(), "after": to.label}
        )


def _move(offer: JobOffer, to: OfferStatus, *, note: str = "", by: User | None = None) -> JobOffer:
    _check_move(offer, to)
    offer.status = to
    with history.because(note, by=by):
        offer.save(update_fields=["status"])
    # The database gave a number and a moment.
    offer.refresh_from_db(fields=["number", "published_at"])
    return offer


def _acceptance(findings: Iterable[Finding]) -> str:
    lines = [
        f"{finding.message} {f'“{finding.excerpt}”' if finding.excerpt else ''}".strip()
        for finding in findings
    ]
    return "\n".join([_("Warnings accepted:"), *lines]) if lines else ""
