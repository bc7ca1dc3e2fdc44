import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.enums import OfferStatus, ReportStatus
from careers.offers.models import Employer, JobOffer, OfferReport
from careers.offers.search.terms import terms
from portal.jobs.models import BulkAction
from portal.large_lists import LargePaginator, estimated_rows
from tests.accessibility import accessibility_faults
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory, OfferReportFactory
from tests.jobs import run_jobs
from tests.portal.accounts.factories import UserFactory
from tests.portal.pages import SITE, fields, serve
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db

LONG = "Vous soudez des cuves et des tuyaux dans un atelier clair avec quatre collègues. " * 5
LIST = reverse("admin:offers_joboffer_changelist")
REPORTS = reverse("admin:offers_offerreport_changelist")


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True, name="Édith"))
    return client


def change_url(row):
    return reverse(f"admin:offers_{row._meta.model_name}_change", args=[row.pk])


def open_form(client, row):
    """The fields of a row's page, as a browser would send them back."""
    return fields(client.get(change_url(row)), f"{row._meta.model_name}_form")


def post(client, row, **changes):
    values = open_form(client, row)
    return client.post(change_url(row), values | changes)


def offer_in_review(**values):
    return JobOfferFactory(
        **{"status": OfferStatus.IN_REVIEW, "published_at": None, "description": LONG} | values
    )


def status(offer):
    return JobOffer.objects.values_list("status", flat=True).get(pk=offer.pk)


# An editor's day


def test_an_editor_takes_an_offer_from_draft_to_filled(as_editor):
    offer = JobOfferFactory(draft=True, description=LONG)

    for step in ["in-review", "draft", "in-review", "published", "filled"]:
        response = post(as_editor, offer, _step=step, _reasons="À revoir.", title=f"Soudeur {step}")
        assert response.status_code == 302
        assert status(offer) == step

    history = as_editor.get(reverse("admin:offers_joboffer_history", args=[offer.pk]))
    assertContains(history, "Édith")
    assertContains(history, "À revoir.")
    assertContains(history, "<ins>Soudeur published</ins>", html=True)


def test_a_finding_is_shown_and_an_error_stops_publication(as_editor):
    offer = offer_in_review(title="Soudeur (H/F)")

    page = as_editor.get(change_url(offer))
    response = as_editor.post(
        change_url(offer), open_form(as_editor, offer) | {"_step": "published"}, follow=True
    )

    assertContains(page, "Leave the mark of gender out")
    assertContains(response, "Leave the mark of gender out")
    assert status(offer) == OfferStatus.IN_REVIEW


def test_a_warning_needs_a_tick_that_the_history_keeps(as_editor):
    offer = offer_in_review(profile="CV avec photo.")

    post(as_editor, offer, _step="published")
    assert status(offer) == OfferStatus.IN_REVIEW
    page = as_editor.get(change_url(offer))
    assertContains(page, '<input type="checkbox" name="_accept" value="body">', html=True)

    post(as_editor, offer, _step="published", _accept=["body"])
    assert status(offer) == OfferStatus.PUBLISHED
    history = as_editor.get(reverse("admin:offers_joboffer_history", args=[offer.pk]))
    assertContains(history, "Warnings accepted:")
    assertContains(history, "CV avec photo.")


def test_a_withdrawal_needs_reasons(as_editor):
    offer = JobOfferFactory()

    response = as_editor.post(
        change_url(offer), open_form(as_editor, offer) | {"_step": "withdrawn"}, follow=True
    )
    assertContains(response, "Give the reasons")
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
    assertContains(response, "check digits are wrong")
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


def choose(client, action, offers, **values):
    chosen = {"action": action, "_selected_action": [offer.pk for offer in offers]}
    return client.post(LIST, chosen | values, follow=True)


