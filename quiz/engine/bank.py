"""The item bank: which statements there are, and which interest each asks about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine.checks import fixed
from quiz.engine.dimensions import RIASEC, dimension_index
from quiz.engine.errors import BadBank, EngineError, UnknownItem
from quiz.engine.identity import Id, id_order, looked_up, plain_id


@dataclass(frozen=True, slots=True)
class Item:
    """One statement to rate: its id, its interest ("R" to "C") and, where known, its facet."""

    id: Id
    dimension: str
    facet: str | None = None


@dataclass(frozen=True, init=False, eq=False)
class Bank:
    """The items of a questionnaire, any number an interest, in the order given.

    `items` is one of: `Item`s; pairs (id, interest) or triples (id, interest, facet); a mapping
    from id to interest; or ids alone, with their interests in `dimensions`. An interest is a
    letter, a name or an index (see `dimension_index`). Ids are strings or whole numbers.

    Raises `BadBank` where ids repeat, an interest is unknown, or nothing is given.
    """

    items: tuple[Item, ...]

    def __init__(self, items: Any, dimensions: Iterable[Any] | None = None) -> None:
        try:
            made = tuple(_items(items, dimensions))
        except (EngineError, TypeError, ValueError) as error:
            raise BadBank(f"This is no item bank: {error}") from error
        if not made:
            raise BadBank("An item bank needs at least one item.")
        if len({item.id for item in made}) < len(made):
            raise BadBank("Ids of items must differ.")
        object.__setattr__(self, "items", made)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def ids(self) -> tuple[Id, ...]:
        return tuple(item.id for item in self.items)

    @cached_property
    def _index(self) -> dict[Id, int]:
        return {item: index for index, item in enumerate(self.ids)}

    @cached_property
    def dimension(self) -> NDArray[np.intp]:
        """For each item, the index of its interest."""
        indexes = [RIASEC.index(item.dimension) for item in self.items]
        return fixed(np.array(indexes, dtype=np.intp))

    @cached_property
    def scale_weights(self) -> NDArray[np.float64]:
        """L of P = Lx (6 × items): each scale is the mean of its items; no items, all zero."""
        member = self.dimension == np.arange(6)[:, None]
        return fixed(member / np.maximum(member.sum(axis=1, keepdims=True), 1))

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """Which of the six interests have items."""
        return fixed(self.scale_weights.sum(axis=1) > 0)

    @cached_property
    def centring(self) -> NDArray[np.float64]:
        """The matrix (6 × 6) that takes away the mean of the interests that have items."""
        present = self.present.astype(float)
        return fixed(np.diag(present) - np.outer(present, present) / present.sum())

    @cached_property
    def by_id(self) -> NDArray[np.intp]:
        """Indexes of the items in the order of their ids: the order that breaks ties."""
        order = sorted(range(len(self)), key=lambda index: id_order(self.ids[index]))
        return fixed(np.array(order, dtype=np.intp))

    def index(self, item: Any) -> int:
        """Where an item stands. Raises `UnknownItem`."""
        index = looked_up(item, self._index)
        if index is None:
            raise UnknownItem(f"No item of the bank has the id {item!r}.")
        return index


def _items(items: Any, dimensions: Iterable[Any] | None) -> Iterable[Item]:
    if dimensions is not None:
        items = zip(items, dimensions, strict=True)
    elif isinstance(items, Mapping):
        items = items.items()
    for item in items:
        if isinstance(item, Item):
            yield _item(item.id, item.dimension, item.facet)
        else:
            yield _item(*item)


def _item(item: Any, dimension: Any, facet: Any = None) -> Item:
    name = None if facet is None else str(facet)
    return Item(plain_id(item), RIASEC[dimension_index(dimension)], name)
