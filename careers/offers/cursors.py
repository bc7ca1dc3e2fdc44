"""Places in an ordered list of offers as short signed texts, for the links to other pages."""

from django.core.signing import BadSignature, Signer

from careers.offers.search.query import Cursor, Sort

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
