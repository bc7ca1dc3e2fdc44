"""Databases of the benchmarks, beside the portal's own on the configured server."""

from contextlib import suppress

import psycopg
from django.db import connection
from psycopg import sql


def create(name: str) -> None:
    """Make the database, unless it is there; also starts the embedded server."""
    with suppress(psycopg.errors.DuplicateDatabase):
        _on_server("CREATE DATABASE {}", name)


def drop(name: str) -> None:
    """Take the database away, if it is there."""
    _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def point_at(name: str) -> None:
    """Let Django use this database from here on."""
    connection.close()
    connection.settings_dict["NAME"] = name


def _on_server(statement: str, name: str) -> None:
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "postgres"
    try:
        connection.ensure_connection()
        connection.connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
