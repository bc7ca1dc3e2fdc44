"""Addresses of the same list with another filter or on another page."""

from typing import Any

from django.http import QueryDict


def query_with(query: QueryDict | None, **values: Any) -> str:
    """`?…` of the query with these values set, the page number dropped; None removes a name."""
    changed = query.copy() if query is not None else QueryDict(mutable=True)
    changed.pop("page", None)
    for name, value in values.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return "?" + changed.urlencode()


def query_without(query: QueryDict, name: str, value: Any = None) -> str:
    """`?…` of the query without one value of a name, or without the name, and without the page."""
    changed = query.copy()
    changed.pop("page", None)
    kept = [] if value is None else [v for v in changed.getlist(name) if v != str(value)]
    if kept:
        changed.setlist(name, kept)
    else:
        changed.pop(name, None)
    return "?" + changed.urlencode()


def query_page(query: QueryDict | None, number: int) -> str:
    """`?…` of the query with another page number; the first page has none."""
    changed = query.copy() if query is not None else QueryDict(mutable=True)
    changed.pop("page", None)
    if number > 1:
        changed["page"] = str(number)
    return "?" + changed.urlencode()
