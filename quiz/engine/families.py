"""Variety: ten professions of one family are one suggestion, not ten."""

from collections import Counter
from collections.abc import Sequence

from quiz.engine.identity import Id
from quiz.engine.report import Family, Match

SUGGESTED, MOST_OF_ONE = 10, 3
FAMILIES, MEMBERS = 3, 4


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
    """The three families whose best profession stands highest, with their best four."""
    members: dict[Id | None, list[Match]] = {}
    for match in matches:
        members.setdefault(match.family, []).append(match)
    # Those without a family are no family, unless there is nothing else.
    known = [name for name in members if name is not None]
    names: list[Id | None] = [*known] or list(members)
    return tuple(Family(name, tuple(members[name][:MEMBERS])) for name in names[:FAMILIES])


def bridge(matches: Sequence[Match], families: Sequence[Family]) -> Match | None:
    """The nearest profession of the next family."""
    shown = {family.name for family in families}
    return next(
        (match for match in matches if match.family is not None and match.family not in shown), None
    )
