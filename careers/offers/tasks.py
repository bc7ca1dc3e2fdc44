"""What happens to offers by the clock, and to many of them at once."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from careers.offers import actions, mails, search, statistics
from careers.offers.enums import NoticeKind, OfferStatus, ReportStatus
from careers.offers.models import JobOffer, OfferNotice, OfferReport
from careers.offers.search import state
from portal import jobs
from portal.jobs import bulk

# Closings of longer ago are told no more: a worker that stood still for long spares employers.
LATEST = timedelta(days=7)
REMINDER = timedelta(days=7)
# A search that lags more than this is made anew.
CHANGES_KEPT = timedelta(days=2)
REPORTERS_KEPT = timedelta(days=183)  # six months after the decision
UNDECIDED_KEPT = timedelta(days=730)  # two years, where nobody decides
BATCH = 1000


@jobs.task(cron="10 5 * * *")
def tell_of_closings() -> None:
    """Tell employers which of their offers have closed without being filled, each once."""
    today = timezone.localdate()
    over = JobOffer.objects.filter(
        status=OfferStatus.PUBLISHED, closes_on__range=(today - LATEST, today - timedelta(days=1))
    )
    _tell(NoticeKind.CLOSED, over)


@jobs.task(cron="40 6 * * *")
def remind_of_closings() -> None:
    """Tell employers which of their offers close within a week, each closing day once."""
    soon = timezone.localdate() + REMINDER
    _tell(NoticeKind.CLOSES_SOON, JobOffer.objects.live().filter(closes_on__lte=soon))


def _tell(kind: NoticeKind, offers: QuerySet[JobOffer]) -> None:
    """Tell what was not told before, and note it in the same transaction.

    Whoever does the same at the same time is refused by the rule that a notice is unique: all
    that it has done is undone, its mails too.
    """
    told = OfferNotice.objects.filter(
        offer=OuterRef("pk"), kind=kind, closes_on=OuterRef("closes_on")
    )
    columns = ["title", "language", "apply_email", "closes_on"]
    new = list(mails.written_here(offers).exclude(Exists(told)).only(*columns).order_by("pk"))
    OfferNotice.objects.bulk_create(
        [OfferNotice(offer=offer, kind=kind, closes_on=offer.closes_on) for offer in new],
        batch_size=BATCH,
    )
    mails.tell_closings(kind, new)


@jobs.task(cron="40 3 * * *")
def forget_old_changes() -> None:
    """Remove changes that every search has read, once the next to start need not read them."""
    search.renew_snapshot()
    state.trim(CHANGES_KEPT)


@jobs.task(cron="50 3 * * *")
def forget_who_reported() -> None:
    """Erase who wrote the reports that were decided long ago, or never, and what they wrote."""
    now = timezone.now()
    decided = ~Q(status=ReportStatus.NEW) & Q(decided_at__lt=now - REPORTERS_KEPT)
    undecided = Q(status=ReportStatus.NEW, created_at__lt=now - UNDECIDED_KEPT)
    empty = {"name": "", "email": "", "explanation": ""}
    OfferReport.objects.filter(decided | undecided).exclude(**empty).update(**empty)


@jobs.task(cron="7 * * * *")
def refresh_statistics() -> None:
    """Compute anew what live offers pay."""
    statistics.refresh()


@bulk.action
def publish_one(offer: JobOffer, asked_by: Any) -> None:
    """Publish an offer in review that has no finding."""
    actions.publish(offer=offer, by=asked_by)


@bulk.action
def withdraw_one(offer: JobOffer, asked_by: Any, *, reasons: str) -> None:
    actions.withdraw(offer=offer, reasons=reasons, by=asked_by)


@bulk.action
def change_closing_day(offer: JobOffer, asked_by: Any, *, day: str) -> None:
    """`day` in ISO form."""
    actions.close_on(offer=offer, day=date.fromisoformat(day), by=asked_by)
