"""The search of offers: what the pages call. Nobody else knows which engine answers."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from careers.offers.search import live, names, snapshot, state
from careers.offers.search.query import PAGE_SIZE, PANEL, Answer, Query
from careers.offers.search.sql import SqlSearch
from portal import kept

__all__ = ["count", "renew_snapshot", "repair", "search", "start"]

# None where the database alone answers: in commands, jobs and tests.
_live: live.LiveSearch | None = None


def start() -> None:
    """Let this process, and those forked from it, answer from memory."""
    global _live
    _live = live.started(snapshot.default_path())


def renew_snapshot() -> None:
    """Write the index for the next process that starts: for a nightly job."""
    live.LiveSearch(snapshot.default_path()).renew_snapshot()


def search(query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL) -> Answer:
    """A page of live offers, how many there are in all, and how many carry each facet value.

    It knows all that was committed before. One query where memory answers.
    """
    now = state.current()
    if now.has_waiting:
        state.analyse()
        now = state.current()
    with kept.at(now.content):
        answer = _live.search(query, now, size=size, facets=facets) if _live else None
        answer = answer or SqlSearch().search(query, size=size, facets=facets)
    return replace(answer, change=now.change)


def repair(words: Sequence[str]) -> tuple[str, ...]:
    """As many words, those that nobody uses replaced by the likeliest name; see `names.repair`."""
    return names.repair(words, _live.holds) if _live else names.repair(words)


def count(query: Query) -> int:
    """How many live offers match."""
    return search(query, size=0, facets=[]).total
