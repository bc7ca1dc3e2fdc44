"""Keeps an index in step with the database: loads it, then applies what has changed since."""

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from careers.offers.search import copying, state
from careers.offers.search.index import TERMS, Index, Numbers, Rows

# So many changes are applied at a time; a request waits for no more.
AT_ONCE = 2_000
CHANGES = """
    SELECT id, offer_id, old_title_terms, old_body_terms FROM offers_offerchange
    WHERE id > %s ORDER BY id LIMIT %s"""


def build() -> Index:
    """An index made from the database."""
    # Changes from here on are read again later, which does no harm.
    index = Index(timezone.localdate().toordinal(), change=state.current().change)
    index.regroup(copying.groups())
    with transaction.atomic(), connection.cursor() as cursor:
        # The limit is meant for pages.
        cursor.execute("SET LOCAL statement_timeout = 0")
        for rows in copying.open_offers(index.day):
            index.add(rows)
    return index


def has_gap(index: Index, now: state.State) -> bool:
    """Whether the index cannot follow: changes were forgotten, or their numbers begun anew."""
    return now.oldest > index.change + 1 or now.change < index.change


def follow(index: Index, limit: int = AT_ONCE) -> int:
    """Apply the changes that come next, `limit` of them at most; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [index.change, limit])
        changes = cursor.fetchall()
    if changes:
        _apply(index, changes)
        index.change = changes[-1][0]
    return len(changes)


def keep_current(index: Index) -> bool:
    """Forget what ended before today, follow moves of professions and towns; whether it had to."""
    today, groups = timezone.localdate().toordinal(), copying.groups()
    if today == index.day and groups == index.groups:
        return False
    if today > index.day:
        index.drop_ended(today)
    index.regroup(groups)
    return True


def _apply(index: Index, changes: Sequence[tuple]) -> None:
    ids = {offer for _change, offer, *_terms in changes}
    rows = copying.offers(ids)
    head = rows.head
    stays = (head["is_published"] == 1) & (head["closing"] >= index.day)
    before = index.find(ids)
    has_new_words = _with_new_words(index, rows, changes)
    _remove_words(index, rows, changes, has_new_words | ~stays)
    numbers = np.union1d(np.fromiter(before, np.int64), head["number"][stays])
    index.remove(numbers)
    index.add(rows.only(stays), terms=has_new_words[stays])


def _with_new_words(index: Index, rows: Rows, changes: Iterable[tuple]) -> Numbers:
    """For each row, whether its words are other ones than the index has."""
    changed = [pk for _id, pk, *old in changes if old != [None, None]]
    return np.array(
        [
            number not in index.everything or number in index.bare
            for number in rows.head["number"].tolist()
        ],
        dtype=bool,
    ) | np.isin(rows.head["id"], changed)


def _remove_words(index: Index, rows: Rows, changes: Iterable[tuple], gone: Numbers) -> None:
    """Take out the words that offers had: those written down, and those of rows that are `gone`."""
    known = dict(zip(rows.head["id"].tolist(), rows.head["number"].tolist(), strict=True))
    # Of offers that are no longer in the database; asked once, for it reads a whole column.
    known |= index.numbers_of({pk for _id, pk, *_was in changes} - known.keys())
    for place, name in enumerate(TERMS):
        old = [
            (term, number)
            for _id, pk, *was in changes
            if (number := known.get(pk))
            for term in was[place] or []
        ]
        pairs = np.array(old, dtype=np.int64).reshape(-1, 2)
        index.remove_terms(name, pairs[:, 0], pairs[:, 1])
        places, terms = rows.pairs[name]
        leave = gone[places]
        index.remove_terms(name, terms[leave], rows.head["number"][places[leave]])
