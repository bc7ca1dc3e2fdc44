"""What a process keeps in memory until the content changes.

Keys carry the content version, so a change is seen by every process at its next request and
nothing has to be told to forget.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache

from portal.fields import current_language
from portal.models import ContentVersion

T = TypeVar("T")
Page = TypeVar("Page", str, bytes)

PAGES_BYTES = 48 * 1024 * 1024
TABLES = 64

_pages: LRUCache[Hashable, Any] = LRUCache(PAGES_BYTES, getsizeof=len)
_tables: LRUCache[Hashable, Any] = LRUCache(TABLES)
_lock = Lock()


_asked: ContextVar[int | None] = ContextVar("content version", default=None)


@contextmanager
def at(version: int) -> Iterator[None]:
    """Within it the content has this version, and nobody asks the database again."""
    token = _asked.set(version)
    try:
        yield
    finally:
        _asked.reset(token)


def _version(given: int | None) -> int:
    for number in (given, _asked.get()):
        if number is not None:
            return number
    return ContentVersion.current()


def _get(store: LRUCache[Hashable, T], key: Hashable, build: Callable[[], T]) -> T:
    with _lock:
        if key in store:
            return store[key]
    value = build()
    # A value larger than the whole store is made anew each time.
    with _lock, suppress(ValueError):
        store[key] = value
    return value


def page(*key: Hashable, version: int | None = None, build: Callable[[], Page]) -> Page:
    """What was rendered, per content version and language. Costs one query unless `version`."""
    return _get(_pages, (_version(version), current_language(), *key), build)


def table(*key: Hashable, version: int | None = None, build: Callable[[], T]) -> T:
    """A value made from the content (a word list, counts), per content version."""
    return _get(_tables, (_version(version), *key), build)


def forget() -> None:
    """Drop all that is kept: for tests and for the cold side of the benchmark."""
    with _lock:
        _pages.clear()
        _tables.clear()
