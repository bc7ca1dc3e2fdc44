"""A database of its own for each test process: migrated once a run, then cloned."""

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pgtrigger
import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from portal.embedded.server import EmbeddedServer

CONTENT = Path(__file__).parent / "content"
PREFIX = "jalon_test"
TEMPLATE = f"{PREFIX}_template"

# Its own data, and no care for them: a power cut costs a test run.
TEST_SERVER = EmbeddedServer(
    Path(__file__).resolve().parent.parent / "var",
    name="test-postgres",
    options={
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "max_connections": "200",
    },
)


@contextmanager
def cloned_database(run: str, worker: str) -> Iterator[None]:
    """Point Django at a migrated database of this worker of this run; dropped at the end.

    The embedded server keeps the template for the next run; other servers are left as they were.
    """
    template, clone = f"{TEMPLATE}_{schema_digest()}", f"{PREFIX}_{run}_{worker}"
    connection.ensure_connection()  # starts the embedded server
    connection.close()
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [run])
        with exclusive(server):
            drop_leftovers(server, run, template)
            if template not in databases(server):
                create_template(server, template)
            execute(server, "CREATE DATABASE {} TEMPLATE {}", clone, template)
        connection.settings_dict["NAME"] = clone
        try:
            yield
        finally:
            connection.close()
            with exclusive(server):
                execute(server, "DROP DATABASE {} WITH (FORCE)", clone)
                if "EMBEDDED" not in connection.settings_dict and databases(server) == [template]:
                    execute(server, "DROP DATABASE {} WITH (FORCE)", template)


@contextmanager
def content_database(run: str, worker: str) -> Iterator[str]:
    """The name of a second database of this worker, which holds tests/content."""
    own = connection.settings_dict["NAME"]
    with cloned_database(run, f"{worker}_content"):
        call_command("load_content", folder=CONTENT, json=True, stdout=StringIO())
        name = connection.settings_dict["NAME"]
        point_at(own)
        yield name
    point_at(own)


@contextmanager
def reading(database: str) -> Iterator[None]:
    """Every page comes from this database for a while."""
    own = connection.settings_dict["NAME"]
    point_at(database)
    yield
    point_at(own)


def point_at(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def schema_digest() -> str:
    """Changes when a migration of ours or of a library does, or a trigger of a model."""
    modules = MigrationLoader(None).disk_migrations.values()
    files = sorted(inspect.getfile(type(migration)) for migration in modules)
    triggers = sorted(trigger.compile(model).hash for model, trigger in pgtrigger.registered())
    parts = [*(Path(file).read_bytes() for file in files), *(name.encode() for name in triggers)]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def create_template(server: psycopg.Connection, template: str) -> None:
    execute(server, "CREATE DATABASE {}", template)
    connection.settings_dict["NAME"] = template
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except BaseException:
        connection.close()
        execute(server, "DROP DATABASE {} WITH (FORCE)", template)
        raise
    connection.close()


def drop_leftovers(server: psycopg.Connection, run: str, template: str) -> None:
    """Drop older templates, and the databases of runs that were killed: nobody holds their lock."""
    for name in databases(server):
        if name.startswith(TEMPLATE):
            if name != template:
                execute(server, "DROP DATABASE {} WITH (FORCE)", name)
            continue
        other = name.removeprefix(f"{PREFIX}_").split("_")[0]
        lock = server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [other]).fetchone()
        if other != run and lock and lock[0]:
            execute(server, "DROP DATABASE {} WITH (FORCE)", name)
        if lock and lock[0]:
            server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [other])


def databases(server: psycopg.Connection) -> list[str]:
    rows = server.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [f"{PREFIX}_"])
    return [name for (name,) in rows]


def execute(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def exclusive(server: psycopg.Connection) -> Iterator[None]:
    """One process at a time makes, clones and drops databases."""
    server.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
    try:
        yield
    finally:
        server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [TEMPLATE])
