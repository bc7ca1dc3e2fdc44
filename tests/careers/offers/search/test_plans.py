"""What PostgreSQL does when it answers alone, in a table too big to be read from end to end."""

from datetime import date
from time import monotonic

import pytest
from django.db import connection, transaction
from django.utils import timezone
from psycopg.errors import QueryCanceled

from careers.offers.models import JobOffer
from careers.offers.search import limit, names, sql, state
from careers.offers.search.query import FACETS, PANEL, Cursor, Query, Sort
from careers.offers.search.terms import term
from tests.careers.offers.factories import JobOfferFactory

OFFERS = 20_000
COPIES = f"""
    INSERT INTO offers_joboffer ({{columns}})
    SELECT {{columns}} FROM offers_joboffer, generate_series(1, {OFFERS})"""
TODAY = timezone.localdate()
NIGHT = ("contract", frozenset(["permanent"]))


@pytest.fixture(scope="module", autouse=True)
def big_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        JobOfferFactory(title="Soudeuse", description="De nuit.", languages={"nl": 3})
        given = [
            field.column
            for field in JobOffer._meta.local_concrete_fields
            if not field.generated and field.name not in ("id", "number")
        ]
        with connection.cursor() as cursor:
            cursor.execute(COPIES.format(columns=", ".join(given)))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ANALYZE offers_joboffer")
        yield
        transaction.set_rollback(True)


def plan(statement: str, parameters: list) -> str:
    with connection.cursor() as cursor:
        cursor.execute(names.PLANNING)
        cursor.execute(f"EXPLAIN {statement}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"words": ("soudeuse",)},
        {"words": ("soudeuse", "nuit"), "pay": 3000, "chosen": (NIGHT,)},
        {"municipalities": frozenset([1]), "metres": ((1, 10),), "languages": (("nl", 2),)},
        {"chosen": (("profession", frozenset(["1"])),)},
        {"at": Cursor(0, 10_000)},
        {"at": Cursor(date.max.toordinal(), 10_000, backwards=True)},
    ],
    ids=lambda asked: " ".join(asked) or "everything",
)
def test_no_search_reads_the_whole_table(asked, sort):
    query = Query(TODAY, sort=sort, **asked)

    for facets in (FACETS, PANEL, []):
        statement = sql._statement(query, 20, facets)

        assert "Seq Scan on offers_" not in plan(statement.text, statement.parameters)


def test_neither_does_what_every_search_asks_first():
    for statement, parameters in [
        (state.STATE, []),
        (state.WAITING, [500]),
        (names.USES, [term("nuit")] * 2),
    ]:
        assert "Seq Scan on offers_" not in plan(statement, parameters)


def test_whether_a_word_is_used_is_read_from_the_words():
    with connection.cursor() as cursor:
        cursor.execute(names.BY_WORD)
        found = plan(names.USES, [term("xylophagie")] * 2)
        cursor.execute("SET LOCAL enable_indexscan = on")

    assert "live_by_title" in found
    assert "live_by_body" in found
    assert "live_by_number" not in found


def test_a_search_that_takes_too_long_is_given_up():
    query, began = Query(TODAY), monotonic()

    with pytest.raises(limit.NotInTime) as given_up:
        sql.SqlSearch(began + 0.01).search(query)

    assert isinstance(given_up.value.__cause__.__cause__, QueryCanceled)
    with pytest.raises(limit.NotInTime):
        sql.SqlSearch(began).search(query)
    # The connection is as it was.
    assert sql.SqlSearch().search(query, facets=[]).total == OFFERS + 1
