"""What the result needs of the catalogue and the bank, kept in memory until the content changes."""

from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, When

from careers.professions.enums import GuideStatus
from careers.professions.models import (
    TAG_THRESHOLD,
    Criterion,
    Profession,
    ProfessionCriterion,
)
from portal import kept
from portal.fields import LANGUAGE_CODES
from quiz.models import Item, ScalePoint

# Nights, weekends, shifts: the criterion of `portal/content/criteria.yaml` with this key.
SHIFTS = "shift-hours"
NAMES = [
    f"{name}_{code}"
    for name in ["name_masculine", "name_feminine", "name_short", "slug"]
    for code in LANGUAGE_CODES
]


def professions() -> dict[Any, Any]:
    """The listed professions with their sector; `shifts` (0 to 100 or None) and `guide_version`.

    The last is the key of what is published of the guide, None without one. Kept: one query after
    a change of content.
    """
    return kept.table("professions of the quiz", build=_professions)


def _professions() -> dict[Any, Any]:
    shifts = ProfessionCriterion.objects.filter(profession=OuterRef("pk"), criterion__key=SHIFTS)
    published = When(guide__status=GuideStatus.PUBLISHED, then=F("guide__published_version_id"))
    sector = [f"sector__{name}_{code}" for name in ["name", "slug"] for code in LANGUAGE_CODES]
    found = (
        Profession.objects.listed()
        .select_related("sector")
        .only(*NAMES, "study_level", *sector)
        .annotate(shifts=Subquery(shifts.values("value")[:1]), guide_version=Case(published))
    )
    return found.in_bulk()


def slugs(profession: Any) -> set[str]:
    """The words by which addresses name the profession, in any language."""
    return {slug for name in Profession.slug.fields if (slug := getattr(profession, name))}


def has_shifts(profession: Any) -> bool:
    """Whether the profession carries the criterion of shift work as a chip."""
    return profession.shifts is not None and profession.shifts >= TAG_THRESHOLD


def criteria() -> dict[int, str]:
    """The keys of the criteria, by which content names them. Kept."""
    found = Criterion.objects.filter(key__isnull=False)
    return kept.table("criteria of the quiz", build=lambda: dict(found.values_list("pk", "key")))


def items() -> dict[str, Item]:
    """The items by their keys, those out of use too. Kept."""
    return kept.table(
        "items of the quiz", build=lambda: {row.key: row for row in Item.objects.all()}
    )


def scale() -> dict[int, ScalePoint]:
    """The five answers by their values. Kept."""
    return kept.table(
        "scale of the quiz", build=lambda: {row.value: row for row in ScalePoint.objects.all()}
    )
