"""What a process keeps in memory until the content changes.

Keys carry the content version, so a change is seen by every process at its next request and
nothing has to be told to forget.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date
from functools import cache
from sys import getsizeof
from threading import Lock
from time import time
from typing import Any, TypeVar

from cachetools import LRUCache, TTLCache
from django.conf import settings
from django.utils import timezone

from portal.fields import current_language
from portal.models import ContentVersion, KeptPage

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

PAGES_BYTES = 48 * 1024 * 1024
PARTS_BYTES = 6 * 1024 * 1024
TABLES = 64
# What changes without a change of content is never older than this, in seconds.
OLDEST_RECENT = 1

_pages: LRUCache[Hashable, Any] = LRUCache(PAGES_BYTES, getsizeof=getsizeof)
_parts: LRUCache[Hashable, Any] = LRUCache(PARTS_BYTES, getsizeof=getsizeof)
_tables: LRUCache[Hashable, Any] = LRUCache(TABLES)
_recent: TTLCache[Hashable, Any] = TTLCache(4096, OLDEST_RECENT, timer=time)
_lock = Lock()
_asked: ContextVar[int | None] = ContextVar("content version", default=None)


@cache
def code_version() -> str:
    """A hash of what turns content into pages: a page in the database must not outlive it."""
    kinds = {".html", ".py", ".mo", ".css", ".js", ".svg", ".json", ".lock"}
    folders = [
        settings.BASE_DIR / name for name in ["careers", "portal", "quiz", "templates", "locale"]
    ]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.read_bytes())
    return total.hexdigest()


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@contextmanager
def at(version: int) -> Iterator[None]:
    """Within it the content has this version, and nobody asks the database again."""
    token = _asked.set(version)
    try:
        yield
    finally:
        _asked.reset(token)


def _moment(given: int | None) -> tuple[int, date]:
    """What everything kept depends on: the version of the content, and the day.

    Articles appear on their day, offers end on theirs, without any change of content.
    """
    for number in (given, _asked.get()):
        if number is not None:
            return number, timezone.localdate()
    return ContentVersion.current(), timezone.localdate()


def _get(store: MutableMapping[Hashable, T], key: Hashable, build: Callable[[], T]) -> T:
    with _lock:
        if key in store:
            return store[key]
    value = build()
    # A value larger than the whole store is made anew each time.
    with _lock, suppress(ValueError):
        store[key] = value
    return value


def page(*key: Hashable, version: int | None = None, build: Callable[[], bytes]) -> bytes:
    """What was rendered, per content version and language. Costs one query unless `version`."""
    return _get(_pages, (_moment(version), current_language(), *key), build)


def shared_page(*key: Hashable, version: int, build: Callable[[], bytes]) -> bytes:
    """The same for a page that costs much: made once for all processes, kept in the database too.

    Costs one query where another process made it, two more than `build` where none did.
    """
    moment = _moment(version)
    whole = (moment, current_language(), *key)

    def fetch() -> bytes:
        edition = _hash(code_version(), moment)
        name = _hash(edition, whole)
        body = KeptPage.objects.filter(pk=name).values_list("body", flat=True).first()
        if body is None:
            body = build()
            KeptPage.objects.exclude(edition=edition).delete()
            KeptPage.objects.bulk_create(
                [KeptPage(key=name, edition=edition, body=body)], ignore_conflicts=True
            )
        return bytes(body)

    return _get(_pages, whole, fetch)


def table(*key: Hashable, version: int | None = None, build: Callable[[], T]) -> T:
    """A value made from the content (a word list, counts), per content version."""
    return _get(_tables, (_moment(version), *key), build)


def parts(
    name: Hashable, keys: Mapping[K, Hashable], *, build: Callable[[list[K]], Mapping[K, bytes]]
) -> dict[K, bytes]:
    """Small parts of pages, per content version and language, in the order of `keys`.

    Those that are not kept are made in one go; what `build` leaves out is left out.
    """
    shared = (_moment(None), current_language(), name)
    whole = {part: (*shared, part, key) for part, key in keys.items()}
    with _lock:
        found = {part: _parts[key] for part, key in whole.items() if key in _parts}
    if missing := [part for part in keys if part not in found]:
        made = build(missing)
        with _lock:
            _parts.update({whole[part]: body for part, body in made.items()})
        found.update(made)
    return {part: found[part] for part in keys if part in found}


def recent(*key: Hashable, build: Callable[[], T]) -> T:
    """A value that may be a second old, whatever has changed since; kept by language."""
    return _get(_recent, (current_language(), *key), build)


def forget() -> None:
    """Drop all that is kept: for tests and for the cold side of the benchmark."""
    with _lock:
        _pages.clear()
        _parts.clear()
        _tables.clear()
        _recent.clear()


def forget_parts() -> None:
    """Drop the kept parts of pages: for the benchmark of the search."""
    with _lock:
        _parts.clear()
