"""Jobs in tests: some to run, and what runs them here and now, as a worker would."""

import time
import uuid
from dataclasses import replace
from pathlib import Path
from smtplib import SMTPRecipientsRefused

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from portal import jobs
from portal.jobs.models import Job
from portal.models import KeptPage


@jobs.task()
def keep(*, key: str) -> None:
    """An effect that cannot happen twice unseen."""
    KeptPage.objects.create(key=uuid.uuid4().hex, edition=key, body=b"")


@jobs.task()
def linger_once(*, flag: str) -> None:
    """Keep a page, then hang, the first time."""
    keep.call(key="lingered")
    if not Path(flag).exists():
        Path(flag).touch()
        time.sleep(60)


@jobs.task(retries=1, backoff=0)
def fail(*, words: str) -> None:
    keep.call(key="failed")
    raise ValueError(words)


@jobs.task(retries=1, backoff=0)
def fail_while_the_next_waits(*, lock: str) -> None:
    """Fail after another transaction has queued a job with the same queueing lock."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args) "
            "VALUES ('default', %s, %s, '{\"key\": \"next\"}')",
            [keep.name, lock],
        )
    other.close()
    raise ValueError(lock)


@jobs.task(retries=0)
def refuse() -> None:
    raise SMTPRecipientsRefused({"ann.o'neil+jobs@mail.example.org": (550, b"x" * 600 + b"@y.be")})


def locked(task: jobs.Task, queueing_lock: str) -> jobs.Task:
    """The same task, of which one job a lock waits."""
    return replace(task, options={"queueing_lock": queueing_lock})


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


def statuses():
    return list(Job.objects.order_by("pk").values_list("status", flat=True))


def set_status(status, *numbers):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s WHERE id = ANY(%s)",
            [status, list(numbers)],
        )
