"""Which professions are like one: in interests, skills, words, study level and code.

Each part ranks all others; the ranks are combined by their weighted geometric mean (rank product,
Breitling et al. 2004). Adding the ranks themselves lets a part in which a profession is far down
outweigh those in which it is near: on the French ROME, whose 1,779 near moves between professions
nobody here wrote, sums find .43 of them among the first ten, products .52 (docs/decisions/0012).
There is no single truth about likeness: the parts are returned, to be shown as reasons.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine.catalogue import Catalogue, Profession, is_graded, unit
from quiz.engine.checks import whole
from quiz.engine.identity import Id
from quiz.engine.words import Postings, text_rows

Array = NDArray[np.float64]

WEIGHTS = {"interests": 1.0, "skills": 1.0, "text": 2.0, "level": 0.5, "code": 0.5}
TOPICS, TOPIC_WEIGHT = 50, 0.5
CLOSE, BRIDGES, OTHER_LEVELS = 4, 2, 2
# Skills that most professions have are degrees of one scale, not words that are there or not.
COMMON = 0.5
DIGITS = 9  # decimals that count


class Kind(StrEnum):
    """How a profession is like another: a neighbour, the same skills elsewhere, other studies."""

    CLOSE = "close"
    BRIDGE = "bridge"
    OTHER_LEVEL = "other level"


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: `value` is the cosine of skills or text (0 to 1 or −1 to 1), the distance of
    interests or study levels, or the length of the common beginning of codes; `rank` is the place
    among all other professions, equal ones sharing the mean of theirs."""

    name: str
    value: float
    rank: float


@dataclass(frozen=True, slots=True)
class Similar:
    """A profession like another. `score` is 1 where it is the nearest in every part, and
    otherwise one over the weighted geometric mean of its ranks. Parts not known are left out."""

    id: Id
    rank: int
    score: float
    kind: Kind
    parts: tuple[Part, ...]


def similar(catalogue: Catalogue, profession: Any, limit: int | None = None) -> tuple[Similar, ...]:
    """All other professions (or the first `limit`), most like this one first, ties by id.

    Uses what the catalogue knows: parts that this profession lacks are left out, and another one
    that lacks a part stands in the middle of it. Raises `UnknownProfession`, `EngineError`.
    """
    index = catalogue.index(profession)
    limit = None if limit is None else whole(limit, 0, "A limit")
    others = np.flatnonzero(np.arange(len(catalogue)) != index)
    # The last digits depend on the machine and on how many threads share a product.
    found = _parts(catalogue, index).items()
    parts = {name: np.round(part[others], DIGITS) + 0.0 for name, part in found}
    ranks = {name: _ranks(part if name in GROWING else -part) for name, part in parts.items()}
    total = sum(
        (WEIGHTS[name] * np.log(rank) for name, rank in ranks.items()), np.zeros(len(others))
    )
    scores = np.round(np.exp(-total / sum(WEIGHTS[name] for name in ranks)), DIGITS)
    best = np.argsort(-scores, kind="stable")[:limit]
    return tuple(
        Similar(
            id=catalogue.ids[others[place]],
            rank=rank,
            score=float(scores[place]),
            kind=_kind(catalogue, index, int(others[place])),
            parts=tuple(
                Part(name, float(parts[name][place]), float(ranks[name][place]))
                for name in ranks
                if not np.isnan(parts[name][place])
            ),
        )
        for rank, place in enumerate(best.tolist(), 1)
    )


def three_kinds(
    found: Sequence[Similar], close: int = CLOSE, bridges: int = BRIDGES, levels: int = OTHER_LEVELS
) -> tuple[Similar, ...]:
    """The first few of each kind; bridges by their skills, where these are known.

    Raises `EngineError` for numbers that are no counts.
    """
    close, bridges, levels = (whole(n, 0, "A number of a kind") for n in (close, bridges, levels))

    def first(kind: Kind, count: int) -> list[Similar]:
        return [other for other in found if other.kind is kind][:count]

    def by_skills(other: Similar) -> tuple[float, int]:
        known = {part.name: part.rank for part in other.parts}
        return known.get("skills", float(len(found))), other.rank

    crossing = sorted((other for other in found if other.kind is Kind.BRIDGE), key=by_skills)
    return (
        *first(Kind.CLOSE, close),
        *crossing[:bridges],
        *first(Kind.OTHER_LEVEL, levels),
    )


