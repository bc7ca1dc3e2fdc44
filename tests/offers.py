"""What tests of offers share."""

from django.db import connection


def settle() -> None:
    """Let the triggers run that wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
