"""How long a page waits for PostgreSQL, where it searches alone among very many offers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import QueryCanceled

# From the start of a request, for all its searches together: rendering stays within the second.
SECONDS = 0.6

_deadline: ContextVar[float | None] = ContextVar("deadline of searches", default=None)


class NotInTime(Exception):
    """PostgreSQL alone did not answer in time; memory will once it is loaded."""


@contextmanager
def begun() -> Iterator[None]:
    """Within it, all searches by PostgreSQL together may take SECONDS from now on."""
    token = _deadline.set(monotonic() + SECONDS)
    try:
        yield
    finally:
        _deadline.reset(token)


def deadline() -> float | None:
    """The moment, of `monotonic`, until which PostgreSQL may search; None without a limit."""
    return _deadline.get()


@contextmanager
def cursor(settings: str, until: float | None = None) -> Iterator[CursorWrapper]:
    """A cursor for one statement, in a transaction with these settings.

    Raises NotInTime at the moment `until`, of `monotonic`.
    """
    if until is not None:
        left = int((until - monotonic()) * 1000)
        if left < 1:
            raise NotInTime
        settings = f"{settings}; SET LOCAL statement_timeout = {left}"
    try:
        with transaction.atomic(), connection.cursor() as opened:
            opened.execute(settings)
            yield opened
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise NotInTime from error
        raise
