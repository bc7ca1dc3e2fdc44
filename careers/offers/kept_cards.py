"""Cards of offers as HTML, kept until the offer, the content or the day is another."""

from collections.abc import Hashable, Mapping
from threading import Lock

from django.db import connection
from django.template.loader import render_to_string

from careers.offers.cards import Card
from careers.offers.cards import cards as load
from careers.offers.search.query import Answer
from portal import kept

# More changes than these are not looked at one by one: all cards are made anew.
MOST_CHANGES = 2_000
CHANGES = """
    SELECT id, offer_id, (SELECT min(id) FROM offers_offerchange) FROM offers_offerchange
    WHERE id > %s ORDER BY id LIMIT %s"""


class Versions:
    """The last change of each offer that has changed since this process looked first."""

    def __init__(self) -> None:
        self._since, self._seen = 0, 0
        self._last: dict[int, int] = {}
        self._lock = Lock()

    def of(self, ids: list[int], change: int) -> dict[int, Hashable]:
        """What changes whenever one of these offers does; `change` is the newest there is.

        Rows read after this call are at least as new.
        """
        with self._lock:
            if change != self._seen:
                self._catch_up(change)
            return {pk: (self._since, self._last.get(pk, 0)) for pk in ids}

    def _catch_up(self, change: int) -> None:
        rows = self._changes(change) if self._seen < change else []
        # None or too many are written down, or their numbers have begun anew.
        if not rows or len(rows) + len(self._last) > MOST_CHANGES or rows[0][2] > self._seen + 1:
            self._since, self._seen, self._last = change, change, {}
        else:
            self._seen = rows[-1][0]
            self._last.update({offer: number for number, offer, _first in rows})

    def _changes(self, change: int) -> list[tuple[int, int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(CHANGES, [self._seen, MOST_CHANGES + 1])
            return cursor.fetchall()


_versions = Versions()


def cards(
    answer: Answer, *, unit: str, distances: Mapping[int, float], near: Hashable
) -> list[str]:
    """The cards of a page as anybody sees them; `near` names the place of the `distances`.

    Three queries for those that are not kept; what is gone is left out.
    """

    def build(ids: list[int]) -> dict[int, bytes]:
        return {
            card.offer.pk: html(card).encode() for card in load(ids, unit=unit, distances=distances)
        }

    versions = _versions.of(answer.ids, answer.change)
    found = kept.parts(("card", unit, near), versions, build=build)
    return [body.decode() for body in found.values()]


def html(card: Card) -> str:
    return render_to_string("careers/offers/_card.html", {"card": card, "offer": card.offer})
