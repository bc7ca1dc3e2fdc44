import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.offers import actions
from careers.offers.enums import OfferStatus, ReportReason
from careers.offers.forms import LONGEST_EXPLANATION
from careers.offers.models import JobOffer, OfferReport
from tests.careers.offers.factories import JobOfferFactory
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

GOOD = {
    "reason": ReportReason.DISCRIMINATION,
    "explanation": "“Jeune et dynamique”",
    "in_good_faith": "on",
}


@pytest.fixture
def offer():
    return JobOfferFactory(title="Serveur")


def address(offer):
    with translation.override("en"):
        return reverse("offers:report", args=[offer.slug, offer.pk])


def test_a_report_is_kept_and_gets_a_reference(client, offer):
    answer = {"name": "Ana", "email": "ana@example.org"}

    response = client.post(address(offer), GOOD | answer, follow=True)

    report = OfferReport.objects.get()
    assert (report.offer, report.reason, report.explanation) == (
        offer,
        GOOD["reason"],
        GOOD["explanation"],
    )
    assert (report.name, report.email) == ("Ana", "ana@example.org")
    assertContains(response, f"S-{report.pk}")


def test_who_leaves_an_address_is_told_that_the_report_is_there(client, offer, mailoutbox):
    client.post(address(offer), GOOD | {"email": "ana@example.org"})
    run_jobs()

    (mail,) = mailoutbox
    assert mail.to == ["ana@example.org"]
    assert f"S-{OfferReport.objects.get().pk}" in mail.subject
    assert f"http://127.0.0.1:8000{offer.get_absolute_url()}" in mail.body


def test_neither_name_nor_address_is_needed(client, offer, mailoutbox):
    client.post(address(offer), GOOD)
    run_jobs()

    assert OfferReport.objects.count() == 1
    assert not mailoutbox


def test_that_a_post_is_taken_needs_no_explanation(client, offer):
    client.post(address(offer), GOOD | {"reason": ReportReason.CLOSED, "explanation": ""})

    assert OfferReport.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"reason": "nonsense"},
        {"reason": ""},
        {"explanation": ""},
        {"explanation": "x" * (LONGEST_EXPLANATION + 1)},
        {"name": "x" * 151},
        {"email": "nobody"},
        {"email": "a@b.c\nBcc: x@example.org"},
        {"in_good_faith": ""},
        {"explanation": "a\x00b"},
    ],
    ids=str,
)
def test_bad_input_is_explained_and_the_text_kept(client, offer, bad):
    response = client.post(address(offer), GOOD | {"name": "Ana"} | bad)

    assertContains(response, "<title>Error:")
    assertContains(response, 'class="notice notice-error error-summary"')
    assert OfferReport.objects.count() == 0
    for name in {"explanation", "name"} - set(bad):
        assertContains(response, {**GOOD, "name": "Ana"}[name])


def test_nothing_else_can_be_set(client, offer):
    others = {"status": "upheld", "decision": "x", "offer": "0", "decided_at": "2020-01-01"}

    client.post(address(offer), GOOD | others)

    report = OfferReport.objects.get()
    assert (report.status, report.decision, report.offer_id) == ("new", "", offer.pk)


def test_what_programs_fill_in_is_thrown_away(client, offer):
    response = client.post(address(offer), GOOD | {"leave_empty": "https://spam.example"})

    assert response.status_code == 302
    assert OfferReport.objects.count() == 0


def test_too_many_at_once_are_refused_and_the_text_kept(client, offer):
    for _number in range(5):
        client.post(address(offer), GOOD)

    response = client.post(address(offer), GOOD)

    assertContains(response, GOOD["explanation"], status_code=429)
    assert OfferReport.objects.count() == 5


def test_a_form_of_another_site_is_refused(offer):
    response = Client(enforce_csrf_checks=True).post(address(offer), GOOD)

    assert response.status_code == 403
    assert OfferReport.objects.count() == 0


@pytest.mark.parametrize("sent", ["12", "12:forged", "%00"])
def test_a_reference_cannot_be_made_up(client, offer, sent):
    response = client.get(f"{address(offer)}?sent={sent}")

    assertNotContains(response, "Thank you", status_code=400 if "%" in sent else 200)


def test_only_what_the_public_sees_can_be_reported(client, offer):
    draft = JobOfferFactory(draft=True)
    JobOffer.objects.filter(pk=offer.pk).update(status=OfferStatus.WITHDRAWN)

    assert client.get(address(draft)).status_code == 404
    assert client.get(address(offer)).status_code == 404


def test_another_word_before_the_number_leads_to_the_right_address(client, offer):
    assertRedirects(client.get(f"/en/offers/x-{offer.pk}/report/"), address(offer), 301)


def test_the_form_costs_one_query(client, offer, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(address(offer))


def test_who_reported_is_answered_in_the_language_of_the_page(offer, client, mailoutbox):
    client.post(address(offer), GOOD | {"email": "ana@example.org"})
    report = OfferReport.objects.get()
    with translation.override("fr"):
        actions.decide_report(report=report, is_upheld=False, reasons="Tout est en ordre.", by=None)
    run_jobs()

    assert report.language == "en"
    assert "This was decided" in mailoutbox[-1].body


@pytest.mark.parametrize(
    ("published", "path"), [(["fr", "nl", "en"], "nl/vacatures"), (["fr", "en"], "offres")]
)
def test_a_mail_about_a_dutch_offer_leads_to_an_address_that_exists(
    mailoutbox, settings, published, path
):
    settings.PUBLISHED_LANGUAGES = published
    offer = JobOfferFactory(language="nl", apply_by="email", apply_email="hr@example.org")
    actions.withdraw(offer=offer, reasons="Fraude.")
    run_jobs()

    assert f"http://127.0.0.1:8000/{path}/{offer.slug}-{offer.pk}/" in mailoutbox[0].body


def test_one_address_is_not_flooded_by_whoever_reports(client, offer, mailoutbox):
    for number in range(7):
        client.post(
            address(offer),
            GOOD | {"email": "ANA@example.org" if number % 2 else "ana@example.org"},
            REMOTE_ADDR=f"10.0.0.{number}",
        )
    run_jobs()

    assert len(mailoutbox) == 5
    assert OfferReport.objects.exclude(email="").count() == 7
