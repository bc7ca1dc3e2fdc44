"""Published offers as sets of numbers in memory: one for each word, facet value, day and place.

An offer is its `number`, which rises with the moment of its first publication: the newest are the
highest. What an offer has once is kept in a column of numbers too, for counting few offers and for
knowing which sets an offer must leave when it changes.
"""

from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyroaring import BitMap

from careers.offers.enums import (
    Contract,
    Experience,
    HoursPattern,
    Licence,
    Telework,
    WorkingTime,
    WorkLanguage,
)
from careers.offers.search.query import MINORS, STUDENT
from careers.professions.enums import StudyLevel

Numbers = np.ndarray
Family = dict[Any, BitMap]

# Facets of a closed list, and their values: a column holds the place of a value in its list.
LISTS: dict[str, list[str]] = {
    "contract": Contract.values,
    "time": WorkingTime.values,
    "hours": HoursPattern.values,
    "experience": Experience.values,
    "level": StudyLevel.values,
    "telework": Telework.values,
    "licence": Licence.values,
}
LANGUAGES = WorkLanguage.values
AUDIENCES = [STUDENT, MINORS]
# Sets of "pay at least" are kept for multiples of this many euros a month, up to the last one.
STEP, LAST_STEP = 100, 10_000
NO_PAY = -1

# What each offer has once, and the room it takes.
COLUMNS = {
    "id": np.int64,
    "profession": np.int32,  # 0: none
    "employer": np.int32,
    "pay": np.int32,
    "closing": np.int32,  # days, as `date.toordinal`
    "published": np.int32,
    **dict.fromkeys(LISTS, np.uint8),
}
# Families of sets whose key is what the column of the same name holds.
BY_COLUMN = ["profession", "employer", "pay", "closing", "published", *LISTS]
# Families of which an offer may be in several sets.
SEVERAL = ["audience", "municipality", "language", "paid", "sector", "province"]
TERMS = ["title", "body"]
FAMILIES = [*BY_COLUMN, *SEVERAL, *TERMS]


def bitmap(numbers: Numbers) -> BitMap:
    """A set of numbers; left as it is, for sets that are optimised for size intersect slowly."""
    return BitMap(array("I", numbers.astype(np.uint32).tobytes()), optimize=False)


def numbers_of(found: BitMap) -> Numbers:
    """The members in rising order."""
    return np.frombuffer(found.to_array(), dtype=np.uint32)


@dataclass
class Rows:
    """Offers as read from the database; the pairs are (place of the offer in `head`, value)."""

    # The fields of COLUMNS, `number`, `audience` (bits), `is_bare` and `is_published`.
    head: np.ndarray
    pairs: dict[str, tuple[Numbers, Numbers]]

    def __len__(self) -> int:
        return len(self.head)

    def only(self, wanted: Numbers) -> "Rows":
        """The rows for which the array of truth values says so."""
        places = np.cumsum(wanted) - 1
        return Rows(
            self.head[wanted],
            {
                name: (places[rows[kept]], values[kept])
                for name, (rows, values) in self.pairs.items()
                for kept in [wanted[rows]]
            },
        )


@dataclass(frozen=True)
class Groups:
    """To which sector each profession belongs, and to which province or region each town."""

    sectors: Mapping[int, int]
    provinces: Mapping[int, str]


