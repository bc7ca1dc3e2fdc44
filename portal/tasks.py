"""What the site does by the clock. Importing this module declares all tasks of `portal`."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal import emails, jobs
from portal.jobs import bulk
from portal.jobs.models import BulkAction

__all__ = ["bulk", "emails", "forget_counts", "forget_old_jobs", "forget_old_sessions"]

KEPT = timedelta(days=30)


@jobs.task(cron="15 3 * * *")
def forget_old_jobs() -> None:
    """Remove jobs and bulk actions that ended longer ago than KEPT."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs AS job WHERE status NOT IN ('todo', 'doing') AND NOT "
            "EXISTS (SELECT FROM procrastinate_events WHERE job_id = job.id AND at > %s)",
            [timezone.now() - KEPT],
        )
        cursor.execute(
            "DELETE FROM jobs_run AS run "
            "WHERE NOT EXISTS (SELECT FROM procrastinate_jobs WHERE id = run.job_id)"
        )
    BulkAction.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()


@jobs.task(cron="30 3 * * *")
def forget_old_sessions() -> None:
    """Remove expired sessions."""
    call_command("clearsessions")


@jobs.task(cron="20 * * * *")
def forget_counts() -> None:
    """Remove expired rows of the cache: the counts of limits name the addresses they count."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608 our own name
