"""What a visitor types as "where", understood; and what lies within a distance of it.

Everything is answered from memory: no query but the one for the content version, and none where
the caller gives `version`.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import dist, isnan
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from careers.zones import gazetteer, sphere
from careers.zones.gazetteer import (
    KIND_ORDER,
    OTHER,
    Gazetteer,
    Place,
    PlaceKind,
    Spelling,
    plain,
    shortened,
)
from portal.words import LONGEST_QUERY, WORD, fold, query_words, split

__all__ = [
    "MOST",
    "RADII",
    "Place",
    "PlaceKind",
    "Radius",
    "clean_radius",
    "distances",
    "find_place",
    "get_place",
    "places_like",
    "within",
]

# Kilometres, as the page offers them.
RADII = (5, 10, 15, 25, 50, 100)
MOST = 10
SHORTEST = 2
# A name this short has too many neighbours for one of them to be meant.
SHORTEST_MISSPELT = 4
LONGEST_SHOWN = 20


def get_place(kind: PlaceKind | str, key: str, version: int | None = None) -> Place | None:
    """The place of this kind and key, if there is one."""
    return gazetteer.current(version).by_key.get((str(kind), key))


def find_place(text: str, version: int | None = None) -> Place | None:
    """The place that is meant, or None: where nothing or several fit, see `places_like`.

    A postcode or NIS code in the text decides, whatever stands beside it. Then names in any
    language, former ones and aliases among them; then the one name that holds all the words; then
    the one with a single typing error.
    """
    words = query_words(text)
    known = gazetteer.current(version)
    for word in words:
        number = word.removeprefix("be").removeprefix("b")
        if number in known.numbers:
            return known.numbers[number]
    name = plain(" ".join(word for word in words if not word.isdigit()))
    if not name:
        return None
    return _named(shortened(name), known)


def _named(name: str, known: Gazetteer) -> Place | None:
    found = known.exact.get(name) or _holding(name, known) or _misspelt(name, known)
    *before, last = name.split()
    if found or not before or last not in known.exact or not known.exact[last].is_everywhere:
        return found
    # "Liège, Belgique".
    return _named(" ".join(before), known)


def _holding(words: str, known: Gazetteer) -> Place | None:
    """The place with a name that holds the words whole, if one kind has a single such place."""
    found = {
        item.place
        for item in known.named
        if item.place.kind != PlaceKind.POSTCODE and f" {words} " in f" {item.short} "
    }
    for kind in PlaceKind:
        of_kind = [place for place in found if place.kind == kind]
        if of_kind:
            return of_kind[0] if len(of_kind) == 1 else None
    return None


def _misspelt(words: str, known: Gazetteer) -> Place | None:
    """The place one letter away: wrong, missing, extra or swapped with the next."""
    typed = words.replace(" ", "")
    if len(typed) < SHORTEST_MISSPELT or not typed.isalpha():
        return None
    near = process.extract(
        typed, [*known.unspaced], scorer=OSA.distance, score_cutoff=1, limit=None
    )
    # People leave out the last letter more often than they miss the first.
    ranks: dict[tuple[Any, ...], set[Place]] = defaultdict(set)
    for name, distance, _index in near:
        for item in known.unspaced[name]:
            rank = distance, not name.startswith(typed), name[0] != typed[0], *item.rank
            ranks[rank].add(item.place)
    best = ranks[min(ranks)] if ranks else set()
    return best.pop() if len(best) == 1 else None


def places_like(text: str, limit: int = MOST, version: int | None = None) -> list[Place]:
    """Places that fit what was typed so far, the best first; none below two letters.

    They begin with it, or a word in their name does; where none does, one error is forgiven.
    Postcodes are among them only where a digit was typed.
    """
    words = WORD.findall(fold(text[:LONGEST_QUERY]))
    if sum(map(len, words)) < SHORTEST:
        return []
    # The last word may still be the beginning of another than "de" or "d'".
    *before, last = words
    typed = " ".join([*split(" ".join(before)), last])
    without_particles = " ".join([*plain(" ".join(before)).split(), last])
    known = gazetteer.current(version)
    for beginning in dict.fromkeys([typed, without_particles]):
        if found := [*known.beginning(beginning)]:
            return _best(found, beginning, limit)
    near = _misspelt_beginnings(without_particles, known)
    return _best([row for text in near for row in known.beginning(text)], typed, limit)


def _best(found: list[tuple[int, Spelling]], typed: str, limit: int) -> list[Place]:
    def rank(row: tuple[int, Spelling]) -> tuple[Any, ...]:
        start, item = row
        is_whole, weight = typed in item.forms, item.place.weight
        # Of names typed in full the local one comes first; a beginning may be of any language.
        tier = item.tier if is_whole else item.tier == OTHER
        return not is_whole, start > 0, tier, KIND_ORDER[item.place.kind], -weight, item.plain

    if not any(letter.isdigit() for letter in typed):
        found = [row for row in found if row[1].place.kind != PlaceKind.POSTCODE]
    return [*dict.fromkeys(item.place for _start, item in sorted(found, key=rank))][:limit]


def _misspelt_beginnings(typed: str, known: Gazetteer) -> list[str]:
    if len(typed) < SHORTEST_MISSPELT or not typed.replace(" ", "").isalpha():
        return []
    lengths = (len(typed) - 1, len(typed), len(typed) + 1)
    near = {
        item.plain[:length]
        for item in known.named
        if item.plain[0] == typed[0]
        for length in lengths
        if len(item.plain) >= length
    }
    found = process.extract(typed, sorted(near), scorer=OSA.distance, score_cutoff=1, limit=MOST)
    return [beginning for beginning, _distance, _index in found]


def distances(place: Place, version: int | None = None) -> dict[int, float]:
    """Kilometres from each municipality to the nearest one of the place; 0.0 inside it."""
    points = gazetteer.current(version).points
    inside = [points[pk] for pk in place.municipality_ids if pk in points]
    if not inside:
        return {}
    return {
        pk: 0.0
        if pk in place.municipality_ids
        else sphere.arc(min(dist(point, other) for other in inside))
        for pk, point in points.items()
    }


def within(place: Place, km: float, version: int | None = None) -> frozenset[int]:
    """The ids of the municipalities at most `km` from the nearest one of the place, and its own."""
    near = {pk for pk, distance in distances(place, version).items() if distance <= km}
    return place.municipality_ids | near


@dataclass(frozen=True)
class Radius:
    """The radius in force in kilometres, or None; `said` tells what was not taken as given."""

    km: int | None
    said: str = ""


def clean_radius(given: str | float | None) -> Radius:
    """One of `RADII`: any other number becomes the next larger one, or the largest there is."""
    text = "" if given is None else str(given).strip()
    if not text:
        return Radius(None)
    shown = text[:LONGEST_SHOWN]
    try:
        number = float(text.lower().removesuffix("km").replace(",", "."))
    except ValueError:
        number = float("nan")
    if isnan(number):
        return Radius(None, _("The radius “%(given)s” is not a number.") % {"given": shown})
    km = next((radius for radius in RADII if radius >= number), RADII[-1])
    if km == number:
        return Radius(km)
    said = _("A radius of %(given)s km is not offered: it is %(km)s km now.")
    return Radius(km, said % {"given": shown.lower().removesuffix("km").strip(), "km": km})
