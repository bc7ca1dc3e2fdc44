"""What every search asks first: how far the database is, and whether words wait to be made."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from careers.offers.search.terms import terms

# How many offers a search analyses before it answers, at most.
AT_ONCE = 500

STATE = """
    SELECT COALESCE((SELECT number FROM portal_contentversion WHERE id = 1), 0),
        COALESCE((SELECT max(id) FROM offers_offerchange), 0),
        COALESCE((SELECT min(id) FROM offers_offerchange), 0),
        EXISTS (
            SELECT FROM offers_joboffer
            WHERE status = 'published' AND (title_terms IS NULL OR body_terms IS NULL)
        )"""
WAITING = """
    SELECT id, title, description, profile FROM offers_joboffer
    WHERE status = 'published' AND (title_terms IS NULL OR body_terms IS NULL)
    ORDER BY id DESC LIMIT %s FOR UPDATE SKIP LOCKED"""
STORE = "UPDATE offers_joboffer SET title_terms = %s, body_terms = %s WHERE id = %s"
TRIM = """
    DELETE FROM offers_offerchange WHERE id < COALESCE(
        (
            SELECT min(id) FROM offers_offerchange
            WHERE changed_at >= now() - make_interval(secs => %s)
        ),
        (SELECT max(id) FROM offers_offerchange)
    )"""


@dataclass(frozen=True, slots=True)
class State:
    """Where the database is at one moment."""

    # The version of the content.
    content: int
    # The numbers of the last change of an offer and of the first that is still written down.
    change: int
    oldest: int
    # Offers came by COPY or raw SQL whose words nobody has made yet.
    has_waiting: bool


def current() -> State:
    """The state now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return State(*cursor.fetchone())


def analyse(limit: int = AT_ONCE) -> int:
    """Make and store the terms of published offers that have none; how many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WAITING, [limit])
        rows = cursor.fetchall()
        made = [
            (terms([title]), terms([description, profile]), pk)
            for pk, title, description, profile in rows
        ]
        # Not `executemany`: pghistory adds the request to each statement and knows one row alone.
        for row in made:
            cursor.execute(STORE, row)
    return len(made)


def trim(keep: timedelta) -> int:
    """Forget changes older than this; how many there were. The last one stays.

    An index in memory that has not read them makes itself anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRIM, [keep.total_seconds()])
        return cursor.rowcount
