"""The professions a person is matched with."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import isfinite, nan, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine.checks import fixed
from quiz.engine.dimensions import six
from quiz.engine.errors import BadCatalogue, EngineError, UnknownProfession
from quiz.engine.identity import Id, id_order, looked_up, plain_id

Skills = Mapping[Any, float] | Collection[Any] | None

# Two published versions of the profiles of the same occupations correlate .92: with a standard
# deviation of about 1.6 a value, each version is off by 1.6 · √(1 − .92).
UNREVIEWED_SD = 0.45
# Of an interest value.
LOWEST, HIGHEST = 1, 7


@dataclass(frozen=True, slots=True)
class Profession:
    """A profession: six interest values (1 to 7, order R I A S E C) and what else is known of it.

    `level` is a number that grows with the studies needed. `family` groups professions for
    variety. `skills` is a collection of names (any set, or a sequence of strings), a mapping from
    name to importance, or a sequence of numbers that has the same length for all professions.
    `isco` is any code whose common beginning means nearness. `confidence` goes from 0 (values taken
    from elsewhere, unread) to 1 (checked); None counts as 1. Whatever is not known stays None or
    empty; as it comes from a table, it may be NaN.
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

    Keep a catalogue and give it to many sessions: what is derived from it is remembered.
    Raises `BadCatalogue` where ids repeat, values are no six numbers from 1 to 7, grades of skills
    differ in length, or nothing is given.
    """

    professions: tuple[Profession, ...]

    def __init__(
        self, professions: Any, interests: Any = None, **columns: Iterable[Any] | None
    ) -> None:
        given = {name: column for name, column in columns.items() if column is not None}
        try:
            made = tuple(_professions(professions, interests, given))
        except (EngineError, TypeError, ValueError) as error:
            raise BadCatalogue(f"This is no catalogue: {error}") from error
        if not made:
            raise BadCatalogue("A catalogue needs at least one profession.")
        if len({profession.id for profession in made}) < len(made):
            raise BadCatalogue("Ids of professions must differ.")
        if len({len(p.skills) for p in made if p.skills and is_graded(p.skills)}) > 1:
            raise BadCatalogue("Skills given as numbers are as many for all professions.")
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
        return fixed(np.array([profession.interests for profession in self.professions]))

    @cached_property
    def centred(self) -> NDArray[np.float64]:
        """q': each profession's values minus their mean."""
        return fixed(self.interests - self.interests.mean(axis=1, keepdims=True))

    @cached_property
    def directions(self) -> NDArray[np.float64]:
        """q' at length one; zero for a flat profile."""
        return fixed(unit(self.centred))

    @cached_property
    def value_sd(self) -> NDArray[np.float64]:
        return fixed(np.array([profession.value_sd for profession in self.professions]))

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


def is_graded(skills: Skills) -> bool:
    """Whether skills are numbers without names."""
    return isinstance(skills, tuple) and not isinstance(skills[0], str) if skills else False


def _professions(
    professions: Any, interests: Any, columns: Mapping[str, Iterable[Any]]
) -> Iterable[Profession]:
    if interests is not None:
        names = ["id", "interests", *columns]
        given = [professions, interests, *(columns.values())]
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


def _profession(id: Any, interests: Any, **columns: Any) -> Profession:  # noqa: A002
    known = {name: None if _is_missing(value) else value for name, value in columns.items()}
    level, confidence = known.pop("level", None), _number(known.pop("confidence", None))
    family, skills = known.pop("family", None), known.pop("skills", None)
    text, isco = known.pop("text", None), known.pop("isco", None)
    if known:
        raise TypeError(f"A profession has no {', '.join(known)}.")
    if confidence is not None and not 0 <= confidence <= 1:
        raise ValueError(f"A confidence goes from 0 to 1, not {confidence!r}.")
    values = six(interests)
    if not all(LOWEST <= value <= HIGHEST for value in values):
        raise ValueError(f"Interests go from {LOWEST} to {HIGHEST}, not {values!r}.")
    return Profession(
        plain_id(id),
        values,
        level=_number(level),
        family=None if family is None else plain_id(_whole(family)),
        skills=_kept(skills),
        text="" if text is None else str(text),
        isco="" if isco is None else str(_whole(isco)),
        confidence=confidence,
    )


def _is_missing(value: Any) -> bool:
    """A missing value comes as None or, from a table, as NaN."""
    return value is None or (isinstance(value, float | np.floating) and value != value)


def _whole(value: Any) -> Any:
    """A column with gaps makes its whole numbers fractions."""
    return int(value) if isinstance(value, float | np.floating) and value == value // 1 else value


def _number(value: Any) -> float | None:
    if _is_missing(value):
        return None
    if isinstance(value, str) or not isfinite(value):
        raise ValueError(f"A finite number is needed, not {value!r}.")
    return float(value)


def _kept(skills: Any) -> Skills:
    """A copy that nobody else can change, in an order that does not depend on hashing.

    Names come as a tuple of strings, grades as a tuple of numbers (NaN where there is none).
    """
    if skills is None:
        return None
    if isinstance(skills, str):
        raise TypeError("Skills are a collection, not one text.")
    if isinstance(skills, Mapping):
        graded = ((str(name), _number(weight)) for name, weight in skills.items())
        return {name: weight for name, weight in sorted(graded) if weight is not None}
    if not isinstance(skills, Sequence | np.ndarray):
        return tuple(sorted(set(map(str, skills))))
    values = list(skills)
    if any(isinstance(value, str) for value in values):
        return tuple(sorted(set(map(str, values))))
    return tuple(nan if _is_missing(value) else float(_number(value) or 0) for value in values)
