"""Addresses of the same list with another filter or on another page, and what is unread in them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

# Added by other sites to links that lead here: no visitor asked for anything by it.
TRACKING = re.compile(r"utm_\w+|\w*clid|mc_[ce]id|_ga")
LONGEST_SHOWN = 60
MOST_SHOWN = 30


@dataclass(frozen=True)
class Ignored:
    """A value that says nothing in its parameter; `label` names the field, "" where there is none.

    As a text it is what the address says.
    """

    name: str
    value: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


def unread(query: QueryDict, names: Collection[str] = ("page",)) -> list[Ignored]:
    """What an address asks of a page that reads these parameters alone."""
    found = [
        Ignored(name[:LONGEST_SHOWN], value[:LONGEST_SHOWN])
        for name, value in query.items()
        if value and name not in names and not TRACKING.fullmatch(name)
    ]
    return found[:MOST_SHOWN]


def unread_page(page: Page, query: QueryDict | None) -> str:
    """The number of a page that was asked for and is not the one shown; "" where it is."""
    asked = query.get("page", "") if query is not None else ""
    return "" if asked == str(page.number) else asked[:LONGEST_SHOWN]


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
