from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from careers.offers import actions
from careers.offers.enums import OfferStatus, ReportStatus, Telework
from careers.offers.models import JobOffer
from portal import history
from tests.careers.offers.factories import JobOfferFactory, OfferReportFactory
from tests.jobs import run_jobs
from tests.portal.accounts.factories import UserFactory
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db

LONG = "Vous soudez des cuves et des tuyaux dans un atelier clair avec quatre collègues. " * 5


def in_review(**values):
    return JobOfferFactory(
        **{"status": OfferStatus.IN_REVIEW, "published_at": None, "description": LONG} | values
    )


def status(offer):
    return JobOffer.objects.values_list("status", flat=True).get(pk=offer.pk)


def test_a_draft_is_submitted_sent_back_submitted_and_published():
    editor = UserFactory(name="Édith")
    offer = JobOfferFactory(draft=True, description=LONG)

    actions.submit(offer=offer, by=editor)
    actions.send_back(offer=offer, reasons="Précisez l'horaire.", by=editor)
    actions.submit(offer=offer, by=editor)
    published = actions.publish(offer=offer, by=editor)

    assert status(offer) == OfferStatus.PUBLISHED
    assert published.number
    assert published.published_at
    changes = history.of(offer)
    assert {change.who for change in changes} == {"Édith"}
    assert [change.note for change in changes] == ["", "", "Précisez l'horaire.", ""]


@pytest.mark.parametrize(
    ("before", "action"),
    [
        (OfferStatus.PUBLISHED, lambda offer: actions.submit(offer=offer)),
        (OfferStatus.DRAFT, lambda offer: actions.send_back(offer=offer, reasons="Non.")),
        (OfferStatus.DRAFT, lambda offer: actions.publish(offer=offer)),
        (OfferStatus.FILLED, lambda offer: actions.publish(offer=offer)),
        (OfferStatus.IN_REVIEW, lambda offer: actions.fill(offer=offer)),
        (OfferStatus.WITHDRAWN, lambda offer: actions.fill(offer=offer)),
        (OfferStatus.FILLED, lambda offer: actions.withdraw(offer=offer, reasons="Non.")),
    ],
)
def test_a_step_that_the_table_of_moves_lacks_is_refused(before, action):
    offer = JobOfferFactory(status=before)

    with pytest.raises(actions.MoveRefused, match="cannot go from"):
        action(offer)

    assert status(offer) == before


def test_a_step_counts_what_somebody_else_did_meanwhile():
    offer = JobOfferFactory()
    actions.fill(offer=JobOffer.objects.get(pk=offer.pk))

    with pytest.raises(actions.MoveRefused):
        actions.withdraw(offer=offer, reasons="Trop tard.")


def test_an_offer_that_has_closed_is_not_published():
    yesterday = timezone.localdate() - timedelta(days=1)

    with pytest.raises(actions.OfferIncomplete, match="closes before"):
        actions.publish(offer=in_review(closes_on=yesterday))


def test_an_offer_needs_a_place_unless_all_is_telework():
    with pytest.raises(actions.OfferIncomplete, match="needs a place"):
        actions.publish(offer=in_review(places=[]))

    actions.publish(offer=in_review(places=[], telework=Telework.FULL))


def test_a_forbidden_word_stops_publication_even_if_somebody_accepts_it():
    offer = in_review(title="Soudeur (H/F)")

    with pytest.raises(actions.WordingRefused, match="mark of gender") as refusal:
        actions.publish(offer=offer, accepted=["gender-mark"])

    assert [finding.code for finding in refusal.value.findings] == ["gender-mark"]
    assert status(offer) == OfferStatus.IN_REVIEW


def test_a_warning_is_accepted_by_an_editor_and_kept_in_the_history():
    offer = in_review(profile="CV avec photo.", description=f"{LONG} Salaire attractif.")

    with pytest.raises(actions.WordingRefused) as refusal:
        actions.publish(offer=offer, accepted=["body"])
    assert [finding.code for finding in refusal.value.findings] == ["vague-pay"]

    actions.publish(offer=offer, accepted=["body", "vague-pay"])
    [change] = history.of(offer)
    assert "CV avec photo." in change.note
    assert "Salaire attractif." in change.note


