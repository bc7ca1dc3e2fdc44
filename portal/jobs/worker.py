"""The worker: does the jobs, defers those of the clock, takes up what dead workers left."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import psycopg
import structlog
from croniter import croniter
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.periodic import PeriodicTask
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.tasks import ConfigureTaskOptions

from portal.jobs.queue import TASKS

CONCURRENCY = 2  # jobs at a time
PATIENCE = 5.0  # seconds that running jobs have to end once the worker is asked to
PAUSE = 2.0  # seconds before a lost database is tried again
POLL = 1.0  # seconds: nothing tells a worker that a lock is free or that a job's moment has come
HEARTBEAT = 5.0  # seconds
DEAD_AFTER = 30.0  # seconds without a heartbeat
MOST_LIVES = 10  # attempts of a job whose workers die

log = structlog.get_logger("portal.jobs")

GIVE_BACK = """
    WITH left_behind AS (
        SELECT job.id, job.attempts, job.queueing_lock
        FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker
        ON worker.id = job.worker_id
        WHERE job.status = 'doing' AND (
            worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(age)s)
        )
        FOR UPDATE OF job SKIP LOCKED
    )
    SELECT id, CASE WHEN attempts < %(most)s AND (
            queueing_lock IS NULL OR (
                row_number() OVER (PARTITION BY queueing_lock ORDER BY attempts, id) = 1
                AND NOT EXISTS (
                    SELECT FROM procrastinate_jobs AS waiting
                    WHERE waiting.queueing_lock = left_behind.queueing_lock
                    AND waiting.status = 'todo'
                )
            )
        )
        THEN procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL)
        ELSE procrastinate_finish_job_v1(id, 'failed', false) END
    FROM left_behind
"""


class LocalPeriodicTask(PeriodicTask):
    """A task of the clock on the wall: procrastinate itself counts in UTC."""

    @cached_property
    def croniter(self) -> croniter:
        return croniter(self.cron, datetime.now(ZoneInfo(settings.TIME_ZONE)))


def schedule() -> None:
    """Have the worker of this process defer the tasks of the clock."""
    app.periodic_registry.periodic_tasks = {
        (task.name, ""): LocalPeriodicTask(
            task=app.tasks[task.name],
            cron=task.cron,
            periodic_id="",
            # A copy: procrastinate writes into it.
            configure_kwargs=cast(ConfigureTaskOptions, dict(task.options)),
        )
        for task in TASKS.values()
        if task.cron
    }


def work(*, concurrency: int = CONCURRENCY, reload: bool = False) -> None:
    """Do jobs until asked to end by a signal; a database that goes away is waited for.

    Running jobs then have PATIENCE seconds; what they have not committed by then is undone, and
    another worker takes them up. With `reload`, changed code starts the worker anew.
    """
    schedule()
    if asyncio.run(_work(concurrency, reload)):
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


async def _work(concurrency: int, reload: bool) -> bool:
    """Work until asked to end; whether it was changed code that asked."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        # Nothing can interrupt a thread: the process leaves with it.
        loop.call_later(PATIENCE, os._exit, 1)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end)
    stopped = asyncio.create_task(stop.wait())
    changed = asyncio.create_task(_code_has_changed() if reload else asyncio.Event().wait())
    while not (stopped.done() or changed.done()):
        attempt = asyncio.create_task(_until_database_goes(concurrency))
        await asyncio.wait([attempt, stopped, changed], return_when=asyncio.FIRST_COMPLETED)
        attempt.cancel()
        try:
            await attempt
        except (ConnectorException, psycopg.Error) as error:
            log.warning("database lost", error=type(error).__name__)
        except asyncio.CancelledError:
            continue
        await asyncio.wait([stopped, changed], timeout=PAUSE, return_when="FIRST_COMPLETED")
    return changed.done() and not stopped.done()


async def _until_database_goes(concurrency: int) -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=10)
    with app.replace_connector(connector):
        async with app.open_async():
            taking_up = asyncio.create_task(_take_up_forever(connector))
            log.info("worker started", concurrency=concurrency)
            try:
                await app.run_worker_async(
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=POLL,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=DEAD_AFTER,
                )
            finally:
                taking_up.cancel()
                log.info("worker stopped")


async def _take_up_forever(connector: PsycopgConnector) -> None:
    while True:
        with suppress(ConnectorException, psycopg.Error):  # the worker itself notices
            await take_up(connector)
        await asyncio.sleep(DEAD_AFTER / 2)


async def take_up(connector: PsycopgConnector, age: float = DEAD_AFTER) -> list[int]:
    """Queue again what workers without a heartbeat for `age` seconds were doing; the jobs.

    A job that was left too often is marked failed: it may be what kills them. So is one whose
    queueing lock another job has that waits: one of them waits at a time.
    """
    rows = await connector.execute_query_all_async(GIVE_BACK, age=age, most=MOST_LIVES)
    found = [row["id"] for row in rows]
    if found:
        log.warning("jobs of a dead worker taken up", jobs=found)
    return found


async def _code_has_changed() -> None:
    """Wait until a file of ours that is imported changes."""
    files = [
        Path(file)
        for module in list(sys.modules.values())
        if (file := getattr(module, "__file__", None))
        and Path(file).is_relative_to(settings.BASE_DIR)
        and "site-packages" not in file
    ]

    def times() -> list[float]:
        return [file.stat().st_mtime if file.exists() else 0 for file in files]

    before = times()
    while times() == before:
        await asyncio.sleep(1)
