"""The search of offers: what the pages call. Nobody else knows which engine answers."""

from collections.abc import Collection

from careers.offers.search.names import repair
from careers.offers.search.query import PAGE_SIZE, PANEL, Answer, Query
from careers.offers.search.sql import SqlSearch

__all__ = ["count", "repair", "search"]


def search(query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL) -> Answer:
    """A page of live offers, how many there are in all, and how many carry each facet value."""
    return SqlSearch().search(query, size=size, facets=facets)


def count(query: Query) -> int:
    """How many live offers match."""
    return SqlSearch().count(query)