def test_a_withdrawal_states_its_reasons():
    offer = JobOfferFactory()

    with pytest.raises(actions.ReasonsMissing):
        actions.withdraw(offer=offer, reasons="  ")
    actions.withdraw(offer=offer, reasons="Demande d'argent.")

    assert status(offer) == OfferStatus.WITHDRAWN
    assert history.of(offer)[0].note == "Demande d'argent."


def test_the_employer_is_told_why_an_offer_is_withdrawn_or_sent_back():
    address = {"apply_by": "email", "apply_email": "chef@atelier.example"}
    actions.withdraw(offer=JobOfferFactory(title="Soudeur", **address), reasons="Fraude.")
    actions.send_back(offer=in_review(title="Maçon", **address), reasons="Précisez l'horaire.")
    run_jobs()

    withdrawn, sent_back = mail.outbox
    assert withdrawn.to == sent_back.to == ["chef@atelier.example"]
    assert "Soudeur" in withdrawn.subject
    assert "Fraude." in withdrawn.body
    assert "Précisez l'horaire." in sent_back.body


def test_nobody_is_told_of_imported_offers_and_examples():
    address = {"apply_by": "email", "apply_email": "chef@atelier.example"}
    imported = JobOfferFactory(source=SourceFactory(), **address)
    example = JobOfferFactory(employer__is_example=True, **address)

    for offer in [imported, example, JobOfferFactory()]:
        actions.withdraw(offer=offer, reasons="Fraude.")

    run_jobs()
    assert mail.outbox == []


def test_the_closing_day_of_an_offer_that_is_not_over_can_change():
    offer, today = JobOfferFactory(expired=True), timezone.localdate()

    actions.close_on(offer=offer, day=today)

    offer.refresh_from_db()
    assert offer.is_live
    with pytest.raises(actions.MoveRefused, match="has passed"):
        actions.close_on(offer=offer, day=today - timedelta(days=1))
    with pytest.raises(actions.MoveRefused, match="is over"):
        actions.close_on(offer=JobOfferFactory(status=OfferStatus.FILLED), day=today)


# Reports


def test_an_upheld_report_withdraws_the_offer_for_its_reasons():
    editor = UserFactory()
    report = OfferReportFactory()

    actions.decide_report(report=report, is_upheld=True, reasons="Fraude avérée.", by=editor)

    report.refresh_from_db()
    assert (report.status, report.decided_by) == (ReportStatus.UPHELD, editor)
    assert report.decided_at
    assert status(report.offer) == OfferStatus.WITHDRAWN
    assert history.of(report.offer)[0].note == "Fraude avérée."


def test_a_rejected_report_leaves_the_offer():
    report = OfferReportFactory()

    actions.decide_report(report=report, is_upheld=False, reasons="Rien.", by=UserFactory())

    report.refresh_from_db()
    assert report.status == ReportStatus.REJECTED
    assert status(report.offer) == OfferStatus.PUBLISHED


def test_whoever_reported_is_told_what_was_decided():
    report = OfferReportFactory(email="ada@example.org", offer__title="Soudeur")
    silent = OfferReportFactory()

    for row in [report, silent]:
        actions.decide_report(report=row, is_upheld=True, reasons="Vu.", by=UserFactory())
    run_jobs()

    [message] = mail.outbox
    assert message.to == ["ada@example.org"]
    assert "Soudeur" in message.body
    assert "Vu." in message.body


def test_a_report_of_an_offer_that_is_gone_can_be_upheld():
    report = OfferReportFactory(offer__status=OfferStatus.FILLED)

    actions.decide_report(report=report, is_upheld=True, reasons="Vrai.", by=UserFactory())

    assert status(report.offer) == OfferStatus.FILLED


def test_a_report_is_decided_once_and_with_reasons():
    report, editor = OfferReportFactory(), UserFactory()

    with pytest.raises(actions.ReasonsMissing):
        actions.decide_report(report=report, is_upheld=True, reasons="", by=editor)
    actions.decide_report(report=report, is_upheld=False, reasons="Rien.", by=editor)
    with pytest.raises(actions.AlreadyDecided):
        actions.decide_report(report=report, is_upheld=True, reasons="Si.", by=editor)

    assert status(report.offer) == OfferStatus.PUBLISHED
