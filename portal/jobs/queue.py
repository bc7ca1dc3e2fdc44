"""Tasks and how they are deferred and run; procrastinate does the work."""

import re
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction
from procrastinate import JobContext, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

LONGEST_ERROR = 500  # characters
# Whatever may be an e-mail address: rather too much than too little.
EMAIL = re.compile(r"""\w[\w.!#$%&'"*+/=?^`|~-]{0,63}(?:@|%40)\[?[\w.:-]*\w""")

log = structlog.get_logger("portal.jobs")

# Within a task too, a job is deferred in the transaction of the task: the worker's own
# connections, which `app` holds while it works, know nothing of it.
_manager = JobManager(DjangoConnector())


@dataclass(frozen=True)
class Task:
    """A function that jobs call, named like the tasks of Django 6."""

    func: Callable[..., None]
    name: str
    cron: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    def call(self, **arguments: Any) -> None:
        """Do it here and now."""
        self.func(**arguments)


def defer(task: Task, **arguments: Any) -> int | None:
    """Put a job into the queue, in the current transaction; its number.

    None if one with the same queueing lock waits already. `arguments` are what JSON can hold.
    """
    deferrer = configure_task(
        name=task.name, job_manager=_manager, task_kwargs=arguments, **task.options
    )
    if "queueing_lock" not in task.options:
        return deferrer.defer()
    try:
        with transaction.atomic():
            return deferrer.defer()
    except AlreadyEnqueued:
        return None


TASKS: dict[str, Task] = {}


class Replaced(Exception):
    """A job failed while one with the same queueing lock waits, which does it in its place."""


class _Retry(RetryStrategy):
    """Two jobs with the same queueing lock cannot wait: that one would never be marked failed."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Replaced):
            return None
        return super().get_retry_decision(exception=exception, job=job)


def task(
    *, retries: int = 4, backoff: int = 4, cron: str = ""
) -> Callable[[Callable[..., None]], Task]:
    """Decorator that makes a function with keyword arguments a task.

    Its writes to the database happen once, in a transaction of their own, however often a worker
    is killed. What fails is tried again, `retries` times, after `backoff` seconds, then after the
    square, the cube, and so on. With `cron` (minute, hour, day, month, weekday; Brussels time) it
    is also deferred by the clock, by one worker only, and never runs twice at the same time.
    """

    def decorate(func: Callable[..., None]) -> Task:
        name = f"{func.__module__}.{func.__qualname__}"

        def run(context: JobContext, **arguments: Any) -> None:
            if cron:
                arguments.pop("timestamp", None)
            _run(func, context, arguments, is_last=context.job.attempts >= retries)

        strategy = _Retry(max_attempts=retries, exponential_wait=backoff)
        app.task(name=name, pass_context=True, retry=strategy if retries else False)(run)
        locks = {"lock": name, "queueing_lock": name} if cron else {}
        TASKS[name] = Task(func, name, cron, locks)
        return TASKS[name]

    return decorate


def _run(
    func: Callable[..., None], context: JobContext, arguments: dict[str, Any], *, is_last: bool
) -> None:
    job = context.job
    start = time.perf_counter()
    names = {"job": job.id, "task": job.task_name, "attempt": job.attempts + 1}
    with structlog.contextvars.bound_contextvars(**names):
        try:
            with transaction.atomic():
                if not _begin(job.id):
                    log.info("job was done before")
                    return
                func(**arguments)
                _finish(job.id)
        except Exception as error:
            with suppress(DatabaseError):
                _remember(job.id, _mask(f"{type(error).__name__}: {error}")[:LONGEST_ERROR])
            level = log.error if is_last else log.warning
            level("job failed", is_last=is_last, exception=_mask(traceback.format_exc()))
            if _is_replaced(job):
                raise Replaced from error
            raise
        log.info("job done", milliseconds=round((time.perf_counter() - start) * 1000, 1))


def _is_replaced(job: Job) -> bool:
    """Whether a job with the same queueing lock waits."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs"
            " WHERE queueing_lock = %s AND status = 'todo')",
            [job.queueing_lock],
        )
        return cursor.fetchone()[0]
    return False


def _mask(text: str) -> str:
    """The text without e-mail addresses: errors of mail servers and of the database tell them."""
    return EMAIL.sub("…", text)


def _begin(job_id: int | None) -> bool:
    """Whether the job is still to be done. Until the transaction ends, nobody else can ask."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs_run (job_id, is_done, error) VALUES (%s, false, '') "
            "ON CONFLICT (job_id) DO UPDATE SET error = '' RETURNING is_done",
            [job_id],
        )
        return not cursor.fetchone()[0]


def _finish(job_id: int | None) -> None:
    """Note, with the job's own writes, that it is done; its arguments may name people: forget."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jobs_run SET is_done = true WHERE job_id = %s", [job_id])
        cursor.execute("UPDATE procrastinate_jobs SET args = '{}' WHERE id = %s", [job_id])


def _remember(job_id: int | None, error: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs_run (job_id, is_done, error) VALUES (%s, false, %s) "
            "ON CONFLICT (job_id) DO UPDATE SET error = excluded.error WHERE NOT jobs_run.is_done",
            [job_id, error],
        )
