from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.offers import tasks
from careers.offers.enums import NoticeKind, OfferStatus
from careers.offers.models import (
    JobOffer,
    OfferChange,
    OfferNotice,
    OfferReport,
    PayStatistic,
)
from portal import jobs
from portal.emails import send_mail
from portal.jobs.bulk import next_batch
from portal.jobs.queue import TASKS
from tests.careers.offers.factories import JobOfferFactory, OfferReportFactory
from tests.jobs import run_jobs
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


def days(count):
    return timezone.localdate() + timedelta(days=count)


def offer(**values):
    """An offer to which one applies by mail, published long ago."""
    address = {"apply_by": "email", "apply_email": "chef@atelier.example"}
    published = {"published_at": timezone.now() - timedelta(days=60)}
    return JobOfferFactory(**address | published | values)


def run(task):
    """What a night does: the task, then its mails."""
    jobs.defer(task)
    run_jobs()


def test_an_employer_is_told_once_of_offers_that_closed():
    offer(title="Soudeur", closes_on=days(-1))
    offer(title="Maçon", closes_on=days(-3))
    offer(title="Encore ouverte", closes_on=days(0))

    run(tasks.tell_of_closings)
    run(tasks.tell_of_closings)

    [message] = mail.outbox
    assert message.to == ["chef@atelier.example"]
    assert "Soudeur" in message.body
    assert "Maçon" in message.body
    assert "Encore ouverte" not in message.body


@pytest.mark.parametrize(
    "values",
    [
        {"status": OfferStatus.FILLED},
        {"status": OfferStatus.WITHDRAWN},
        {"employer__is_example": True},
        {"apply_by": "form", "apply_email": ""},
        {"closes_on": days(-9)},
    ],
)
def test_nobody_is_told_of_other_offers(values):
    offer(**{"closes_on": days(-1)} | values)

    run(tasks.tell_of_closings)

    assert mail.outbox == []


def test_nobody_is_told_of_an_imported_offer():
    offer(closes_on=days(-1), source=SourceFactory())

    run(tasks.tell_of_closings)

    assert mail.outbox == []


def test_each_address_gets_its_own_offers_in_its_language():
    offer(title="Soudeur", closes_on=days(-1))
    offer(title="Welder", closes_on=days(-1), language="en")
    offer(title="Maçon", closes_on=days(-1), apply_email="autre@atelier.example")

    run(tasks.tell_of_closings)

    assert sorted(
        (m.to[0], sum(n in m.body for n in ["Soudeur", "Welder", "Maçon"])) for m in mail.outbox
    ) == [
        ("autre@atelier.example", 1),
        ("chef@atelier.example", 1),
        ("chef@atelier.example", 1),
    ]


def test_an_employer_is_reminded_once_of_each_closing_day():
    soon = offer(title="Soudeur", closes_on=days(7))
    offer(title="Plus tard", closes_on=days(8))

    run(tasks.remind_of_closings)
    run(tasks.remind_of_closings)
    assert len(mail.outbox) == 1
    assert "Plus tard" not in mail.outbox[0].body

    JobOffer.objects.filter(pk=soon.pk).update(closes_on=days(5))
    run(tasks.remind_of_closings)
    assert len(mail.outbox) == 2


def test_of_two_who_tell_at_once_one_is_refused_and_its_mails_are_undone():
    closed = offer(closes_on=days(-1))
    new = OfferNotice(offer=closed, kind=NoticeKind.CLOSED, closes_on=closed.closes_on)
    tasks.tell_of_closings.call()

    with pytest.raises(IntegrityError, match="once_a_closing_day"), transaction.atomic():
        new.save()
    assert jobs.defer(tasks.tell_of_closings)
    assert jobs.defer(tasks.tell_of_closings) is None

    run_jobs()
    assert len(mail.outbox) == 1


def test_telling_many_costs_few_queries(django_assert_max_num_queries):
    for _count in range(12):
        offer(closes_on=days(-1))

    with django_assert_max_num_queries(4):  # offers, notices, one job
        tasks.tell_of_closings.call()


def test_old_changes_are_removed_but_for_the_last(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    old = [OfferChange.objects.create(offer_id=pk) for pk in range(3)]
    OfferChange.objects.update(changed_at=timezone.now() - timedelta(days=3))
    run(tasks.forget_old_changes)
    assert list(OfferChange.objects.all()) == old[-1:]

    fresh = OfferChange.objects.create(offer_id=9)
    run(tasks.forget_old_changes)
    assert list(OfferChange.objects.all()) == [fresh]
    assert list((tmp_path / "search").glob("*.index"))


def test_who_reported_is_forgotten_half_a_year_after_the_decision():
    person = {"name": "Ada", "email": "ada@example.org"}
    decided = {"status": "rejected", "decision": "Non."}
    long_ago, lately = timezone.now() - timedelta(days=200), timezone.now() - timedelta(days=100)
    old = OfferReportFactory(decided_at=long_ago, **person, **decided)
    kept = [
        OfferReportFactory(decided_at=lately, **person, **decided),
        OfferReportFactory(**person),
    ]

    run(tasks.forget_who_reported)

    old.refresh_from_db()
    assert (old.name, old.email, old.explanation, old.decision) == ("", "", "", "Non.")
    rows = OfferReport.objects.filter(pk__in=[row.pk for row in kept])
    texts = rows.values_list("name", "email", "explanation")
    assert set(texts) == {("Ada", "ada@example.org", kept[0].explanation)}


def test_who_reported_is_forgotten_after_two_years_where_nobody_decides():
    report = OfferReportFactory(name="Ada", email="ada@example.org")
    for days, left in [(720, "Ada"), (740, "")]:
        OfferReport.objects.update(created_at=timezone.now() - timedelta(days=days))
        run(tasks.forget_who_reported)
        report.refresh_from_db()
        assert report.name == left

    assert (report.email, report.explanation, report.status) == ("", "", "new")


def test_statistics_are_refreshed():
    profession = offer().profession
    for _count in range(4):
        offer(profession=profession)

    run(tasks.refresh_statistics)

    assert PayStatistic.objects.get(profession=profession, area="").count == 5


def test_what_nobody_asks_for_is_done_by_the_clock():
    ours = {name: task for name, task in TASKS.items() if not name.startswith("tests.")}

    assert {name for name, task in ours.items() if not task.cron} == {
        send_mail.name,
        next_batch.name,
    }
