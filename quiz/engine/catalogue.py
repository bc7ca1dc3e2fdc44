"""The professions a person is matched with."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine.dimensions import six
from quiz.engine.errors import BadCatalogue, EngineError, UnknownProfession
from quiz.engine.identity import Id, id_order, looked_up, plain_id

Skills = Mapping[Any, float] | Collection[Any] | None

# Two published versions of the profiles of the same occupations correlate .92: with a standard
# deviation of about 1.6 a value, each version is off by 1.6 · √(1 − .92).
UNREVIEWED_SD = 0.45


@dataclass(frozen=True, slots=True)
class Profession:
    """A profession: six interest values (1 to 7, order R I A S E C) and what else is known of it.

    `level` is a number that grows with the studies needed. `family` groups professions for
    variety. `skills` is a collection of names, a mapping from name to importance, or a sequence
    of numbers that has the same length for all professions. `isco` is any code whose common
    beginning means nearness. `confidence` goes from 0 (values taken from elsewhere, unread) to 1
    (checked); None counts as 1. Whatever is not known stays None or empty.
    """

    id: Id
    interests: tuple[float, ...]
    level: float | None = None
    family: Id | None = None
    skills: Skills = field(default=None, hash=False)
    text: str = ""
    isco: str = ""
    confidence: float | None = None

    @property
    def value_sd(self) -> float:
        """Standard deviation of the error of each of the six values."""
        return UNREVIEWED_SD * sqrt(1 - (1 if self.confidence is None else self.confidence))


@dataclass(frozen=True, init=False, eq=False)
class Catalogue:
    """Professions, kept in the order of their ids: nothing depends on the order given.

    `professions` is one of: `Profession`s; mappings with the names of its fields as keys; pairs
    (id, six values); a mapping from id to six values; or ids alone, with their values in
    `interests` (professions × 6). `columns` add other fields of `Profession` to ids, one value a
    profession: `Catalogue(ids, interests, level=levels, text=texts)`.

    Keep a catalogue and give it to many sessions: what is derived from it is kept with it.
    Raises `BadCatalogue` where ids repeat, values are no six numbers, or nothing is given.
    """

    professions: tuple[Profession, ...]

    def __init__(
        self, professions: Any, interests: Any = None, **columns: Iterable[Any] | None
    ) -> None:
        try:
            made = tuple(_professions(professions, interests, columns))
        except (EngineError, TypeError, ValueError) as error:
            raise BadCatalogue(f"This is no catalogue: {error}") from error
        if not made:
            raise BadCatalogue("A catalogue needs at least one profession.")
        if len({profession.id for profession in made}) < len(made):
            raise BadCatalogue("Ids of professions must differ.")
        made = tuple(sorted(made, key=lambda profession: id_order(profession.id)))
        object.__setattr__(self, "professions", made)

    def __len__(self) -> int:
        return len(self.professions)

    @cached_property
    def ids(self) -> tuple[Id, ...]:
        """In the order that breaks ties; so are the rows of all arrays below."""
        return tuple(profession.id for profession in self.professions)

    @cached_property
    def _index(self) -> dict[Id, int]:
        return {profession: index for index, profession in enumerate(self.ids)}

    @cached_property
    def interests(self) -> NDArray[np.float64]:
        """The values, professions × 6."""
        return np.array([profession.interests for profession in self.professions])

    @cached_property
    def centred(self) -> NDArray[np.float64]:
        """q': each profession's values minus their mean."""
        return self.interests - self.interests.mean(axis=1, keepdims=True)

    @cached_property
    def directions(self) -> NDArray[np.float64]:
        """q' at length one; zero for a flat profile."""
        return unit(self.centred)

    @cached_property
    def value_sd(self) -> NDArray[np.float64]:
        return np.array([profession.value_sd for profession in self.professions])

    def index(self, profession: Any) -> int:
        """Where a profession stands in `ids`. Raises `UnknownProfession`."""
        profession = profession.id if isinstance(profession, Profession) else profession
        index = looked_up(profession, self._index)
        if index is None:
            raise UnknownProfession(f"No profession of the catalogue has the id {profession!r}.")
        return index


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Vectors (last axis) at length one; those without a direction become zero."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(length > 1e-9, vectors / np.maximum(length, 1e-9), 0.0)


def _professions(
    professions: Any, interests: Any, columns: Mapping[str, Iterable[Any] | None]
) -> Iterable[Profession]:
    if interests is not None:
        names = [
            "id",
            "interests",
            *(name for name, column in columns.items() if column is not None),
        ]
        given = [professions, interests, *(columns[name] for name in names[2:])]
        rows = zip(*given, strict=True)
        professions = [dict(zip(names, row, strict=True)) for row in rows]
    elif columns:
        raise TypeError("Columns go with ids and interests.")
    elif isinstance(professions, Mapping):
        professions = professions.items()
    for profession in professions:
        if isinstance(profession, Profession):
            yield _profession(**{f.name: getattr(profession, f.name) for f in fields(profession)})
        elif isinstance(profession, Mapping):
            yield _profession(**profession)
        else:
            identity, values = profession
            yield _profession(identity, values)


def _profession(id: Any, interests: Any, **known: Any) -> Profession:  # noqa: A002
    level, confidence = known.pop("level", None), known.pop("confidence", None)
    family, skills = known.pop("family", None), known.pop("skills", None)
    text, isco = known.pop("text", None), known.pop("isco", None)
    if known:
        raise TypeError(f"A profession has no {', '.join(known)}.")
    if confidence is not None and not 0 <= confidence <= 1:
        raise ValueError(f"A confidence goes from 0 to 1, not {confidence!r}.")
    return Profession(
        plain_id(id),
        six(interests),
        level=_number(level),
        family=None if family is None else plain_id(family),
        skills=_kept(skills),
        text="" if text is None else str(text),
        isco="" if isco is None else str(isco),
        confidence=_number(confidence),
    )


def _number(value: Any) -> float | None:
    """A missing number comes as None or as NaN."""
    return None if value is None or value != value else float(value)


def _kept(skills: Any) -> Skills:
    """A copy that nobody else can change, in an order that does not depend on hashing."""
    if skills is None:
        return None
    if isinstance(skills, Mapping):
        return dict(sorted(skills.items(), key=lambda pair: str(pair[0])))
    if isinstance(skills, str):
        raise TypeError("Skills are a collection, not one text.")
    if isinstance(skills, Sequence | np.ndarray):
        return tuple(np.asarray(skills).tolist())
    return tuple(sorted(skills, key=str))
