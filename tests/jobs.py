"""Jobs in tests: run what waits, here and now, as a worker would."""

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from portal.jobs.models import Job


def run_jobs() -> list[str]:
    """Run the jobs that wait, in this thread and transaction; the names of their tasks."""
    names = []
    while number := _ask("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)"):
        job = Job.objects.get(pk=number).procrastinate_job
        context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
        app.tasks[job.task_name](context, **job.task_kwargs)
        _ask("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", number)
        names.append(job.task_name)
    return names


def _ask(query: str, *parameters: object) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]
