"""The queue, with real workers on a real PostgreSQL."""

import asyncio
import logging
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from portal import emails, jobs, tasks
from portal.jobs import worker
from portal.jobs.models import Job, Run
from portal.models import KeptPage
from tests.jobs import (
    fail,
    fail_while_the_next_waits,
    keep,
    linger_once,
    locked,
    refuse,
    run_jobs,
    set_status,
    statuses,
)

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
import tests.jobs
from portal.jobs import worker
worker.PATIENCE = worker.PAUSE = 0.5
worker.TASKS = {}  # nothing by the clock
worker.work()
"""


@pytest.fixture
def queue(transactional_db, monkeypatch):
    """An empty queue that other processes see."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    # The threads of a worker in this process end with it.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_workers, procrastinate_jobs CASCADE")


@pytest.fixture
def workers(queue, tmp_path):
    """Starts workers in processes of their own, which write what they say into files."""
    started = []

    def start():
        command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]]
        with (tmp_path / f"worker {len(started)}.log").open("wb") as said:
            started.append(subprocess.Popen(command, cwd=ROOT, stderr=said))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def run_apart(make):
    """The result of a coroutine, in a thread: Playwright runs a loop in this one."""
    with (
        app.replace_connector(app.connector.get_worker_connector()),
        ThreadPoolExecutor(1) as thread,
    ):
        return thread.submit(lambda: asyncio.run(make())).result()


def work_off():
    """Run a real worker in this process until nothing waits."""

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(wait=False, install_signal_handlers=False)

    run_apart(work)


def wait_until(is_so, seconds=20):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def worker_count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return cursor.fetchone()[0]


# Deferring ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_finished_job_forgets_its_arguments():
    number = jobs.defer(keep, key="once")

    assert run_jobs() == [keep.name]

    assert KeptPage.objects.filter(edition="once").count() == 1
    assert Job.objects.get(pk=number).args == {}


def test_a_transaction_that_is_rolled_back_leaves_no_job(queue):
    def change_of_mind():
        with transaction.atomic():
            jobs.defer(keep, key="never")
            raise KeyError

    pytest.raises(KeyError, change_of_mind)
    work_off()

    assert statuses() == []
    assert not KeptPage.objects.exists()


def test_a_job_that_a_job_defers_shares_its_transaction(queue):
    @jobs.task(retries=0)
    def defer_then_fail() -> None:
        jobs.defer(keep, key="never")
        raise ValueError

    jobs.defer(defer_then_fail)
    work_off()

    assert statuses() == ["failed"]


@pytest.mark.django_db
def test_of_jobs_with_the_same_queueing_lock_one_waits():
    once = locked(keep, "once")

    assert jobs.defer(once, key="first") is not None
    assert jobs.defer(once, key="second") is None

    assert Job.objects.get().args == {"key": "first"}


# Running -----------------------------------------------------------------------------------------


def test_two_workers_do_each_job_once_and_end_politely(workers):
    both = [workers(), workers()]
    wait_until(lambda: worker_count() == 2, seconds=60)
    for number in range(30):
        jobs.defer(keep, key=f"page {number}")

    wait_until(lambda: set(statuses()) == {"succeeded"}, seconds=60)
    for process in both:
        process.send_signal(signal.SIGTERM)

    assert [process.wait(30) for process in both] == [0, 0]
    assert KeptPage.objects.count() == 30
    assert worker_count() == 0


def test_what_fails_is_tried_again_then_marked_and_undone(queue):
    number = jobs.defer(fail, words="no luck")

    work_off()

    job = Job.objects.get(pk=number)
    assert (job.status, job.attempts) == ("failed", 2)
    assert Run.objects.get(pk=number).error == "ValueError: no luck"
    assert not KeptPage.objects.exists()


def test_what_fails_gives_way_to_the_one_that_waits_to_do_the_same(queue):
    jobs.defer(locked(fail_while_the_next_waits, "one"), lock="one")

    work_off()

    assert statuses() == ["failed", "succeeded"]
    assert KeptPage.objects.get().edition == "next"


def test_what_is_said_of_a_failure_names_nobody(queue, monkeypatch):
    (handler,) = [each for each in logging.getLogger().handlers if each.name == "stderr"]
    monkeypatch.setattr(handler, "stream", StringIO())
    number = jobs.defer(refuse)

    work_off()

    error = Run.objects.get(pk=number).error
    assert error.startswith('SMTPRecipientsRefused: {"…": (550, b\'xxx')
    assert len(error) == 500
    logged = handler.stream.getvalue()
    assert "job failed" in logged
    assert 'SMTPRecipientsRefused: {"…": (550, b\'xxx' in logged
    assert "neil" not in logged
    assert "@" not in logged


