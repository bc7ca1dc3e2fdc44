"""A guide as plain JSON: taken from the editors' rows, kept as a version, read by the page.

A snapshot is a dict: the guide's own texts under their names, dates as ISO strings, and under each
name of `BLOCKS` the list of its rows. A translated text is a dict from language to text, without
the empty ones. Foreign keys are primary keys; `sources` holds a copy of each source cited.
"""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from careers.professions.models import (
    Condition,
    Criterion,
    DayMoment,
    EntryRoute,
    Figure,
    Guide,
    GuideItem,
    SalaryBand,
    Skill,
    Step,
    Testimony,
    ZoneOfGuide,
)
from portal.fields import LANGUAGE_CODES, text_names
from portal.sources.models import Source

Snapshot = dict[str, Any]

BLOCKS: dict[str, type[models.Model]] = {
    "figures": Figure,
    "items": GuideItem,
    "day": DayMoment,
    "testimonies": Testimony,
    "steps": Step,
    "routes": EntryRoute,
    "skills": Skill,
    "working_conditions": Condition,
    "salaries": SalaryBand,
    "zones_of_guide": ZoneOfGuide,
}
SOURCE_FIELDS = ["title", "publisher", "url", "licence", "year"]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return str(value.normalize()) if value % 1 else str(int(value))
    return value


def own_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns of a block that say something: no key, no guide, no translated text."""
    texts = {f"{name}_{code}" for name in text_names(model) for code in LANGUAGE_CODES}
    return [
        field
        for field in model._meta.local_concrete_fields
        if not (field.primary_key or field.generated or field.name in {"guide", *texts})
    ]


def _texts(row: models.Model, name: str) -> dict[str, str]:
    return {code: value for code in LANGUAGE_CODES if (value := getattr(row, f"{name}_{code}"))}


def row_values(row: models.Model) -> dict[str, Any]:
    """One row of a block, as it stands in a snapshot."""
    values = {f.attname: _plain(getattr(row, f.attname)) for f in own_fields(type(row))}
    return values | {name: _texts(row, name) for name in text_names(type(row))}


def take(guide: Guide) -> Snapshot:
    """The guide's rows as they are now. Costs one query a block and one for the sources."""
    snapshot: Snapshot = {name: _texts(guide, name) for name in text_names(Guide)}
    snapshot["published_on"] = _plain(guide.published_on)
    snapshot["reviewed_on"] = _plain(guide.reviewed_on)
    for name in BLOCKS:
        snapshot[name] = [row_values(row) for row in getattr(guide, name).all()]
    cited = {row["source_id"] for name in BLOCKS for row in snapshot[name] if row.get("source_id")}
    snapshot["sources"] = {
        str(source["pk"]): {name: source[name] for name in SOURCE_FIELDS}
        for source in Source.objects.filter(pk__in=cited).values("pk", *SOURCE_FIELDS)
    }
    return snapshot


def make_row(model: type[models.Model], guide: Guide, values: dict[str, Any]) -> models.Model:
    """An unsaved row of a block from its values in a snapshot."""
    texts = text_names(model)
    columns = {name: value for name, value in values.items() if name not in texts}
    for name in texts:
        for code in LANGUAGE_CODES:
            columns[f"{name}_{code}"] = values.get(name, {}).get(code, "")
    return model(guide=guide, **columns)


def _without_lost_criterion(values: dict[str, Any], criteria: set[int]) -> dict[str, Any]:
    """A criterion that was deleted since is left out, as deleting it did to the rows."""
    if values.get("criterion_id") in criteria:
        return values
    return {name: value for name, value in values.items() if name != "criterion_id"}


@transaction.atomic
def restore(guide: Guide, snapshot: Snapshot) -> None:
    """Put the rows of a snapshot back as the working copy; what refers to deleted rows is refused.

    Raises `IntegrityError` where a cited source or zone is gone by now; nothing changes then.
    """
    for name in text_names(Guide):
        for code in LANGUAGE_CODES:
            setattr(guide, f"{name}_{code}", snapshot.get(name, {}).get(code, ""))
    guide.published_on = snapshot.get("published_on")
    guide.reviewed_on = snapshot.get("reviewed_on")
    # Only what a snapshot holds: the status may have moved since `guide` was read.
    columns = [f"{name}_{code}" for name in text_names(Guide) for code in LANGUAGE_CODES]
    guide.save(update_fields=[*columns, "published_on", "reviewed_on"])
    criteria = set(Criterion.objects.values_list("pk", flat=True))
    for name, model in BLOCKS.items():
        getattr(guide, name).all().delete()
        model._default_manager.bulk_create(
            make_row(model, guide, _without_lost_criterion(values, criteria))
            for values in snapshot.get(name, [])
        )
