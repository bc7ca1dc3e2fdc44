"""The search of offers: what the pages call. Nobody else knows which engine answers."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from careers.offers.search import limit, live, names, snapshot, state
from careers.offers.search.limit import NotInTime
from careers.offers.search.query import PAGE_SIZE, PANEL, Answer, Query
from careers.offers.search.sql import SqlSearch
from portal import kept

__all__ = [
    "NotInTime",
    "count",
    "has_index",
    "is_ready",
    "renew_snapshot",
    "repair",
    "search",
    "start",
]

# None where the database alone answers: in commands, jobs and tests.
_live: live.LiveSearch | None = None


def start() -> None:
    """Let this process, and those forked from it, answer from memory."""
    global _live
    _live = live.started(snapshot.default_path())


def is_ready() -> bool:
    """Whether this process need not wait for its index; it is loaded from now on where it must."""
    return _live is None or _live.is_ready()


def has_index() -> bool:
    """Whether the index of this process is loaded, if it answers from one at all."""
    return _live is None or _live.engine is not None


def renew_snapshot() -> int:
    """Write the index for the next process that starts; how many offers are in it."""
    return live.LiveSearch(snapshot.default_path()).renew_snapshot()


def search(query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL) -> Answer:
    """A page of live offers, how many there are in all, and how many carry each facet value.

    It knows all that was committed before. One query where memory answers. Raises NotInTime where
    PostgreSQL must answer and the request has no time left for it.
    """
    now = state.current()
    if now.has_waiting:
        state.analyse()
        now = state.current()
    with kept.at(now.content):
        answer = _live.search(query, now, size=size, facets=facets) if _live else None
        answer = answer or _from_tables(query, size, facets)
    return replace(answer, change=now.change)


def _from_tables(query: Query, size: int, facets: Collection[str]) -> Answer:
    if not _live:
        return SqlSearch().search(query, size=size, facets=facets)
    try:
        return SqlSearch(limit.deadline()).search(query, size=size, facets=facets)
    except NotInTime:
        # Thousands of changes at once are not all in memory yet: rather that than nothing.
        if answer := _live.search_behind(query, size=size, facets=facets):
            return answer
        raise


def repair(words: Sequence[str]) -> tuple[str, ...]:
    """As many words, those that nobody uses replaced by the likeliest name; see `names.repair`."""
    return names.repair(words, _live.holds, limit.deadline()) if _live else names.repair(words)


def count(query: Query) -> int:
    """How many live offers match."""
    return search(query, size=0, facets=[]).total
