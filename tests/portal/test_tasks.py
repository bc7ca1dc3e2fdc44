"""What the clock removes: what is older than it may be kept."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from portal import jobs, tasks
from portal.jobs.models import BulkAction, Job, Run
from portal.models import KeptPage
from tests.jobs import keep, run_jobs

pytestmark = pytest.mark.django_db


def test_old_jobs_are_forgotten():
    old, waiting, recent = (jobs.defer(keep, key=key) for key in ["a", "b", "c"])
    run_jobs()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '31 days' WHERE job_id <> %s",
            [recent],
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo' WHERE id = %s", [waiting])

    tasks.forget_old_jobs.call()

    assert {job.pk for job in Job.objects.all()} == {waiting, recent}
    assert {run.pk for run in Run.objects.all()} == {waiting, recent}
    assert old


def test_old_bulk_actions_are_forgotten():
    kind = ContentType.objects.get_for_model(KeptPage)
    old, recent, under_way = (
        BulkAction.objects.create(
            content_type=kind, pks=[], total=0, finished_at=days and timezone.now() - days
        )
        for days in [timedelta(days=31), timedelta(days=29), None]
    )

    tasks.forget_old_jobs.call()

    assert set(BulkAction.objects.all()) == {recent, under_way}
    assert old


def test_expired_sessions_are_forgotten():
    for age in [1, -1]:
        session = SessionStore()
        session.set_expiry(timezone.now() - timedelta(days=age))
        session["age"] = age
        session.save()

    tasks.forget_old_sessions.call()

    assert [row.get_decoded()["age"] for row in Session.objects.all()] == [-1]
