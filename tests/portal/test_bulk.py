"""Actions on many rows."""

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from portal.jobs import bulk
from portal.jobs.models import BulkAction, Job
from portal.sources.models import Source
from tests.jobs import run_jobs
from tests.portal.accounts.factories import UserFactory
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


@bulk.action
def rename(source: Source, user) -> None:
    if source.publisher == "closed":
        raise bulk.Refused("It is closed.")
    if source.publisher == "broken":
        raise ZeroDivisionError
    source.publisher += " renamed"
    source.save(update_fields=["publisher"])


def run(label="Rename", user=None):
    return bulk.run_in_batches(rename, Source.objects.all(), label=label, asked_by=user)


def test_few_rows_are_treated_at_once_and_refusals_do_not_stop_the_others():
    for publisher in ["a", "closed", "broken", "b"]:
        SourceFactory(publisher=publisher)

    with translation.override("en"):
        done = run()

    assert done.is_finished
    assert (done.succeeded, done.refused) == (2, 2)
    assert [reason for _name, reason in done.refusals] == [
        "It is closed.",
        "Unexpected error; the log holds it.",
    ]
    assert Source.objects.filter(publisher__endswith="renamed").count() == 2
    assert not Job.objects.exists()


def test_many_rows_are_treated_in_batches_by_jobs(monkeypatch, client):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    monkeypatch.setattr(bulk, "BATCH", 3)
    sources = [SourceFactory(publisher="a") for _ in range(7)]
    user = UserFactory(staff=True)
    waiting = run(user=user)
    assert not waiting.is_finished
    sources[0].delete()
    client.force_login(user)
    page = reverse("admin:jobs_bulkaction_change", args=[waiting.pk])
    assertContains(client.get(page), '<progress max="7" value="0"')

    assert run_jobs() == [bulk.next_batch.name] * 3

    done = BulkAction.objects.get()
    assert done.is_finished
    assert (done.done, done.succeeded, done.refused) == (7, 6, 1)
    assert Source.objects.filter(publisher="a renamed").count() == 6
    assertContains(client.get(page), '<progress max="7" value="7"')
    client.force_login(UserFactory(staff=True))
    assert client.get(page).status_code == 403


def test_no_row_is_a_finished_action():
    assert run().is_finished


@pytest.mark.parametrize("rows", [500, 501])
def test_a_batch_costs_few_queries_a_row(rows, django_assert_max_num_queries):
    Source.objects.bulk_create(SourceFactory.build_batch(rows))

    with django_assert_max_num_queries(3 * rows + 12):
        done = run()

    assert done.is_finished == (rows == 500)


def test_the_list_shows_all_to_those_who_may(client, django_assert_max_num_queries):
    SourceFactory(publisher="closed")
    for number in range(20):
        run(label=f"Rename {number}", user=UserFactory())
    client.force_login(UserFactory(admin=True))
    client.get(reverse("admin:jobs_bulkaction_changelist"))

    with django_assert_max_num_queries(8):
        response = client.get(reverse("admin:jobs_bulkaction_changelist"))

    assertContains(response, "Rename 19")
    assertNotContains(response, "Add bulk action")
