"""A place that an address asks for and nobody knows, told in words."""

from collections.abc import Callable
from dataclasses import dataclass

from careers.zones.places import find_place, places_like

MOST_WAYS = 5


@dataclass(frozen=True)
class UnknownPlace:
    """A text that names no place, and the nearest names: pairs of a label and an address."""

    text: str
    ways: list[tuple[str, str]]


def unknown_place(
    text: str, address: Callable[[str], str], version: int | None = None
) -> UnknownPlace | None:
    """What to tell of a text typed as a place; None where it is one, or nothing.

    `address` gives the address of the same page with another text.
    """
    if not text or find_place(text, version):
        return None
    near = places_like(text, MOST_WAYS, version)
    return UnknownPlace(text, [(place.label, address(place.text)) for place in near])
