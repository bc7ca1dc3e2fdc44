from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from portal import history
from tests.accessibility import accessibility_faults
from tests.careers.offers.desk import (
    LIST,
    LONG,
    change_url,
    choose,
    offer_in_review,
    open_form,
    post,
    status,
)
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory, OfferReportFactory
from tests.portal.accounts.factories import UserFactory
from tests.portal.pages import SITE, serve
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


# An editor's day


def test_an_editor_takes_an_offer_from_draft_to_filled(as_editor):
    offer = JobOfferFactory(draft=True, description=LONG)

    for step in ["in-review", "draft", "in-review", "published", "filled"]:
        response = post(as_editor, offer, _step=step, _reasons="À revoir.", title=f"Soudeur {step}")
        assert response.status_code == 302
        assert status(offer) == step

    told = as_editor.get(reverse("admin:offers_joboffer_history", args=[offer.pk]))
    assertContains(told, "Édith")
    assertContains(told, "À revoir.")
    assertContains(told, "<ins>Soudeur published</ins>", html=True)


@pytest.mark.parametrize("factory", [JobOfferFactory, EmployerFactory])
def test_the_first_edit_says_what_it_replaced(as_editor, factory):
    name = "title" if factory is JobOfferFactory else "name"
    row = factory(**{name: "Soudeur d'avant"})

    post(as_editor, row, **{name: "Soudeur d'après"})

    [change, *_creation] = history.of(row)
    [event] = change.events
    assert change.who == "Édith"
    [column] = event.columns
    assert (column.before, column.after) == ("Soudeur d'avant", "Soudeur d'après")


def test_the_first_version_is_kept_once_and_only_of_what_changes():
    offer = JobOfferFactory(title="Soudeur")

    JobOffer.objects.update(title_terms=[1], body_terms=[2])
    assert not offer.events.exists()
    for title in ["Soudeuse", "Soudeur ou soudeuse"]:
        JobOffer.objects.update(title=title)

    kept = list(offer.events.order_by("pgh_id").values_list("pgh_label", "title"))
    assert kept == [
        ("first", "Soudeur"),
        ("update", "Soudeuse"),
        ("update", "Soudeur ou soudeuse"),
    ]


def test_a_finding_is_shown_and_an_error_stops_publication(as_editor):
    offer = offer_in_review(title="Soudeur (H/F)")

    page = as_editor.get(change_url(offer))
    response = as_editor.post(
        change_url(offer), open_form(as_editor, offer) | {"_step": "published"}, follow=True
    )

    assertContains(page, "Retirez la mention du genre")
    assertContains(response, "Retirez la mention du genre")
    assert status(offer) == OfferStatus.IN_REVIEW


def test_a_warning_needs_a_tick_that_the_history_keeps(as_editor):
    offer = offer_in_review(profile="CV avec photo.")

    post(as_editor, offer, _step="published")
    assert status(offer) == OfferStatus.IN_REVIEW
    page = as_editor.get(change_url(offer))
    assertContains(page, '<input type="checkbox" name="_accept" value="body">', html=True)

    post(as_editor, offer, _step="published", _accept=["body"])
    assert status(offer) == OfferStatus.PUBLISHED
    told = as_editor.get(reverse("admin:offers_joboffer_history", args=[offer.pk]))
    assertContains(told, "Avertissements acceptés")
    assertContains(told, "CV avec photo.")


TICKED = '<input type="checkbox" name="_accept" value="body" checked>'


def test_ticks_stay_where_publication_is_refused_for_another_reason(as_editor):
    offer = offer_in_review(profile="CV avec photo.", title="Soudeur (H/F)")
    page = f"{change_url(offer)}?{urlencode({'_changelist_filters': 'status=in-review'})}"

    sent = open_form(as_editor, offer) | {"_step": "published", "_accept": ["body"]}
    refused = as_editor.post(page, sent, follow=True)
    invalid = as_editor.post(page, sent | {"title": ""})

    assertContains(refused, TICKED, html=True)
    assertContains(invalid, TICKED, html=True)
    assert status(offer) == OfferStatus.IN_REVIEW
    assertNotContains(as_editor.get(page), TICKED, html=True)

    done = as_editor.post(f"{page}&_accept=body", sent | {"title": "Soudeur"})
    assert done.url == page
    assert status(offer) == OfferStatus.PUBLISHED


def test_a_withdrawal_needs_reasons(as_editor):
    offer = JobOfferFactory()

    response = as_editor.post(
        change_url(offer), open_form(as_editor, offer) | {"_step": "withdrawn"}, follow=True
    )
    assertContains(response, "Indiquez les motifs")
    assert status(offer) == OfferStatus.PUBLISHED

    post(as_editor, offer, _step="withdrawn", _reasons="Fraude.")
    assert status(offer) == OfferStatus.WITHDRAWN