@dataclass
class Index:
    """The sets and columns. Offers that ended before `day` are not in it."""

    day: int
    # The number of the last change it contains.
    change: int = 0
    # The number of the offer that stands first in the columns.
    base: int = 0
    columns: dict[str, Numbers] = field(
        default_factory=lambda: {name: np.zeros(0, kind) for name, kind in COLUMNS.items()}
    )
    families: dict[str, Family] = field(default_factory=lambda: {name: {} for name in FAMILIES})
    everything: BitMap = field(default_factory=BitMap)
    # Offers whose terms were not made when they were read.
    bare: BitMap = field(default_factory=BitMap)
    groups: Groups = field(default_factory=lambda: Groups({}, {}))

    def column(self, name: str, numbers: Numbers) -> Numbers:
        """What a column holds for offers of the index."""
        return self.columns[name][numbers.astype(np.int64) - self.base]

    def find(self, ids: Iterable[int]) -> BitMap:
        """The numbers of offers, of those that are here."""
        places = np.flatnonzero(np.isin(self.columns["id"], [*ids]))
        return bitmap(places + self.base) & self.everything

    def numbers_of(self, ids: Collection[int]) -> dict[int, int]:
        """The number of each of these offers that has one here."""
        if not ids:
            return {}
        places = np.flatnonzero(np.isin(self.columns["id"], [*ids]))
        return dict(
            zip(self.columns["id"][places].tolist(), (places + self.base).tolist(), strict=True)
        )

    # Adding.

    def add(self, rows: Rows, *, terms: Numbers | None = None) -> None:
        """Take in offers that are not here; `terms` says of which of them the words are wanted."""
        if not len(rows):
            return
        numbers = rows.head["number"].astype(np.int64)
        self._make_room(int(np.min(numbers)), int(np.max(numbers)))
        for name in COLUMNS:
            self.columns[name][numbers - self.base] = rows.head[name]
        for name in BY_COLUMN:
            self._extend(name, rows.head[name], numbers)
        self._extend_pay(rows.head["pay"], numbers)
        self._extend_groups(rows, numbers)
        for place, name in enumerate(AUDIENCES):
            holds = rows.head["audience"] >> place & 1 == 1
            self._set("audience", name, numbers[holds])
        for name, (places, values) in rows.pairs.items():
            if name in TERMS and terms is not None:
                places, values = places[terms[places]], values[terms[places]]
            self._extend(name, values, numbers[places])
        self.everything |= bitmap(numbers)
        self.bare |= bitmap(numbers[rows.head["is_bare"] == 1])

    def _make_room(self, least: int, most: int) -> None:
        """Let the columns reach from one number to another, with room to spare at the end."""
        size = len(self.columns["id"])
        if size and self.base <= least and most < self.base + size:
            return
        first = min(self.base, least) if size else least
        end = max(self.base + size, most + 1) if size else most + 1
        end += max(1024, (end - first) // 16)
        for name, old in self.columns.items():
            new = np.zeros(end - first, COLUMNS[name])
            new[self.base - first : self.base - first + size] = old
            self.columns[name] = new
        self.base = first

    def _set(self, name: str, key: Any, numbers: Numbers) -> None:
        if len(numbers):
            more = bitmap(numbers)
            if (old := self.families[name].get(key)) is None:
                self.families[name][key] = more
            else:
                old |= more

    def _extend(self, name: str, keys: Numbers, numbers: Numbers) -> None:
        """Add each number to the set of its key."""
        if not len(keys):
            return
        order = np.argsort(keys)
        keys, numbers = keys[order], numbers[order].astype(np.uint32)
        starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        ends = [*starts[1:].tolist(), len(keys)]
        family, whole = self.families[name], array("I", numbers.tobytes())
        for key, start, end in zip(keys[starts].tolist(), starts.tolist(), ends, strict=True):
            more = BitMap(whole[start:end], optimize=False)
            if (old := family.get(key)) is None:
                family[key] = more
            else:
                old |= more

    def _extend_pay(self, pay: Numbers, numbers: Numbers) -> None:
        for step in range(STEP, min(int(pay.max()), LAST_STEP) + 1, STEP):
            self._set("paid", step, numbers[pay >= step])

    def _extend_groups(self, rows: Rows, numbers: Numbers) -> None:
        sectors = [self.groups.sectors.get(pk, 0) for pk in rows.head["profession"].tolist()]
        self._extend("sector", np.array(sectors), numbers)
        places, towns = rows.pairs["municipality"]
        codes = np.array([self.groups.provinces.get(pk, "") for pk in towns.tolist()], dtype=str)
        self._extend("province", codes, numbers[places])

    # Removing.

    def remove(self, numbers: Numbers) -> None:
        """Take offers out of all sets but those of their words."""
        gone = bitmap(numbers)
        known = numbers_of(gone & self.everything)
        for name in BY_COLUMN:
            for key in np.unique(self.column(name, known)).tolist() if len(known) else []:
                self._reduce(name, key, gone)
        for name in SEVERAL:
            for key in [*self.families[name]]:
                self._reduce(name, key, gone)
        self.everything -= gone
        self.bare -= gone

    def remove_terms(self, name: str, terms: Numbers, numbers: Numbers) -> None:
        """Take offers out of the sets of words: pairs of a term and a number."""
        for term, number in zip(terms.tolist(), numbers.tolist(), strict=True):
            if (found := self.families[name].get(term)) is not None:
                found.discard(number)
                if not found:
                    del self.families[name][term]

    def _reduce(self, name: str, key: Any, gone: BitMap) -> None:
        family = self.families[name]
        family[key] -= gone
        if not family[key]:
            del family[key]

    def drop_ended(self, day: int) -> None:
        """Forget the offers that ended before `day`, words and all."""
        ended = [key for key in self.families["closing"] if key < day]
        gone = BitMap.union(BitMap(), *[self.families["closing"][key] for key in ended])
        if gone:
            for name, family in self.families.items():
                for key in [*family]:
                    self._reduce(name, key, gone)
            self.everything -= gone
            self.bare -= gone
        self.day = day

    def regroup(self, groups: Groups) -> None:
        """Make the sets of sectors and provinces anew where professions or towns have moved."""
        if groups != self.groups:
            self.families["sector"] = self._grouped("profession", groups.sectors)
            self.families["province"] = self._grouped("municipality", groups.provinces)
        self.groups = groups

    def _grouped(self, name: str, groups: Mapping[int, Any]) -> Family:
        members: dict[Any, list[BitMap]] = {}
        for key, found in self.families[name].items():
            members.setdefault(groups.get(key, 0 if name == "profession" else ""), []).append(found)
        return {key: BitMap.union(BitMap(), *found) for key, found in members.items()}
