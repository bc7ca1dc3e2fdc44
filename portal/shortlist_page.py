"""What a shortlist names: the rows behind its items, as they are today."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from careers.professions.comparison import comparison_url
from careers.professions.models import Profession
from careers.schools.models import Programme
from portal.shortlist import KINDS, Item, Shortlist

LABELS = {
    "offer": _("Job offers"),
    "programme": _("Programmes"),
    "profession": _("Professions"),
}
# As many professions as one comparison holds.
COMPARED = 4


def _rows(kind: str) -> QuerySet[Any]:
    """The rows of a kind that the public may see."""
    rows: dict[str, QuerySet[Any]] = {
        "offer": JobOffer.objects.for_public().for_cards(),
        "programme": Programme.objects.for_cards(),
        "profession": Profession.objects.listed().for_cards(),
    }
    return rows[kind]


def item(kind: str, pk: str) -> tuple[Item, Any]:
    """The item that a form names, and its row; Http404 where the public knows none."""
    if kind not in KINDS or not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise Http404
    row = _rows(kind).filter(pk=int(pk)).first()
    if row is None:
        raise Http404
    return (kind, int(pk)), row


def is_withdrawn(row: Any) -> bool:
    """Whether it is an offer of which nothing may be shown any more."""
    return isinstance(row, JobOffer) and row.status == OfferStatus.WITHDRAWN


def contents(shortlist: Shortlist) -> dict[str, Any]:
    """The kept rows by kind, the newest first; how many are gone; the link that compares."""
    groups, found = [], 0
    for kind in KINDS:
        wanted = [pk for name, pk in reversed(shortlist.items) if name == kind]
        rows = _rows(kind).in_bulk(wanted) if wanted else {}
        found += len(rows)
        groups.append(
            {"kind": kind, "label": LABELS[kind], "rows": [rows[pk] for pk in wanted if pk in rows]}
        )
    professions = groups[-1]["rows"]
    return {
        "groups": [group for group in groups if group["rows"]],
        "missing": len(shortlist) - found,
        "compare_url": comparison_url(professions[:COMPARED]) if len(professions) > 1 else "",
    }