def test_whoever_may_not_publish_neither_shows_nor_hides(client):
    clerk = UserFactory(editor=True)
    [group] = clerk.groups.all()
    group.permissions.remove(*group.permissions.filter(codename="publish_joboffer"))
    client.force_login(clerk)
    waiting, live, report = offer_in_review(), JobOfferFactory(), OfferReportFactory()

    assertNotContains(client.get(change_url(waiting)), 'value="published" class="button')
    assert post(client, waiting, _step="published").status_code == 403
    assert post(client, live, _step="withdrawn", _reasons="Non.").status_code == 403
    assert post(client, live, _step="filled").status_code == 403
    assert post(client, report, _decide="upheld", decision="Oui.").status_code == 403
    assert (status(waiting), status(live)) == (OfferStatus.IN_REVIEW, OfferStatus.PUBLISHED)
    assert status(report.offer) == OfferStatus.PUBLISHED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pay_min": "40", "pay_max": ""}, "pay_min"),
        ({"pay_min": "3000", "pay_max": "2000"}, "pay_max"),
        ({"pay_min": "", "pay_max": ""}, "pay_min"),
        ({"pay_min": "", "pay_max": "", "pay_is_not_given": "on"}, "pay_is_not_given"),
        ({"pay_min": "", "pay_max": "200000"}, "pay_max"),
        ({"pay_min": "15", "pay_max": "", "pay_period": "year"}, "pay_min"),
        ({"percentage": "50"}, "percentage"),
        ({"posts": "0"}, "posts"),
        ({"apply_by": "link"}, "apply_by"),
        ({"reference": "R1"}, "reference"),
        ({"profession": ""}, "profession"),
        ({"closes_on": "01/01/2020"}, "closes_on"),
        ({"title": "Soudeur (H/F)"}, "title"),
        ({"profile": "De langue maternelle française."}, "profile"),
    ],
)
def test_a_refusal_stands_at_its_field(as_editor, changes, field):
    offer = JobOfferFactory(title="Soudeuse")

    response = post(as_editor, offer, **changes)

    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert list(errors) == [field]
    assert len(errors[field]) == 1


def test_a_draft_does_not_close_in_the_past(as_editor):
    offer = JobOfferFactory(draft=True)

    response = post(as_editor, offer, closes_on="01/01/2020")

    assert list(response.context["adminform"].form.errors) == ["closes_on"]


def test_a_company_number_is_cleaned_and_checked(as_editor):
    employer = EmployerFactory()

    assert post(as_editor, employer, company_number="BE 0123.456.749").status_code == 302
    employer.refresh_from_db()
    assert employer.company_number == "0123456749"

    response = post(as_editor, employer, company_number="0123456748")
    assertContains(response, "ses chiffres de contrôle sont incorrects")
    found = as_editor.get(reverse("admin:offers_employer_changelist"), {"q": "BE0123.456.749"})
    assertContains(found, change_url(employer))


def test_the_list_of_employers_counts_their_live_offers(as_editor):
    employer = EmployerFactory()
    JobOfferFactory.create_batch(2, employer=employer)
    JobOfferFactory(employer=employer, expired=True)
    JobOfferFactory(employer=employer, draft=True)

    response = as_editor.get(reverse("admin:offers_employer_changelist"))

    assertContains(response, '<td class="field-live_offers">2</td>', html=True)


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_of_offers_costs_the_same_whatever_its_rows(
    as_editor, django_assert_num_queries, count
):
    JobOfferFactory.create_batch(count, source=SourceFactory())
    as_editor.get(LIST)

    with django_assert_num_queries(8):  # session, user, rights (2), version, sources, total, rows
        as_editor.get(LIST)


# Searching and filtering


def titles(response):
    return [offer.title for offer in response.context["cl"].result_list]


def test_offers_are_found_by_number_reference_and_words_of_the_title(as_editor):
    baker = JobOfferFactory(title="Boulangère")
    JobOfferFactory(title="Soudeur", source=SourceFactory(), reference="AB-12")
    JobOfferFactory(title="Soudeuse de nuit", draft=True)

    def found(text):
        return titles(as_editor.get(LIST, {"q": text}))

    assert found(str(baker.pk)) == ["Boulangère"]
    assert found("AB-12") == ["Soudeur"]
    assert found("boulangere") == ["Boulangère"]
    assert found("nuit soudeuse") == ["Soudeuse de nuit"]
    assert found("9" * 40) == []
    assert found("de") == []


def test_filters_narrow_the_list(as_editor):
    today = timezone.localdate()
    source = SourceFactory()
    soon = JobOfferFactory(title="Bientôt", closes_on=today + timedelta(days=3))
    JobOfferFactory(title="Finie", expired=True)
    JobOfferFactory(title="Importée", source=source)
    JobOfferFactory(title="Brouillon", draft=True)

    def shown(**query):
        return titles(as_editor.get(LIST, query))

    assert shown(closing="soon") == ["Bientôt"]
    assert shown(closing="over") == ["Finie"]
    assert shown(source=source.pk) == ["Importée"]
    assert shown(source="none") == ["Brouillon", "Finie", "Bientôt"]
    assert shown(status__exact="draft") == ["Brouillon"]
    assert shown(employer=soon.employer_id) == ["Bientôt"]
    assert shown(employer="abc") == shown(source="9" * 30) == []


