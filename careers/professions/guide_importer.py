"""A guide from its content file: the record becomes rows in the shape of a snapshot."""

from collections.abc import Callable
from typing import Any

from django.db import models

from careers.professions import actions, snapshot
from careers.professions.enums import CodeSystem, GuideStatus, Section
from careers.professions.models import Criterion, Guide, Profession, ProfessionCode
from careers.zones.models import Zone
from portal.fields import LANGUAGE_CODES, text_names
from portal.imports.files import Record
from portal.imports.loading import Outcome, Part, Rejected, Upsert
from portal.imports.records import columns, day, find, only, texts
from portal.sources.models import Source

TILES = ["studies", "qualities", "salary", "conditions"]
HEAD = ["tagline", "hook", "introduction", "environment"]
SECTIONS = [section.value.replace("-", "_") for section in Section]
# Name in the file → name of the block in a snapshot.
BLOCKS = {
    "figures": "figures",
    "salaries": "salaries",
    "day": "day",
    "testimonies": "testimonies",
    "steps": "steps",
    "routes": "routes",
    "skills": "skills",
    "conditions_data": "working_conditions",
    "zones": "zones_of_guide",
}
KNOWN = [
    *"profession published_on reviewed_on source tiles codes schools".split(),
    *HEAD,
    *SECTIONS,
    *BLOCKS,
]
# The key of the source that a code of each list cites.
CODE_SOURCES = {
    CodeSystem.ROME: "rome-france-travail",
    CodeSystem.OGR: "rome-france-travail",
    CodeSystem.ISCO: "isco-08",
    CodeSystem.ESCO: "esco",
}
RENAMED = {"min": "minimum", "max": "maximum", "gross": "is_gross", "zone": "zone_id"}
REFERENCES: dict[str, type[models.Model]] = {
    "source": Source,
    "criterion": Criterion,
    "zone_id": Zone,
}

Keys = dict[str, dict[str, int]]
Values = dict[str, Any]


def _keys() -> Keys:
    """The primary key of each key, for what blocks refer to."""
    return {
        name: dict(model._default_manager.filter(key__isnull=False).values_list("key", "pk"))
        for name, model in REFERENCES.items()
    }


def _reference(name: str, key: str | None, keys: Keys) -> int | None:
    if key is None:
        return None
    if key not in keys[name]:
        raise Rejected(f"no {REFERENCES[name]._meta.verbose_name} “{key}”")
    return keys[name][key]


def _row(block: str, item: Any, order: int, keys: Keys, source: str | None) -> Values:
    """One item of a file as a row of a snapshot; the model's defaults fill what it leaves out."""
    model = snapshot.BLOCKS[block]
    given = {RENAMED.get(name, name): value for name, value in item.items()}
    if block == "zones_of_guide":
        given["zone_id"] = _reference("zone_id", given["zone_id"], keys)
    if any(field.name == "source" for field in model._meta.local_fields):
        given["source_id"] = _reference("source", given.pop("source", source), keys)
        if given["source_id"] is None:
            raise Rejected(f"{block} {order}: no source, no figure")
    if "criterion" in given:
        given["criterion_id"] = _reference("criterion", given.pop("criterion"), keys)
    translated = {name: texts(given.pop(name, None)) for name in text_names(model)}
    default = model(guide_id=0, order=order)
    fields = {field.attname: field for field in snapshot.own_fields(model)}
    only(given, fields)
    for name, value in given.items():
        setattr(default, name, fields[name].to_python(value))
    for name, by_language in translated.items():
        for code in LANGUAGE_CODES:
            setattr(default, f"{name}_{code}", by_language.get(code, ""))
    default.clean_fields(exclude=["guide"])
    return snapshot.row_values(default)


def _item(section: str, value: Any) -> Values:
    item = (
        dict(value)
        if isinstance(value, dict) and not set(value) & set(LANGUAGE_CODES)
        else {"text": value}
    )
    return item | {"section": section.replace("_", "-")}


