"""What a process keeps in memory until the content changes.

Keys carry the content version, so a change is seen by every process at its next request and
nothing has to be told to forget.
"""

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache

from portal.fields import current_language
from portal.models import ContentVersion

T = TypeVar("T")

PAGES_BYTES = 48 * 1024 * 1024
TABLES = 64

_pages: LRUCache[Hashable, str] = LRUCache(PAGES_BYTES, getsizeof=len)
_tables: LRUCache[Hashable, Any] = LRUCache(TABLES)
_lock = Lock()


def _get(store: LRUCache[Hashable, T], key: Hashable, build: Callable[[], T]) -> T:
    with _lock:
        if key in store:
            return store[key]
    value = build()
    # A value larger than the whole store is made anew each time.
    with _lock, suppress(ValueError):
        store[key] = value
    return value


def page(*key: Hashable, version: int | None = None, build: Callable[[], str]) -> str:
    """A rendered fragment, per content version and language. Costs one query unless `version`."""
    number = ContentVersion.current() if version is None else version
    return _get(_pages, (number, current_language(), *key), build)


def table(*key: Hashable, version: int | None = None, build: Callable[[], T]) -> T:
    """A value made from the content (a word list, counts), per content version."""
    number = ContentVersion.current() if version is None else version
    return _get(_tables, (number, *key), build)


def forget() -> None:
    """Drop all that is kept: for tests and for the cold side of the benchmark."""
    with _lock:
        _pages.clear()
        _tables.clear()