def test_offers_are_withdrawn_together_after_a_question(as_editor):
    offers = [*JobOfferFactory.create_batch(2), JobOfferFactory(title="Brouillon", draft=True)]

    question = choose(as_editor, "withdraw_chosen", offers)
    assertContains(question, "3 rows are chosen.")
    assertContains(choose(as_editor, "withdraw_chosen", offers, _sure="1"), "errorlist")
    assert {status(offer) for offer in offers} == {OfferStatus.PUBLISHED, OfferStatus.DRAFT}

    done = choose(as_editor, "withdraw_chosen", offers, _sure="1", reasons="Fraude.")
    assert [status(offer) for offer in offers] == ["withdrawn", "withdrawn", "draft"]
    assertContains(done, "Brouillon: This offer cannot go from")
    history = as_editor.get(reverse("admin:offers_joboffer_history", args=[offers[0].pk]))
    assertContains(history, "Fraude.")
    assertContains(history, "Édith")


def test_offers_in_review_are_published_together_unless_something_was_found(as_editor):
    sound, doubtful = offer_in_review(), offer_in_review(profile="CV avec photo.")

    choose(as_editor, "publish_chosen", [sound, doubtful], _sure="1")

    assert (status(sound), status(doubtful)) == (OfferStatus.PUBLISHED, OfferStatus.IN_REVIEW)


def test_the_closing_day_of_many_offers_changes(as_editor):
    offer, day = JobOfferFactory(), timezone.localdate() + timedelta(days=9)

    refused = choose(as_editor, "change_closing_day", [offer], _sure="1", day="2020-01-01")
    assertContains(refused, "This day has passed.")
    choose(as_editor, "change_closing_day", [offer], _sure="1", day=day.isoformat())

    offer.refresh_from_db()
    assert offer.closes_on == day


def test_more_than_five_hundred_offers_are_withdrawn_by_jobs(big_table):
    more = JobOffer.objects.filter(status=OfferStatus.PUBLISHED).order_by("pk")[:501]

    page = choose(big_table, "withdraw_chosen", more, _sure="1", reasons="Fraude.")

    assert page.resolver_match.url_name == "jobs_bulkaction_change"
    assertContains(page, "<progress")
    run_jobs()
    bulk = BulkAction.objects.get()
    assert (bulk.is_finished, bulk.succeeded, bulk.refused) == (True, 501, 0)


def test_whoever_may_not_publish_has_no_such_actions(client):
    clerk = UserFactory(editor=True)
    [group] = clerk.groups.all()
    group.permissions.remove(*group.permissions.filter(codename="publish_joboffer"))
    client.force_login(clerk)
    offer = JobOfferFactory()

    choose(client, "withdraw_chosen", [offer], _sure="1", reasons="Non.")

    assert status(offer) == OfferStatus.PUBLISHED


# A big table

ROWS = 50_000
FILL = """
    INSERT INTO offers_joboffer (
        number, title, language, description, profile, employer_id, profession_id, contract,
        working_time, percentage, hours_pattern, telework, posts, is_student_job,
        is_open_to_minors, pay_min, pay_max, pay_period, pay_currency, pay_is_gross,
        pay_is_not_given, benefits, experience, study_level, licence, apply_by, apply_url,
        apply_email, source_id, reference, status, created_at, published_at, closes_on,
        title_terms, body_terms
    )
    SELECT
        1000000 + i, title || ' ' || i, language, description, profile,
        %(employers)s + i %% 500, profession_id, contract, working_time, percentage, hours_pattern,
        telework, posts, is_student_job, is_open_to_minors, pay_min, pay_max, pay_period,
        pay_currency, pay_is_gross, pay_is_not_given, benefits, experience, study_level, licence,
        apply_by, apply_url, apply_email, %(source)s, 'R' || i,
        CASE WHEN i %% 50 = 0 THEN 'withdrawn' ELSE 'published' END,
        created_at, published_at, published_at::date + i %% 60,
        (%(words)s::bigint[])[1 + i %% 40 : 1 + i %% 40], body_terms
    FROM offers_joboffer, generate_series(1, %(rows)s) AS i WHERE id = %(model)s
"""