def test_other_columns_and_orders_cannot_be_asked_for(as_editor):
    JobOfferFactory(title="A")
    JobOfferFactory(title="B")

    assert as_editor.get(LIST, {"title__icontains": "A"}).status_code == 400
    assert as_editor.get(LIST, {"employer__name": "A"}).status_code == 400
    assert titles(as_editor.get(LIST, {"o": "1"})) == ["B", "A"]
    assert as_editor.get(LIST, {"p": "999999"}, follow=True).status_code == 200


# Many offers at once


def test_offers_are_withdrawn_together_after_a_question(as_editor):
    offers = [*JobOfferFactory.create_batch(2), JobOfferFactory(title="Brouillon", draft=True)]

    question = choose(as_editor, "withdraw_chosen", offers)
    assertContains(question, "3 lignes sont sélectionnées.")
    assertContains(choose(as_editor, "withdraw_chosen", offers, _sure="1"), "errorlist")
    assert {status(offer) for offer in offers} == {OfferStatus.PUBLISHED, OfferStatus.DRAFT}

    done = choose(as_editor, "withdraw_chosen", offers, _sure="1", reasons="Fraude.")
    assert [status(offer) for offer in offers] == ["withdrawn", "withdrawn", "draft"]
    assertContains(done, "Cette offre ne peut pas passer de")
    told = as_editor.get(reverse("admin:offers_joboffer_history", args=[offers[0].pk]))
    assertContains(told, "Fraude.")
    assertContains(told, "Édith")


def test_offers_in_review_are_published_together_unless_something_was_found(as_editor):
    sound, doubtful = offer_in_review(), offer_in_review(profile="CV avec photo.")

    choose(as_editor, "publish_chosen", [sound, doubtful], _sure="1")

    assert (status(sound), status(doubtful)) == (OfferStatus.PUBLISHED, OfferStatus.IN_REVIEW)


def test_the_closing_day_of_many_offers_changes(as_editor):
    offer, day = JobOfferFactory(), timezone.localdate() + timedelta(days=9)

    refused = choose(as_editor, "change_closing_day", [offer], _sure="1", day="2020-01-01")
    assertContains(refused, "Cette date est passée")
    choose(as_editor, "change_closing_day", [offer], _sure="1", day=day.isoformat())

    offer.refresh_from_db()
    assert offer.closes_on == day


def test_whoever_may_not_publish_has_no_such_actions(client):
    clerk = UserFactory(editor=True)
    [group] = clerk.groups.all()
    group.permissions.remove(*group.permissions.filter(codename="publish_joboffer"))
    client.force_login(clerk)
    offer = JobOfferFactory()

    choose(client, "withdraw_chosen", [offer], _sure="1", reasons="Non.")

    assert status(offer) == OfferStatus.PUBLISHED


# In the browser


def test_pages_have_no_accessibility_fault(new_context, as_editor):
    offer = offer_in_review(title="Soudeur (H/F)", profile="CV avec photo.")
    report = OfferReportFactory()
    page = new_context().new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    serve(page, as_editor)

    for path in [
        LIST,
        reverse("admin:offers_offerreport_changelist"),
        f"{LIST}?employer={offer.employer_id}",
        *map(change_url, [offer, report, offer.employer]),
    ]:
        page.goto(SITE + path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert not complaints, path
        assert accessibility_faults(page) == [], path


def test_the_question_before_many_rows_has_no_accessibility_fault(new_context, as_editor):
    question = choose(as_editor, "withdraw_chosen", JobOfferFactory.create_batch(2))
    page = new_context().new_page()
    serve(page, as_editor)
    page.route(
        f"{SITE}/question/",
        lambda route: route.fulfill(body=question.content, content_type="text/html; charset=utf-8"),
    )

    page.goto(f"{SITE}/question/")

    assert accessibility_faults(page) == []


def test_only_who_may_publish_opens_an_offer_again(client):
    offer = JobOfferFactory(expired=True)
    helper = UserFactory(is_staff=True)
    helper.user_permissions.set(
        Permission.objects.filter(codename__in=["change_joboffer", "view_joboffer"])
    )
    client.force_login(helper)

    page = client.get(change_url(offer))
    listed = client.get(LIST)

    assert "closes_on" not in page.context["adminform"].form.fields
    assert "change_closing_day" not in listed.content.decode()


def test_an_editor_opens_an_offer_again(as_editor):
    offer = JobOfferFactory(expired=True)

    page = as_editor.get(change_url(offer))

    assert "closes_on" in page.context["adminform"].form.fields