def test_a_job_of_a_killed_worker_is_taken_up_and_its_effects_happen_once(workers, tmp_path):
    flag = tmp_path / "flag"
    number = jobs.defer(linger_once, flag=str(flag))
    process = workers()
    wait_until(flag.exists)

    process.kill()
    process.wait()
    work_off()
    assert statuses() == ["doing"]
    assert take_up() == [number]
    work_off()

    assert statuses() == ["succeeded"]
    assert KeptPage.objects.count() == 1


def test_a_job_whose_worker_only_seemed_dead_is_not_done_twice(queue):
    number = jobs.defer(keep, key="once")
    work_off()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', args = '{\"key\": \"2\"}'")

    assert take_up() == [number]
    work_off()

    assert statuses() == ["succeeded"]
    assert KeptPage.objects.count() == 1


def test_a_job_that_kills_its_workers_is_given_up(queue):
    jobs.defer(keep, key="deadly")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 10")

    take_up()

    assert statuses() == ["failed"]


def test_of_the_jobs_left_behind_one_a_queueing_lock_waits_again(queue):
    for lock in ["waits", "two", "two", "tired", "tired"]:
        set_status("doing", jobs.defer(locked(keep, lock), key=lock))
    set_status("doing", jobs.defer(keep, key="free"), jobs.defer(keep, key="free"))
    jobs.defer(locked(keep, "waits"), key="waits")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET attempts = 10 "
            "WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE queueing_lock = 'tired')"
        )

    assert len(take_up()) == 7

    assert statuses() == ["failed", "todo", "failed", "failed", *["todo"] * 4]


def take_up():
    async def round_() -> list[int]:
        async with app.open_async():
            return await worker.take_up(app.connector, age=0)

    return run_apart(round_)


def test_a_worker_that_hangs_ends_and_leaves_nothing_half_done(workers, tmp_path):
    flag = tmp_path / "flag"
    jobs.defer(linger_once, flag=str(flag))
    process = workers()
    wait_until(flag.exists)

    process.send_signal(signal.SIGINT)

    assert process.wait(10) == 1
    assert not KeptPage.objects.exists()


def test_a_worker_outlives_its_connections(workers):
    process = workers()
    jobs.defer(keep, key="before")
    wait_until(lambda: statuses() == ["succeeded"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    jobs.defer(keep, key="after")

    wait_until(lambda: statuses() == ["succeeded"] * 2)
    assert process.poll() is None


# By the clock ------------------------------------------------------------------------------------


def test_two_schedulers_queue_a_task_of_the_clock_once(queue):
    worker.schedule()
    at = datetime(2026, 7, 1, 3, 20, tzinfo=ZoneInfo("Europe/Brussels")).timestamp()

    async def defer_all() -> None:
        async with app.open_async():
            schedulers = [PeriodicDeferrer(app.periodic_registry, max_delay=600) for _ in range(2)]
            await asyncio.gather(*[s.defer_jobs(s.get_previous_tasks(at)) for s in schedulers])

    run_apart(defer_all)

    assert [job.task_name for job in Job.objects.all()] == [tasks.forget_old_jobs.name]
    assert jobs.defer(tasks.forget_old_jobs) is None


@pytest.mark.parametrize("day", [(2026, 3, 29), (2026, 10, 25), (2026, 12, 31), (2028, 2, 29)])
def test_the_clock_is_that_of_brussels(monkeypatch, day):
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    worker.schedule()
    task = app.periodic_registry.periodic_tasks[(tasks.forget_old_jobs.name, "")]
    midnight = datetime(*day, tzinfo=ZoneInfo("Europe/Brussels"))

    moment = task.croniter.get_next(ret_type=float, start_time=midnight.timestamp())

    assert moment == midnight.replace(hour=3, minute=15).timestamp()


# Mail --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_mail_is_sent_by_a_job():
    jobs.defer(
        emails.send_mail, to="a@example.org", subject="Two\nlines", text="Hi", html="<b>Hi</b>"
    )
    assert mail.outbox == []

    run_jobs()

    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (["a@example.org"], "Two lines", "Hi")
    assert message.alternatives[0].content == "<b>Hi</b>"


def test_mail_waits_for_its_server(queue, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    number = jobs.defer(emails.send_mail, to="a@example.org", subject="Hi", text="Hi")
    work_off()
    assert statuses() == ["todo"]
    assert "ConnectionRefusedError" in Run.objects.get(pk=number).error

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    work_off()

    assert statuses() == ["succeeded"]
    assert len(mail.outbox) == 1
