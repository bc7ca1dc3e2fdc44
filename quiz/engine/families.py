"""Variety: ten professions of one family are one suggestion, not ten."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

from quiz.engine.identity import Id
from quiz.engine.report import Family, Match

SUGGESTED, MOST_OF_ONE = 10, 3
FAMILIES, MEMBERS = 3, 4
# Of a family, how many of its best tell how high it stands; what share of all matches is near.
COUNTED, NEAR = 2, 0.1


def suggested(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The first ten, at most three of one family; those without a family stand for themselves.

    Where that leaves fewer than ten, the best of those left out fill up.
    """
    count: Counter[Id] = Counter()
    kept: list[Match] = []
    for match in matches:
        if match.family is None or count[match.family] < MOST_OF_ONE:
            kept.append(match)
            count.update([] if match.family is None else [match.family])
        if len(kept) == SUGGESTED:
            break
    if len(kept) < min(SUGGESTED, len(matches)):
        taken = {match.id for match in kept}
        spare = [match for match in matches if match.id not in taken]
        kept = sorted([*kept, *spare[: SUGGESTED - len(kept)]], key=lambda match: match.rank)
    return tuple(kept)


def grouped(matches: Sequence[Match]) -> tuple[Family, ...]:
    """The three families that stand highest by the mean place of their two best.

    Each comes with at most four members: those of the band of its best, and of the first tenth of
    all matches (or first twelve). One profession is no family yet: where the second best is not
    near, it counts as if it stood at the end of that tenth.
    """
    near = max(ceil(NEAR * len(matches)), FAMILIES * MEMBERS)
    members: dict[Id | None, list[int]] = {}
    for place, match in enumerate(matches):
        members.setdefault(match.family, []).append(place)
    # Those without a family are no family, unless there is nothing else.
    known: list[Id | None] = [name for name in members if name is not None]

    def height(name: Id | None) -> tuple[float, int]:
        best = [min(place, near) for place in [*members[name], near][:COUNTED]]
        return sum(best) / len(best), members[name][0]

    def shown(places: Sequence[int]) -> tuple[Match, ...]:
        best = matches[places[0]]
        kept = [p for p in places[:MEMBERS] if p < near and matches[p].band is best.band]
        return tuple(matches[place] for place in kept or places[:1])

    names = sorted(known or members, key=height)[:FAMILIES]
    return tuple(Family(name, shown(members[name])) for name in names)


def bridge(matches: Sequence[Match], families: Sequence[Family]) -> Match | None:
    """The nearest profession of the next family."""
    shown = {family.name for family in families}
    return next(
        (match for match in matches if match.family is not None and match.family not in shown), None
    )
