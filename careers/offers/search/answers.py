"""What the engines share on the way from matches to an answer."""

from collections.abc import Iterable, Mapping

from careers.offers.search.query import DAYS, Answer, Cursor

# The distance of an offer none of whose places has one: after all others.
FAR = 2**31 - 1
# More digits than any id has.
LONGEST_ID = 18


def whole_numbers(values: Iterable[str]) -> list[int]:
    """The ids among the chosen values; what is no id matches nothing."""
    return [int(v) for v in values if v.isascii() and v.isdigit() and len(v) <= LONGEST_ID]


def since_counts(bands: Mapping[str, int]) -> dict[str, int]:
    """Offers by the number of days they are within, from offers by the least such number."""
    total, counts = 0, {}
    for days in DAYS:
        total += bands.get(str(days), 0)
        if total:
            counts[str(days)] = total
    return counts


def shown(
    rows: Iterable[tuple[int, int, int]], at: Cursor | None, size: int, *, beyond: bool, total: int
) -> Answer:
    """The page of (rank, number, id) rows, of which one more than `size` are given if there are.

    `beyond` says whether offers lie on the other side of `at`, itself included.
    """
    rows = sorted(rows, key=lambda row: (row[0], -row[1]))
    back = at is not None and at.backwards
    more = len(rows) > size
    rows = rows[-size:] if back else rows[:size]
    before, after = (more, beyond) if back else (beyond, more)
    if rows:
        first, last = rows[0], rows[-1]
    elif at:
        # The place itself belongs to the page one goes back to.
        first = last = (at.rank, at.number + (1 if back else -1), 0)
    return Answer(
        ids=[pk for _rank, _number, pk in rows],
        total=total,
        previous=Cursor(first[0], first[1], backwards=True) if before else None,
        following=Cursor(last[0], last[1]) if after else None,
    )
