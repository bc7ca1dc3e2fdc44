"""A database of its own for each test process: migrated once a run, then cloned."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from portal.database import EmbeddedServer

PREFIX = "jalon_test"

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
    """Point Django at a migrated database of this worker of this run; dropped at the end."""
    template, clone = f"{PREFIX}_{run}_template", f"{PREFIX}_{run}_{worker}"
    connection.ensure_connection()  # starts the embedded server
    connection.close()
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [run])
        drop_leftovers(server, run)
        with exclusive(server, template):
            if template not in databases(server):
                create_template(server, template)
            execute(server, "CREATE DATABASE {} TEMPLATE {}", clone, template)
        connection.settings_dict["NAME"] = clone
        try:
            yield
        finally:
            connection.close()
            with exclusive(server, template):
                execute(server, "DROP DATABASE {} WITH (FORCE)", clone)
                if not any(name.startswith(f"{PREFIX}_{run}_gw") for name in databases(server)):
                    execute(server, "DROP DATABASE {} WITH (FORCE)", template)


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


def drop_leftovers(server: psycopg.Connection, run: str) -> None:
    """Drop the databases of runs that were killed: nobody holds the lock of such a run."""
    for name in databases(server):
        other = name.removeprefix(f"{PREFIX}_").split("_")[0]
        if other == run:
            continue
        lock = server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [other]).fetchone()
        if lock and lock[0]:
            execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [other])


def databases(server: psycopg.Connection) -> list[str]:
    rows = server.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [f"{PREFIX}_"])
    return [name for (name,) in rows]


def execute(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def exclusive(server: psycopg.Connection, key: str) -> Iterator[None]:
    server.execute("SELECT pg_advisory_lock(hashtext(%s))", [key])
    try:
        yield
    finally:
        server.execute("SELECT pg_advisory_unlock(hashtext(%s))", [key])
