"""Places in an ordered list of offers as short signed texts, for the links to other pages."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer

from careers.offers.search.query import Answer, Cursor, Sort

# As long as a number of an offer or a rank may be.
LONGEST = 60


def _signer(sort: Sort) -> Signer:
    # A place in one order means nothing in another.
    return Signer(salt=f"offers by {sort}", algorithm="sha1")


def text(cursor: Cursor, sort: Sort) -> str:
    """The cursor for an address; the direction stands in the name of the parameter."""
    return _signer(sort).sign(f"{cursor.rank}.{cursor.number}")


def read(signed: str, sort: Sort, *, backwards: bool) -> Cursor | None:
    """The cursor that was signed for this order, None for any other text."""
    try:
        rank, number = _signer(sort).unsign(signed[:LONGEST]).split(".")
    except BadSignature:
        return None
    return Cursor(int(rank), int(number), backwards)


def asked(data: Mapping[str, str], sort: Sort) -> Cursor | None:
    """The place that `after` or `before` of an address names; None without a good one."""
    for name in ("after", "before"):
        if signed := data.get(name):
            return read(signed, sort, backwards=name == "before")
    return None


def steps(answer: Answer, sort: Sort) -> dict[str, str]:
    """The queries that lead to the pages on both sides of an answer; "" at the ends."""
    places = {"previous_url": ("before", answer.previous), "next_url": ("after", answer.following)}
    return {
        key: f"?{urlencode({name: text(at, sort)})}" if at else ""
        for key, (name, at) in places.items()
    }
