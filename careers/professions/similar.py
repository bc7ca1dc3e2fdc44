"""Professions close to another one, and why."""

from dataclasses import dataclass

from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, Q, Value, When

from careers.professions.models import Criterion, Profession, ProfessionCriterion
from careers.professions.models.profession import TAG_THRESHOLD
from portal.fields import current_language

# What a common sector adds to the share of common criteria (0 to 1).
SAME_SECTOR = 0.25
MOST = 6
MOST_REASONS = 5


@dataclass(frozen=True)
class Similar:
    """A close profession, with the criteria both have and whether they share the sector."""

    profession: Profession
    shared: list[Criterion]
    same_sector: bool

    @property
    def reasons(self) -> list[Criterion]:
        """The strongest common criteria, as many as a reader takes in."""
        return self.shared[:MOST_REASONS]


def similar_to(profession: Profession, most: int = MOST) -> list[Similar]:
    """The closest listed professions, the closest first. Costs three queries.

    Closeness is the Jaccard index of the criteria that both carry as chips, plus `SAME_SECTOR`.
    """
    own = list(profession.criterion_values.tags().values_list("criterion_id", flat=True))
    strong = Q(criterion_values__value__gte=TAG_THRESHOLD)
    shared = Count("criterion_values", filter=strong & Q(criterion_values__criterion__in=own))
    theirs = Count("criterion_values", filter=strong)
    found = (
        Profession.objects.listed()
        .for_cards()
        .exclude(pk=profession.pk)
        .annotate(shared=shared, theirs=theirs)
        .filter(Q(shared__gt=0) | Q(sector=profession.sector_id))
        .annotate(closeness=_closeness(profession, len(own)))
        .order_by("-closeness", f"sort_key_{current_language()}", "pk")[:most]
    )
    closest: list[Profession] = list(found)
    names = _shared_criteria(closest, own)
    return [
        Similar(other, names.get(other.pk, []), other.sector_id == profession.sector_id)
        for other in closest
    ]


def _closeness(profession: Profession, own: int) -> ExpressionWrapper:
    union = Case(
        When(shared__lt=own + F("theirs"), then=own + F("theirs") - F("shared")), default=Value(1)
    )
    bonus = Case(When(sector=profession.sector_id, then=Value(SAME_SECTOR)), default=Value(0.0))
    return ExpressionWrapper(F("shared") * 1.0 / union + bonus, output_field=FloatField())


def _shared_criteria(professions: list[Profession], own: list[int]) -> dict[int, list[Criterion]]:
    values = (
        ProfessionCriterion.objects.tags()
        .filter(profession__in=professions, criterion__in=own)
        .select_related("criterion")
        .order_by("-value", "pk")
    )
    shared: dict[int, list[Criterion]] = {}
    for value in values:
        shared.setdefault(value.profession_id, []).append(value.criterion)
    return shared
