"""Example offers as rows: a stream by COPY, and a site that never runs out of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

import psycopg
from django.db import connection, transaction
from psycopg import sql

from careers.offers.examples.catalogue import Catalogue
from careers.offers.examples.generator import Example, generate
from careers.offers.importers import EXAMPLES
from careers.offers.models import JobOffer
from portal.sources.models import Source

BATCH = 5_000
# Columns that hold what the example says as it is.
PLAIN = (
    "reference title language description profile employer_id user_sector_id profession_id "
    "contract working_time percentage hours_pattern telework starts_on posts is_student_job "
    "is_open_to_minors experience study_level licence apply_by apply_url apply_email status "
    "created_at closes_on"
).split()
MADE = (
    "id number published_at source_id pay_min pay_max pay_period pay_is_not_given pay_currency "
    "pay_is_gross benefits title_terms body_terms"
).split()
plain_values = attrgetter(*PLAIN)
# References of the generator; those of offers written by hand look otherwise.
REFERENCE = r"^\d+-\d{6}-\d{4,}$"


def copy_offers(
    database: psycopg.Connection[Any], offers: Iterable[Example], *, source: int, batch: int = BATCH
) -> Iterator[int]:
    """Write offers by COPY and give after each batch how many are there.

    Each batch is one transaction, or a savepoint of the one that runs. The rows carry their terms
    and numbers, so that a database without triggers (`session_replication_role`) is right too.
    """
    stream, written = iter(offers), 0
    while examples := list(islice(stream, batch)):
        with database.transaction(), database.cursor() as cursor:
            _copy_batch(cursor, examples, source)
        written += len(examples)
        yield written


def _copy_batch(cursor: psycopg.Cursor[Any], examples: list[Example], source: int) -> None:
    # Reserved, not asked for one by one: places and languages need to know the ids.
    ids = _next(cursor, "pg_get_serial_sequence('offers_joboffer', 'id')", len(examples))
    published = sum(example.was_published for example in examples)
    numbers = iter(_next(cursor, "'offers_joboffer_number'", published))
    offers = (
        (*plain_values(example), *_made(example, pk, source, numbers))
        for pk, example in zip(ids, examples, strict=True)
    )
    _copy(cursor, "offers_joboffer", [*PLAIN, *MADE], offers)
    places = (
        (pk, town, "") for pk, example in zip(ids, examples, strict=True) for town in example.places
    )
    _copy(cursor, "offers_offerplace", ["offer_id", "municipality_id", "address"], places)
    languages = (
        (pk, language, level)
        for pk, example in zip(ids, examples, strict=True)
        for language, level in example.languages
    )
    _copy(cursor, "offers_offerlanguage", ["offer_id", "language", "level"], languages)


def _next(cursor: psycopg.Cursor[Any], sequence: str, count: int) -> list[int]:
    """The next numbers of a sequence, in order."""
    statement = sql.SQL("SELECT nextval({}) FROM generate_series(1, %s)")
    cursor.execute(statement.format(sql.SQL(sequence)), [count])
    return sorted(number for (number,) in cursor)


def _made(example: Example, pk: int, source: int, numbers: Iterator[int]) -> tuple[Any, ...]:
    """The values of `MADE`."""
    published = example.was_published
    pay = example.pay
    return (
        pk,
        next(numbers) if published else None,
        example.created_at if published else None,
        source,
        pay.low,
        pay.high,
        pay.period,
        pay.low is None,
        "EUR",
        True,
        _array(example.benefits),
        _array(example.title_terms),
        _array(example.body_terms),
    )


def _array(values: Iterable[object]) -> str:
    """An array of PostgreSQL as COPY reads it; none of the values needs quotes."""
    return f"{{{','.join(map(str, values))}}}"


def _copy(
    cursor: psycopg.Cursor[Any], table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many example offers were written, taken away, and are there now."""

    created: int
    deleted: int
    there: int


class NothingToInvent(Exception):
    """The content is not loaded: no example employer, profession or source."""


@transaction.atomic
def top_up(
    *, count: int, seed: int, today: date, track: Callable[[list[Example]], Any] = iter
) -> Outcome:
    """Bring the example offers to what they are on `today`; about `count` are live then.

    What is there already stays as it is, so that a second call on a day changes nothing. Those
    that ended before yesterday go, unless somebody has changed them. `track` may watch what is
    written. Raises `NothingToInvent`.
    """
    source = Source.objects.filter(key=EXAMPLES).first()
    catalogue = Catalogue.read()
    if source is None or not catalogue.firms.values:
        raise NothingToInvent
    examples = JobOffer.objects.filter(source=source, reference__regex=REFERENCE)
    there = set(examples.values_list("reference", flat=True))
    wanted = list(generate(catalogue, count=count, seed=seed, today=today))
    over = there - {example.reference for example in wanted}
    changed = JobOffer.pgh_event_model.objects.filter(pgh_label="update").values("pgh_obj_id")
    gone = examples.filter(reference__in=over).exclude(pk__in=changed)
    deleted = gone.delete()[1].get("offers.JobOffer", 0)
    new = [example for example in wanted if example.reference not in there]
    for _written in copy_offers(connection.connection, track(new), source=source.pk):
        pass
    return Outcome(len(new), deleted, len(there) - deleted + len(new))
