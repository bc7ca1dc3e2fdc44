"""What employers and people who report are told by mail; sent by a worker, once committed."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.offers.enums import NoticeKind, OfferStatus
from careers.offers.models import JobOffer, OfferReport
from portal import jobs
from portal.dates import date_text
from portal.emails import send_mail

MOST_LISTED = 50  # offers in one message


def written_here(offers: QuerySet[JobOffer]) -> QuerySet[JobOffer]:
    """Offers whose employer wants to hear of them: neither imported nor an example."""
    return offers.filter(source=None, employer__is_example=False).exclude(apply_email="")


def tell_closings(kind: NoticeKind, offers: Iterable[JobOffer]) -> None:
    """One message an address and language, about all its offers."""
    groups: defaultdict[tuple[str, str], list[JobOffer]] = defaultdict(list)
    for offer in offers:
        groups[offer.apply_email, _language(offer.language)].append(offer)
    for (address, language), concerned in groups.items():
        with translation.override(language):
            subject, first, last = _closing_words(kind, len(concerned))
            text = "\n\n".join([first, _listed(concerned), last])
            jobs.defer(send_mail, to=address, subject=subject, text=text)


def tell_employer_of_reasons(offer: JobOffer, reasons: str) -> None:
    """Why an offer was withdrawn or sent back, to the address where one applies."""
    if not written_here(JobOffer.objects.filter(pk=offer.pk)).exists():
        return
    with translation.override(_language(offer.language)):
        if offer.status == OfferStatus.WITHDRAWN:
            subject = _("Your offer was withdrawn: %(title)s")
            first = _("Your offer is no longer shown, for these reasons:")
        else:
            subject = _("Your offer was sent back: %(title)s")
            first = _("Your offer was not published yet, for these reasons:")
        text = "\n\n".join([first, reasons, _listed([offer])])
        jobs.defer(
            send_mail, to=offer.apply_email, subject=subject % {"title": offer.title}, text=text
        )


def acknowledge(report: OfferReport) -> None:
    """That a report has come in, to whoever left an address (EU 2022/2065, art. 16(4))."""
    if not report.email:
        return
    subject = _("We have your report S-%(number)d") % {"number": report.pk}
    text = "\n\n".join(
        [
            _("You reported the offer “%(title)s”:") % {"title": report.offer.title},
            _link(report.offer),
            _("Somebody will read your report, decide, and write to you what was decided and why."),
        ]
    )
    jobs.defer(send_mail, to=report.email, subject=subject, text=text)


def tell_reporter(report: OfferReport) -> None:
    """What was decided and why, to whoever left an address."""
    if not report.email:
        return
    with translation.override(_language(report.language)):
        subject = _("Your report S-%(number)d: %(decision)s") % {
            "number": report.pk,
            "decision": report.get_status_display(),
        }
        first = _("You reported the offer “%(title)s”. This was decided:")
        text = "\n\n".join([first % {"title": report.offer.title}, report.decision])
    jobs.defer(send_mail, to=report.email, subject=subject, text=text)


def _language(code: str) -> str:
    """The language of a message: one whose interface is complete, and whose addresses exist."""
    return code if code in settings.PUBLISHED_LANGUAGES else settings.LANGUAGE_CODE


def _closing_words(kind: NoticeKind, count: int) -> tuple[str, str, str]:
    if kind == NoticeKind.CLOSED:
        return (
            ngettext("An offer has closed", "%(count)d offers have closed", count)
            % {"count": count},
            _("These offers have reached their closing day; nobody can apply to them any more."),
            _("Was somebody found? Tell us, and the offer will say so."),
        )
    return (
        ngettext("An offer closes soon", "%(count)d offers close soon", count) % {"count": count},
        _("These offers close within a week."),
        _("A later closing day keeps them open."),
    )


def _link(offer: JobOffer) -> str:
    return f"{settings.SITE_URL}{offer.get_absolute_url()}"


def _listed(offers: list[JobOffer]) -> str:
    """The offers by closing day, a line each; of very many the first."""
    ordered = sorted(offers, key=lambda offer: (offer.closes_on, offer.title))
    lines = []
    for day, same_day in groupby(ordered[:MOST_LISTED], key=lambda offer: offer.closes_on):
        for offer in same_day:
            lines.append(f"- {offer.title} ({offer.pk}), {date_text(day)}\n  {_link(offer)}")
    if left := len(ordered) - MOST_LISTED if len(ordered) > MOST_LISTED else 0:
        lines.append(
            ngettext("- and %(count)d more", "- and %(count)d more", left) % {"count": left}
        )
    return "\n".join(lines)
