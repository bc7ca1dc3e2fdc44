"""The page of search results: what the address asks for, and what the page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.offers import live
from portal import home
from portal.directory import KINDS
from portal.facets import LONGEST_SHOWN
from portal.pagination import PAGE_SIZE
from portal.search import Found, Results, proposals, search
from portal.words import LONGEST_QUERY, query_words

IN_A_GROUP = 5
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Asked:
    """The query of the address, made harmless: what cannot be understood is ignored."""

    text: str
    where: str = ""
    kind: str = ""
    page: int = 1
    exact: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        kind = query.get("kind", "")
        return cls(
            text=" ".join(query.get("q", "").split())[:LONGEST_QUERY],
            where=" ".join(query.get("where", "").split())[:LONGEST_SHOWN],
            kind=kind if kind in KINDS else "",
            page=_page_number(query.get("page", "")),
            exact="exact" in query,
        )

    def url(self, **changes: str) -> str:
        """The address of the same search with other values; the page starts anew."""
        return f"{reverse('portal:search')}?{_query(self._values | changes).urlencode()}"

    @property
    def _values(self) -> dict[str, str]:
        exact = "1" if self.exact else ""
        return {"q": self.text, "where": self.where, "kind": self.kind, "exact": exact}

    @property
    def exact_url(self) -> str:
        """The address of the same search without repair of misspelt words."""
        return self.url(exact="1")

    @property
    def query(self) -> QueryDict:
        """The query string as we would write it, for links to other pages of the results."""
        return _query(self._values)

    @property
    def offers(self) -> dict[str, str]:
        """The live offers that answer, as a part of the page."""
        return {"offers": live.of_search(_query({"q": self.text, "where": self.where}))}


def _query(values: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return query


def _page_number(text: str) -> int:
    try:
        return max(1, min(int(text), LAST_PAGE))
    except ValueError:
        return 1


def ignored(query: QueryDict) -> list[str]:
    """What the address says that search does not know, to be told to the visitor."""
    told = []
    if (kind := query.get("kind", "")) and kind not in KINDS:
        told.append(f"kind={kind[:50]}")
    if len(query.get("q", "")) > LONGEST_QUERY:
        told.append(f"q={query['q'][LONGEST_QUERY:][:50]}…")
    return told


def contents(asked: Asked, version: int) -> dict[str, Any]:
    """The context of the results."""
    if not query_words(asked.text):
        return {"asked": asked, "sectors": home.sectors()}
    results = search(asked.text, exact=asked.exact, version=version)
    context: dict[str, Any] = {"asked": asked, "results": results, "chips": _chips(asked, results)}
    if not results.total:
        return context | {
            "proposals": _proposals(asked, results, version),
            "sectors": home.sectors(),
        }
    if asked.kind:
        return context | {"page": _page(asked, results), "kind": KINDS[asked.kind]}
    return context | {"groups": _groups(asked, results)}


def _chips(asked: Asked, results: Results) -> list[dict[str, Any]]:
    """All, and each kind with its count; a kind without result leads nowhere."""
    counts = {kind: len(results.by_kind.get(kind, [])) for kind in KINDS}
    return [
        {
            "label": label,
            "count": count,
            "url": asked.url(kind=kind) if count or kind == asked.kind else "",
            "current": kind == asked.kind,
        }
        for kind, label, count in [
            ("", _("All"), results.total),
            *[(kind, KINDS[kind], counts[kind]) for kind in KINDS],
        ]
    ]


def _page(asked: Asked, results: Results) -> Page:
    found: Sequence[Found] = results.by_kind.get(asked.kind, [])
    return Paginator(found, PAGE_SIZE).get_page(asked.page)


def _groups(asked: Asked, results: Results) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "label": KINDS[kind],
            "count": len(found),
            "found": found[:IN_A_GROUP],
            "url": asked.url(kind=kind) if len(found) > IN_A_GROUP else "",
        }
        for kind, found in results.by_kind.items()
    ]


def _proposals(asked: Asked, results: Results, version: int) -> list[dict[str, Any]]:
    return [
        {"label": f"{proposal.text} ({proposal.count})", "url": Asked(proposal.text).url()}
        for proposal in proposals(results.typed, version)
    ]