# Likeness: the higher, the nearer. The others are distances.
GROWING = {"skills", "text", "code"}


def _parts(catalogue: Catalogue, index: int) -> dict[str, Array]:
    """What this profession can be compared in: one value a profession, NaN where not known."""
    own, known = catalogue.professions[index], _known(catalogue)
    parts = {"interests": np.linalg.norm(catalogue.interests - catalogue.interests[index], axis=1)}
    if known.skills is not None and known.skills.filled[index]:
        parts["skills"] = np.where(known.skills.filled, known.skills.cosine(index), np.nan)
    if known.grades is not None and known.graded[index]:
        cosines = unit(known.grades) @ unit(known.grades[index])
        parts["skills"] = np.where(known.graded, cosines, np.nan)
    if known.texts.filled[index]:
        cosine = known.texts.cosine(index)
        cosine += TOPIC_WEIGHT * (known.topics @ known.topics[index])
        parts["text"] = np.where(known.texts.filled, cosine / (1 + TOPIC_WEIGHT), np.nan)
    if own.level is not None:
        levels = [np.nan if p.level is None else p.level for p in catalogue.professions]
        parts["level"] = np.abs(np.array(levels) - own.level)
    if own.isco:
        codes = [_common(own.isco, p.isco) if p.isco else np.nan for p in catalogue.professions]
        parts["code"] = np.array(codes, dtype=float)
    return parts


def _ranks(likeness: Array) -> Array:
    """Ranks from 1; equal ones share their mean, missing ones take the middle."""
    known = ~np.isnan(likeness)
    ranks = np.full(len(likeness), (len(likeness) + 1) / 2)
    _, group, count = np.unique(-likeness[known], return_inverse=True, return_counts=True)
    ranks[known] = (np.cumsum(count) - (count - 1) / 2)[group]
    return ranks


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _kind(catalogue: Catalogue, one: int, other: int) -> Kind:
    a, b = catalogue.professions[one], catalogue.professions[other]
    if a.level is not None and b.level is not None and a.level != b.level:
        return Kind.OTHER_LEVEL
    if a.family is not None and b.family is not None and a.family != b.family:
        return Kind.BRIDGE
    return Kind.CLOSE


@dataclass(frozen=True, eq=False)
class _Known:
    """What is worked out once for a catalogue. Skills are either names or grades."""

    skills: Postings | None
    grades: Array | None
    graded: NDArray[np.bool_]
    texts: Postings
    topics: Array


@lru_cache(maxsize=8)
def _known(catalogue: Catalogue) -> _Known:
    named = [_named(profession) for profession in catalogue.professions]
    filled = [row for row in named if row]
    count = Counter(name for row in filled for name in row)
    # Names that are there or not are never degrees, however common.
    degrees = [p.skills for p in catalogue.professions if p.skills]
    graded = all(isinstance(skills, Mapping) or is_graded(skills) for skills in degrees)
    graded = graded and sum(count.values()) > COMMON * len(count) * len(filled)
    texts = Postings(text_rows([profession.text for profession in catalogue.professions]))
    return _Known(
        skills=None if graded else Postings(named),
        grades=_grades(named, sorted(count)) if graded else None,
        graded=np.array([bool(row) for row in named]),
        texts=texts,
        topics=texts.topics(TOPICS) if texts.filled.any() else np.zeros((len(catalogue), 1)),
    )


def _named(profession: Profession) -> dict[str, float]:
    """Skills by name; numbers without names are named by their places."""
    skills = profession.skills
    if skills is None:
        return {}
    if isinstance(skills, Mapping):
        return dict(skills)
    if is_graded(skills):
        return {f"{place:06}": grade for place, grade in enumerate(skills) if grade == grade}
    return dict.fromkeys(skills, 1.0)


def _grades(named: Sequence[Mapping[str, float]], names: Sequence[str]) -> Array:
    """Professions × skills, what all have in common taken away: what is left tells them apart."""
    table = np.array([[row.get(name, 0.0) for name in names] for row in named])
    filled = np.array([bool(row) for row in named])
    return np.where(filled[:, None], table - table[filled].mean(axis=0), 0.0)
