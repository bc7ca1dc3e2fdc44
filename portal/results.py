"""The page of search results: what the address asks for, and what the page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from careers.offers import live
from careers.offers.listing import counted
from careers.offers.unknown import UnknownPlace, unknown_place
from portal import directory, home, kept
from portal.directory import KINDS
from portal.numbers import number_text
from portal.pagination import PAGE_SIZE
from portal.query import LONGEST_SHOWN, Ignored
from portal.search import Found, Results, proposals, search
from portal.words import LONGEST_QUERY, query_words

IN_A_GROUP = 5
LAST_PAGE = 10_000
ANSWERS = "portal/_answers.html"


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
        return f"{reverse('portal:search')}?{_query(self.values | changes).urlencode()}"

    @property
    def values(self) -> dict[str, str]:
        """What the address says of the search, the page aside."""
        exact = "1" if self.exact else ""
        return {"q": self.text, "where": self.where, "kind": self.kind, "exact": exact}

    @property
    def exact_url(self) -> str:
        """The address of the same search without repair of misspelt words."""
        return self.url(exact="1")

    @property
    def query(self) -> QueryDict:
        """The query string as we would write it, for links to other pages of the results."""
        return _query(self.values)

    def unknown_place(self, version: int) -> UnknownPlace | None:
        """The place that was typed, where none is known by that name."""
        return unknown_place(self.where, lambda text: self.url(where=text), version)


def _query(values: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return query


def _page_number(text: str) -> int:
    try:
        return max(1, min(int(text), LAST_PAGE))
    except ValueError:
        return 1


def ignored(query: QueryDict) -> list[Ignored]:
    """What the address says that search does not know, to be told to the visitor."""
    told = []
    if (kind := query.get("kind", "")) and kind not in KINDS:
        told.append(Ignored("kind", kind[:LONGEST_SHOWN], gettext("Kind of results")))
    if len(query.get("q", "")) > LONGEST_QUERY:
        rest = query["q"][LONGEST_QUERY:][:LONGEST_SHOWN]
        told.append(Ignored("q", f"…{rest}…", gettext("Words")))
    return told


def contents(asked: Asked, version: int) -> dict[str, Any]:
    """The context of the results, without what depends on the live offers."""
    context: dict[str, Any] = {"asked": asked, "unknown_place": asked.unknown_place(version)}
    if not query_words(asked.text):
        return context | {"sectors": home.sectors()}
    results = _found(asked, version)
    context["results"] = results
    if not results.total:
        return context | {"sectors": home.sectors()}
    if asked.kind:
        return context | {"page": _page(asked, results), "kind": KINDS[asked.kind]}
    return context | {"groups": _groups(asked, results)}


def fresh(asked: Asked, version: int) -> dict[str, str]:
    """The live offers that answer, and the parts of the page that change with their number."""
    query = _query({name: asked.values[name] for name in ["q", "where", "exact"]})
    # What the site knows by its name is not misspelt, whether or not an offer holds it.
    offers = live.of_search(query, lambda word: directory.vocabulary(version).knows(word))
    parts = {"offers": offers.html}
    if not query_words(asked.text):
        return parts
    results = _found(asked, version)
    context = {
        "asked": asked,
        "pages": results.total,
        "offers": offers.total,
        "count": _counted(results.total, offers.total or 0),
        "chips": _chips(asked, results, offers),
    }
    names = ["count", "chips"]
    if not results.total and not offers.total:
        context["proposals"] = _proposals(asked, results, version)
        names.append("nothing")
    else:
        parts["nothing"] = ""
    return parts | {name: render_to_string(f"{ANSWERS}#{name}", context) for name in names}


def _found(asked: Asked, version: int) -> Results:
    """The pages that answer, sought once for the page and for its fresh parts."""
    return kept.recent(
        "results",
        (version, asked.text, asked.exact),
        build=lambda: search(asked.text, exact=asked.exact, version=version),
    )


def _counted(pages: int, offers: int) -> str:
    """ "5 pages and 84 offers"."""
    if not offers:
        return ngettext("%(total)s result", "%(total)s results", pages) % {"total": pages}
    if not pages:
        return counted(offers)
    told = ngettext("%(count)s page", "%(count)s pages", pages) % {"count": number_text(pages)}
    return gettext("%(pages)s and %(offers)s") % {"pages": told, "offers": counted(offers)}


def _chips(asked: Asked, results: Results, offers: live.SearchedOffers) -> list[dict[str, Any]]:
    """All, and each kind with its count; a kind without result leads nowhere."""
    counts = {kind: len(results.by_kind.get(kind, [])) for kind in KINDS}
    total = results.total + (offers.total or 0)
    chips = [
        {
            "label": label,
            "count": number_text(count) if count else "",
            "url": asked.url(kind=kind) if count or kind == asked.kind else "",
            "current": kind == asked.kind,
        }
        for kind, label, count in [
            ("", _("All"), total),
            *[(kind, KINDS[kind], counts[kind]) for kind in KINDS],
        ]
    ]
    if offers.total:
        text = number_text(offers.total)
        chips.insert(1, {"label": _("Job offers"), "count": text, "url": offers.url})
    return chips


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
