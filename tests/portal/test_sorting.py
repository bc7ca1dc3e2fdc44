"""The stored sort key gives one order, on the embedded server and on any other."""

import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SORTED = [
    "abbé",
    "Avocat",
    "eau",
    "Ébéniste",
    "Étudiant",
    "œnologue",
    "Ouvrier",
    "zoo",
    "Zootechnie",
]

TABLE = """
CREATE TABLE sorted_words (
    word text,
    sort_key text COLLATE "C" GENERATED ALWAYS AS (lower(f_unaccent(word))) STORED
)
"""
QUERY = "SELECT word FROM sorted_words ORDER BY sort_key"


def sort(cursor):
    cursor.execute(TABLE)
    cursor.execute("INSERT INTO sorted_words SELECT unnest(%s::text[])", [SORTED[::-1]])
    cursor.execute(QUERY)
    return [word for (word,) in cursor.fetchall()]


@pytest.mark.django_db
def test_words_sort_as_a_reader_expects():
    with connection.cursor() as cursor:
        assert sort(cursor) == SORTED


@pytest.fixture
def stock_database():
    """A migrated database, with the locale of its server, where another PostgreSQL is offered."""
    url = os.environ.get("DATABASE_URL_STOCK")
    if not url:
        pytest.skip("no other server: set DATABASE_URL_STOCK=postgresql://user@host/postgres")
    name = f"jalon_sorting_{uuid.uuid4().hex[:8]}"
    target = urlsplit(url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity=0"],
                cwd=ROOT,
                env=os.environ | {"DATABASE_URL": target},
                check=True,
            )
            yield target
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_another_server_sorts_alike(stock_database):
    with psycopg.connect(stock_database) as other, other.cursor() as cursor:
        assert sort(cursor) == SORTED
