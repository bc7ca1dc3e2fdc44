"""How long a page waits for PostgreSQL, where it searches alone among very many offers."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

# From the start of a request, for all its searches together: rendering stays within the second.
SECONDS = 0.7

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


def milliseconds_until(moment: float) -> int:
    """What is left; raises NotInTime if it is nothing."""
    left = int((moment - monotonic()) * 1000)
    if left < 1:
        raise NotInTime
    return left
