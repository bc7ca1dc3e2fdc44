"""Jobs in the back office."""

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal import jobs
from portal.jobs.models import Run
from tests.jobs import keep, locked, set_status, statuses
from tests.portal.accounts.factories import UserFactory


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_from_the_back_office(client):
    failed = [jobs.defer(keep, key="a@example.org") for _ in range(20)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    Run.objects.create(job_id=failed[0], error="ValueError: no luck")
    client.force_login(UserFactory(admin=True))
    page = reverse("admin:jobs_job_changelist")
    listed = client.get(page)
    client.post(page, {"action": "try_again", "_selected_action": failed[:2]})

    assertContains(listed, "ValueError: no luck")
    assertNotContains(listed, "a@example.org")
    assert sorted(statuses()) == ["failed"] * 18 + ["todo"] * 2


@pytest.mark.django_db
def test_of_failed_jobs_with_the_same_queueing_lock_one_is_tried_again(client):
    failed = []
    for lock in ["twice", "twice", "waits", "free"]:
        failed.append(jobs.defer(locked(keep, lock), key=lock))
        set_status("failed", failed[-1])
    jobs.defer(locked(keep, "waits"), key="waits")
    client.force_login(UserFactory(admin=True))
    page = reverse("admin:jobs_job_changelist")
    asked = {"action": "try_again", "_selected_action": failed}
    answer = client.post(page, asked, follow=True)

    told = [(each.level_tag, each.message[:2]) for each in answer.context["messages"]]
    assert told == [("info", "2 "), ("warning", "2 ")]
    assert statuses() == ["failed", "todo", "failed", "todo", "todo"]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_somebody_else_tries_again_is_left_to_them(client):
    job = jobs.defer(keep, key="twice")
    set_status("failed", job)
    client.force_login(UserFactory(admin=True))
    asked = {"action": "try_again", "_selected_action": [job]}

    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor, connection.cursor() as own:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
            own.execute("SET lock_timeout = '5s'")
            answer = client.post(reverse("admin:jobs_job_changelist"), asked, follow=True)
            own.execute("SET lock_timeout = 0")
        other.commit()
    finally:
        other.close()

    assert [each.message[:2] for each in answer.context["messages"]] == ["0 "]
    assert statuses() == ["todo"]