def _rows(record: Values, keys: Keys) -> dict[str, list[Values]]:
    """Every block of the record, under the names of a snapshot; a list of items a section."""
    source = record.get("source")
    rows = {
        f"items/{section}": [
            _row("items", _item(section, value), order, keys, source)
            for order, value in enumerate(record.get(section) or [], start=1)
        ]
        for section in SECTIONS
    }
    for name, block in BLOCKS.items():
        values = [
            {"zone": value} if isinstance(value, str) else dict(value)
            for value in record.get(name) or []
        ]
        rows[block] = [
            _row(block, value, order, keys, source) for order, value in enumerate(values, start=1)
        ]
    return rows


def _block_part(name: str, rows: list[Values]) -> Part:
    block, _slash, section = name.partition("/")
    model = snapshot.BLOCKS[block]

    def queryset(guide: Guide) -> models.QuerySet:
        every = getattr(guide, block).all()
        return every.filter(section=section.replace("_", "-")) if section else every

    def read(guide: Guide) -> list[Values]:
        return [snapshot.row_values(row) for row in queryset(guide)]

    def write(guide: Guide, value: list[Values]) -> None:
        queryset(guide).delete()
        fresh = [snapshot.make_row(model, guide, values) for values in value]
        for row in fresh:
            row.validate_constraints()
        model._default_manager.bulk_create(fresh)

    ordering = [str(name) for name in model._meta.ordering or []]
    if ordering[0] != "order":
        rows = sorted(rows, key=lambda row: _sort_value(row, ordering))
    return Part(rows, read, write)


def _sort_value(row: Values, ordering: list[str]) -> tuple[Any, ...]:
    """The row's place under a model's ordering; "pk" is the order of writing, which sort keeps."""
    return tuple(
        -row[name[1:]] if name.startswith("-") else row[name] for name in ordering if name != "pk"
    )


def _codes_part(codes: list[Values]) -> Part:
    fields = ["system", "version", "code", "label"]
    values = [{name: str(code.get(name) or "") for name in fields} for code in codes]

    def read(guide: Guide) -> list[Values]:
        return list(guide.profession.codes.order_by("pk").values(*fields))

    def write(guide: Guide, value: list[Values]) -> None:
        guide.profession.codes.all().delete()
        for code in value:
            row = ProfessionCode(profession=guide.profession, **code)
            row.full_clean()
            row.save()

    return Part(values, read, write)


def _cite_codes(profession: Profession) -> bool:
    """Give each code without a source that of its list; whether one got it."""
    sources = dict(Source.objects.filter(key__isnull=False).values_list("key", "pk"))
    bare = profession.codes.filter(source=None)
    cited = [
        bare.filter(system=system).update(source=sources[key])
        for system, key in CODE_SOURCES.items()
        if key in sources
    ]
    return any(cited)


PartOf = Callable[[Values], dict[str, Part]]


def load_guide(record: Record, overwrite: bool, more_parts: PartOf = lambda values: {}) -> Outcome:
    """A guide and its blocks; published when new, or when all of it comes from the file.

    `more_parts` adds what stands in higher apps (the schools of the guide).
    """
    values = record.values
    only(values, KNOWN)
    profession = find(Profession, values["profession"])
    tiles = values.get("tiles") or {}
    only(tiles, TILES)
    fields: Values = {
        name: day(values[name]) for name in ["published_on", "reviewed_on"] if name in values
    }
    for name in HEAD:
        fields |= columns(name, values.get(name))
    for name in TILES:
        fields |= columns(f"tile_{name}", tiles.get(name))
    parts = {name: _block_part(name, rows) for name, rows in _rows(values, _keys()).items()}
    parts["codes"] = _codes_part(values.get("codes") or [])
    parts |= more_parts(values)
    upsert = Upsert(Guide, {"profession": profession}, fields, parts, overwrite)
    guide, outcome = upsert.write()
    if _may_publish(guide, outcome, upsert.edited):
        actions.publish(guide=guide, note="content files")
    if _cite_codes(profession) and outcome == Outcome.SAME:
        return Outcome.CHANGED
    return outcome


def _may_publish(guide: Guide, outcome: Outcome, edited: list[str]) -> bool:
    """A new guide is published, an updated one too unless an editor is at work on it."""
    if outcome == Outcome.CREATED:
        return True
    return outcome == Outcome.CHANGED and guide.status == GuideStatus.PUBLISHED and not edited
