"""Which professions are alike, computed for the whole catalogue and kept."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch

from careers.professions.enums import SimilarKind
from careers.professions.models import (
    Profession,
    ProfessionCriterion,
    ProfessionName,
    SimilarProfession,
)
from quiz.engine import Catalogue, Kind, Similar, similar, three_kinds
from quiz.versions import profiles

KINDS = {
    Kind.CLOSE: SimilarKind.CLOSE,
    Kind.BRIDGE: SimilarKind.BRIDGE,
    Kind.OTHER_LEVEL: SimilarKind.LEVEL,
}
DIGITS = 9  # decimals that count


@transaction.atomic
def refresh() -> bool:
    """Compute the table anew; whether anything in it changed. Costs seconds for 1,000 professions.

    A profession without interests or not shown to the public is similar to none.
    """
    catalogue = whole_catalogue()
    wanted = _rows(Catalogue(catalogue)) if len(catalogue) > 1 else []
    fields = ["profession_id", "other_id", "kind", "score", "parts"]
    stored = SimilarProfession.objects.order_by("profession_id", "other_id").values(*fields)
    if sorted(wanted, key=lambda row: (row["profession_id"], row["other_id"])) == list(stored):
        return False
    last = SimilarProfession.objects.aggregate(last=Max("version"))["last"] or 0
    SimilarProfession.objects.all().delete()
    SimilarProfession.objects.bulk_create(
        [SimilarProfession(version=last + 1, **row) for row in wanted], batch_size=1000
    )
    return True


def whole_catalogue() -> list[dict[str, Any]]:
    """What `versions.profiles` gives, with all that likeness is judged by: texts in French."""
    names = ProfessionName.objects.filter(language="fr").order_by("pk")
    values = ProfessionCriterion.objects.order_by("criterion")
    found = profiles()
    rows = Profession.objects.prefetch_related(
        Prefetch("other_names", names), Prefetch("criterion_values", values)
    ).in_bulk([entry["id"] for entry in found])
    return [entry | _known(rows[entry["id"]]) for entry in found]


def _known(profession: Any) -> dict[str, Any]:
    titles = [profession.name_masculine_fr, profession.name_feminine_fr, profession.name_short_fr]
    others = [name.text for name in profession.other_names.all()]
    return {
        "isco": profession.isco08,
        "skills": {
            str(value.criterion_id): value.value / 100
            for value in profession.criterion_values.all()
        },
        "text": ". ".join([*titles, *others, profession.definition_fr]),
    }


def _rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    return [
        _row(profession, other)
        for profession in catalogue.ids
        for other in three_kinds(similar(catalogue, profession))
    ]


def _row(profession: Any, other: Similar) -> dict[str, Any]:
    return {
        "profession_id": profession,
        "other_id": other.id,
        "kind": str(KINDS[other.kind]),
        "score": round(other.score, DIGITS),
        "parts": {
            part.name: {"value": round(part.value, DIGITS), "rank": part.rank}
            for part in other.parts
        },
    }
