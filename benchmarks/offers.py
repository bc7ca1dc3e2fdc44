"""Databases full of invented offers for `benchmarks/search.py`; never the portal's own.

One a size, `jalon_search_10000` and so on, on the configured server. Made by COPY without triggers
and without indexes, which are built at the end; what was begun is gone on with.
"""

from datetime import date
from io import StringIO
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import benchmarks.ready  # noqa: F401
from benchmarks import databases
from careers.offers.examples import Catalogue, copy_offers, generate
from careers.offers.importers import EXAMPLES
from careers.offers.models import JobOffer
from portal.sources.models import Source

PREFIX = "jalon_search"
SEED = 1
TABLES = ["offers_joboffer", "offers_offerplace", "offers_offerlanguage"]
# What is left to do: the day the offers are made for, and the indexes taken away meanwhile.
PLAN = "CREATE TABLE benchmark_plan (day date NOT NULL, done boolean NOT NULL, indexes text[])"
# Those that no constraint needs.
INDEXES = """
    SELECT i.schemaname || '.' || i.indexname, i.indexdef FROM pg_indexes i
    WHERE i.tablename = ANY(%s)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = i.indexname)"""


def name_of(offers: int) -> str:
    return f"{PREFIX}_{offers}"


def point_at(offers: int) -> None:
    """Let Django use the database of this size from here on."""
    databases.point_at(name_of(offers))


def drop(offers: int) -> None:
    """Take the database of this size away, if it is there."""
    databases.drop(name_of(offers))


def fill(offers: int, console: Console) -> None:
    """The database of this size, whole: made, gone on with, or left as it is."""
    databases.create(name_of(offers))
    point_at(offers)
    # Also where the database is older than the code.
    call_command("migrate", verbosity=0)
    if not _has_plan():
        console.print(f"{name_of(offers)}: content")
        call_command("load_content", json=True, stdout=StringIO())
        _make_plan()
    day, done, indexes = _one("SELECT day, done, indexes FROM benchmark_plan")
    if done:
        return
    began = perf_counter()
    _copy(offers, day, console)
    copied = perf_counter()
    _finish(indexes, console)
    seconds = f"{copied - began:.0f} s to copy, {perf_counter() - copied:.0f} s to index"
    console.print(f"{name_of(offers)}: {seconds}")


def _one(statement: str, parameters: Any = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


def _has_plan() -> bool:
    return _one("SELECT to_regclass('benchmark_plan') IS NOT NULL")[0]


def _make_plan() -> None:
    """Empty the tables, take their indexes away, and write down what there is to do."""
    with connection.cursor() as cursor:
        JobOffer.objects.all().delete()
        cursor.execute("TRUNCATE offers_offerchange")
        cursor.execute(INDEXES, [TABLES])
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {name}")
        definitions = [definition for _name, definition in found]
        cursor.execute(PLAN)
        cursor.execute(
            "INSERT INTO benchmark_plan VALUES (%s, FALSE, %s)",
            [timezone.localdate(), definitions],
        )


def _copy(offers: int, day: date, console: Console) -> None:
    """Write the offers that are not there yet."""
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    source = Source.objects.get(key=EXAMPLES)
    [there] = _one("SELECT count(*) FROM offers_joboffer")
    stream = generate(Catalogue.read(), count=offers, seed=SEED, today=day, start=there)
    with (
        Progress(*columns, TimeRemainingColumn(), console=console) as progress,
        connection.cursor() as cursor,
    ):
        # The rows carry what the triggers would give them.
        cursor.execute("SET session_replication_role = replica")
        task = progress.add_task(name_of(offers), total=max(offers, there), completed=there)
        for written in copy_offers(connection.connection, stream, source=source.pk):
            progress.update(task, completed=there + written)
        cursor.execute("SET session_replication_role = DEFAULT")


def _finish(indexes: list[str], console: Console) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for definition in indexes:
            console.print(definition.partition(" ON ")[0].lower(), style="dim")
            safe = definition.replace(" INDEX ", " INDEX IF NOT EXISTS ", 1)
            cursor.execute(safe)
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("UPDATE benchmark_plan SET done = TRUE")
