import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.enums import OfferStatus
from careers.offers.models import Employer, JobOffer
from careers.offers.search.terms import terms
from portal.jobs.models import BulkAction
from portal.large_lists import LargePaginator, estimated_rows
from tests.careers.offers.desk import (
    LIST,
    choose,
)
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.jobs import run_jobs
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


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
    assertContains(whole, "peuvent être parcourues")
    assert withdrawn.context["cl"].result_count == ROWS // 50
    assertNotContains(withdrawn, "peuvent être parcourues")
    assert published.context["cl"].result_count == 10_000


def test_more_than_five_hundred_offers_are_withdrawn_by_jobs(big_table):
    more = JobOffer.objects.filter(status=OfferStatus.PUBLISHED).order_by("pk")[:501]

    page = choose(big_table, "withdraw_chosen", more, _sure="1", reasons="Fraude.")

    assert page.resolver_match.url_name == "jobs_bulkaction_change"
    assertContains(page, "<progress")
    run_jobs()
    bulk = BulkAction.objects.get()
    assert (bulk.is_finished, bulk.succeeded, bulk.refused) == (True, 501, 0)
