from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.enums import OfferStatus, ReportStatus
from careers.offers.models import OfferReport
from tests.careers.offers.desk import LONG, change_url, offer_in_review, post, status
from tests.careers.offers.factories import JobOfferFactory, OfferReportFactory

pytestmark = pytest.mark.django_db

REPORTS = reverse("admin:offers_offerreport_changelist")


def test_reports_wait_on_the_start_page_with_offers_to_review(as_editor):
    report, offer = OfferReportFactory(), offer_in_review()
    soon = JobOfferFactory(closes_on=timezone.localdate() + timedelta(days=2))

    response = as_editor.get("/admin/")

    for row in [report, offer, soon]:
        assertContains(response, change_url(row))


def test_reports_stand_oldest_first(as_editor):
    newer, older = OfferReportFactory(), OfferReportFactory()
    OfferReport.objects.filter(pk=older.pk).update(created_at=timezone.now() - timedelta(days=5))
    OfferReportFactory(status="rejected", decision="Non.", decided_at=timezone.now())

    response = as_editor.get(REPORTS, {"status__exact": "new"})

    assert list(response.context["cl"].result_list) == [older, newer]
    assertContains(response, "5\xa0jours")


@pytest.mark.parametrize(
    ("decision", "after"),
    [("upheld", OfferStatus.WITHDRAWN), ("rejected", OfferStatus.PUBLISHED)],
)
def test_an_editor_decides_about_a_report(as_editor, decision, after):
    report = OfferReportFactory(offer__description=LONG)
    page = as_editor.get(change_url(report))
    assertContains(page, "Vous soudez des cuves")

    refused = post(as_editor, report, _decide=decision)
    assert refused.status_code == 302
    report.refresh_from_db()
    assert report.status == ReportStatus.NEW

    post(as_editor, report, _decide=decision, decision="Vu et relu.")
    report.refresh_from_db()
    assert (report.status, report.decision) == (decision, "Vu et relu.")
    assert report.decided_by.name == "Édith"
    assert status(report.offer) == after
    again = as_editor.get(change_url(report))
    assertNotContains(again, "_decide")


def test_an_editor_writes_down_a_report_that_came_by_telephone(as_editor):
    offer = JobOfferFactory()
    values = {"offer": offer.pk, "reason": "fraud", "explanation": "Par téléphone."}

    response = as_editor.post(reverse("admin:offers_offerreport_add"), values)

    assert response.status_code == 302
    assert offer.reports.get().status == ReportStatus.NEW