@pytest.fixture
def big_table(as_editor):
    """Offers of 500 employers and one source, with 40 titles; one in fifty is withdrawn."""
    first = EmployerFactory()
    Employer.objects.bulk_create(
        Employer(pk=first.pk + i, name=f"Usine {i}", slug_fr=f"usine-{i}") for i in range(1, 501)
    )
    model = JobOfferFactory(employer=first)
    names = [f"soudeur{i}" for i in range(40)]
    values = {
        "employers": first.pk,
        "source": SourceFactory().pk,
        "words": [terms([name])[0] for name in names],
        "rows": ROWS,
        "model": model.pk,
    }
    with connection.cursor() as cursor:
        # Else what waits for the end of the transaction forbids the next statement.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE offers_joboffer DISABLE TRIGGER USER")
        cursor.execute(FILL, values)
        cursor.execute("ALTER TABLE offers_joboffer ENABLE TRIGGER USER")
        cursor.execute("ANALYZE offers_joboffer; ANALYZE offers_employer")
    return as_editor


def plans(client, url, query):
    """What PostgreSQL does for each statement about offers of a page."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url, query).status_code == 200
    found = []
    with connection.cursor() as cursor:
        for statement in (entry["sql"] for entry in captured.captured_queries):
            if statement.startswith("SELECT") and "offers_" in statement:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
                found.append((statement, cursor.fetchone()[0]))
    return found


def scans(plan):
    """The tables that a plan reads row by row."""
    text = plan if isinstance(plan, str) else json.dumps(plan)
    nodes = re.findall(r'"Node Type": "Seq Scan"[^{}]*?"Relation Name": "(\w+)"', text)
    return [name for name in nodes if name.startswith("offers_")]


def test_no_page_reads_a_big_table_whole(big_table):
    source = SourceFactory._meta.model.objects.order_by("pk").last()
    employer = Employer.objects.order_by("pk").last()
    last_page = LargePaginator(JobOffer.objects.order_by("-pk"), 50).num_pages
    employers = reverse("admin:offers_employer_changelist")
    pages = [
        (LIST, {}),
        (LIST, {"p": last_page}),
        (LIST, {"status__exact": "withdrawn"}),
        (LIST, {"status__exact": "published"}),
        (LIST, {"status__exact": "draft"}),
        (LIST, {"closing": "soon"}),
        (LIST, {"closing": "over"}),
        (LIST, {"employer": employer.pk}),
        (LIST, {"source": source.pk}),
        (LIST, {"source": "none"}),
        (LIST, {"q": "soudeur7"}),
        (LIST, {"q": "R4321"}),
        (LIST, {"q": "4321"}),
        (LIST, {"q": "soudeur7", "status__exact": "withdrawn"}),
        (employers, {}),
        (employers, {"q": "0123456749"}),
        ("/admin/", {}),
    ]

    for url, query in pages:
        for statement, plan in plans(big_table, url, query):
            assert "offers_joboffer" not in scans(plan), (url, query, statement, plan)


def test_a_big_table_is_estimated_and_leafed_through_to_a_limit(big_table):
    whole = big_table.get(LIST)
    withdrawn = big_table.get(LIST, {"status__exact": "withdrawn"})
    published = big_table.get(LIST, {"status__exact": "published"})

    assert whole.context["cl"].result_count == estimated_rows(JobOffer) == ROWS + 1
    assert whole.context["cl"].paginator.num_pages == 200
    assertContains(whole, "can be leafed through")
    assert withdrawn.context["cl"].result_count == ROWS // 50
    assertNotContains(withdrawn, "can be leafed through")
    assert published.context["cl"].result_count == 10_000


# Moderation


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
        REPORTS,
        f"{LIST}?employer={offer.employer_id}",
        *map(change_url, [offer, report, offer.employer]),
    ]:
        page.goto(SITE + path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert not complaints, path
        assert accessibility_faults(page) == [], path
