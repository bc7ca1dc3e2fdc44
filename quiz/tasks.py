"""What the clock does: answers stay no longer than people were told; models follow the content."""

from django.db.models.functions import TruncMonth
from django.utils import timezone

from portal import jobs
from quiz import similar, versions
from quiz.models import ClassGroup, QuizSession, Report


@jobs.task(cron="20 3 * * *")
def erase_sessions() -> None:
    """On its day, delete a session, or make it anonymous where its answers are left to research."""
    due = QuizSession.objects.filter(erase_on__lte=timezone.localdate())
    kept = list(due.for_research().values_list("pk", flat=True))
    make_anonymous(kept)
    gone = due.exclude(pk__in=kept)
    gone.part()
    gone.delete()


def make_anonymous(pks: list[int]) -> None:
    """Keep answers, their order and times, language and level: no link, no report, no day.

    The month of the end, the version, the number of questions and the flag stay too, as the person
    was told (templates/quiz/_owner.html).
    """
    Report.objects.filter(session__in=pks).delete()
    sessions = QuizSession.objects.filter(pk__in=pks)
    sessions.part()
    sessions.update(
        edit_token=None,
        share_token=None,
        based_on=None,
        class_group=None,
        situation="",
        mails=0,
        # One month says when: two would say whether somebody took a break at its end.
        started_at=TruncMonth("finished_at"),
        finished_at=TruncMonth("finished_at"),
        erase_on=None,
        anonymised_on=timezone.localdate().replace(day=1),
    )


@jobs.task(cron="25 3 * * *")
def erase_classes() -> None:
    """Delete classes on their day; sessions of pupils that are newer stay until theirs."""
    ClassGroup.objects.filter(expires_on__lte=timezone.localdate()).delete()


@jobs.task(cron="35 3 * * *")
def renew_versions() -> None:
    """Let new sessions work with the items, profiles and answers of today."""
    versions.renew()


@jobs.task(cron="40 4 * * *")
def refresh_similar() -> None:
    """Compute which professions are alike, where the catalogue has changed."""
    similar.refresh()
