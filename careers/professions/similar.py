"""Professions close to another one, and why, as the quiz has computed them."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.professions.enums import GuideStatus, SimilarKind
from careers.professions.models import Criterion, Profession, ProfessionCriterion, SimilarProfession

MOST_REASONS = 5
MOST_PAIRS = 6
# Up to this distance of six interests from 1 to 7, two professions please much the same people.
NEAR_INTERESTS = 2.0
# Of all other professions, so many have a description that is called similar.
NEAR_TEXTS = 10
# The first digits of ISCO-08 that a group of like occupations shares.
SAME_GROUP = 3
HEADINGS = {
    SimilarKind.CLOSE: gettext_lazy("Same sector, same level of study"),
    SimilarKind.BRIDGE: gettext_lazy("Another sector, much the same strengths"),
    SimilarKind.LEVEL: gettext_lazy("Another level of study"),
}


@dataclass(frozen=True)
class Similar:
    """A close profession: in what way, by which criteria of both, and by which other parts."""

    profession: Profession
    kind: SimilarKind
    shared: list[Criterion]
    parts: dict[str, dict[str, float]]
    same_sector: bool

    @property
    def reasons(self) -> list[Criterion]:
        """The strongest common criteria, as many as a reader takes in."""
        return self.shared[:MOST_REASONS]

    @property
    def facts(self) -> list[str]:
        """What sets it apart by its kind, then what the two have in common, in words."""
        own = {
            SimilarKind.BRIDGE: self.profession.sector.name,
            SimilarKind.LEVEL: self.profession.get_study_level_display(),
        }
        names = ", ".join(criterion.name for criterion in self.reasons)
        common = _("in common: %(criteria)s") % {"criteria": names} if names else ""
        facts = [fact for fact in [own.get(self.kind, ""), common, *self._likenesses()] if fact]
        return [capfirst(fact) for fact in facts[:1]] + facts[1:]

    def _likenesses(self) -> list[str]:
        interests, code, text = (self.parts.get(name) for name in ["interests", "code", "text"])
        held = [
            (interests and interests["value"] <= NEAR_INTERESTS, _("similar interests")),
            (code and code["value"] >= SAME_GROUP, _("same group of occupations")),
            (text and text["rank"] <= NEAR_TEXTS, _("similar description")),
            (self.kind == SimilarKind.LEVEL and self.same_sector, _("same sector")),
        ]
        return [text for holds, text in held if holds]


@dataclass(frozen=True)
class Kind:
    """The close professions of one kind under their heading."""

    heading: Any
    rows: list[Similar]


def similar_to(profession: Profession) -> list[Similar]:
    """Its like among the listed professions, by kind, the closest first. Costs three queries."""
    rows = SimilarProfession.objects.filter(profession=profession)
    found = list(rows.order_by("-score", "other"))
    others = (
        Profession.objects.listed().for_cards().in_bulk([row.other_id for row in found])
        if found
        else {}
    )
    shared = _shared_criteria(profession, others) if others else {}
    order = list(HEADINGS)
    return [
        Similar(
            others[row.other_id],
            SimilarKind(row.kind),
            shared.get(row.other_id, []),
            row.parts,
            others[row.other_id].sector_id == profession.sector_id,
        )
        for row in sorted(found, key=lambda row: order.index(SimilarKind(row.kind)))
        if row.other_id in others
    ]


def pairs() -> list[tuple[Profession, Profession]]:
    """A few pairs of like professions with a guide each, to be compared. Costs two queries."""
    listed = Profession.objects.listed().filter(guide__status=GuideStatus.PUBLISHED).order_by()
    rows = (
        SimilarProfession.objects.filter(profession__in=listed, other__in=listed)
        .order_by("profession", "-score", "other")
        .distinct("profession")
        .values_list("profession", "other")
    )
    # Both may be the closest to each other.
    found = list({frozenset(row): row for row in rows}.values())[:MOST_PAIRS]
    professions = listed.in_bulk({pk for row in found for pk in row})
    return [(professions[one], professions[other]) for one, other in found]


def by_kind(similar: list[Similar]) -> list[Kind]:
    """The same under the headings of their kinds, without empty ones."""
    kinds = [
        Kind(heading, [item for item in similar if item.kind == kind])
        for kind, heading in HEADINGS.items()
    ]
    return [kind for kind in kinds if kind.rows]


def _shared_criteria(
    profession: Profession, others: dict[int, Profession]
) -> dict[int, list[Criterion]]:
    """The criteria that both carry as chips, the strongest of the other one first."""
    own = ProfessionCriterion.objects.tags().filter(profession=profession)
    values = (
        ProfessionCriterion.objects.tags()
        .filter(profession__in=others, criterion__in=own.values("criterion"))
        .select_related("criterion")
        .order_by("-value", "pk")
    )
    shared: dict[int, list[Criterion]] = {}
    for value in values:
        shared.setdefault(value.profession_id, []).append(value.criterion)
    return shared
