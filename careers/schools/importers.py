"""Schools, campuses, programmes, and the schools a guide names, from the content files."""

from typing import Any

from careers.professions.guide_importer import load_guide
from careers.professions.models import Guide, Profession
from careers.schools.models import Campus, Programme, School, SchoolOfGuide
from careers.zones.models import Municipality
from portal.fields import LANGUAGE_CODES
from portal.imports.files import Record
from portal.imports.loading import Outcome, Part, upsert
from portal.imports.records import (
    aliases_part,
    columns,
    find,
    find_all,
    find_optional,
    names_of,
    only,
    related,
    slug_columns,
    texts,
)
from portal.sources.models import Source

Values = dict[str, Any]


def _campuses_part(values: Values) -> Part:
    campuses = [
        {
            "key": campus["key"],
            "name": campus["name"],
            "municipality": str(campus["municipality"]),
            "address": campus.get("address") or "",
        }
        for campus in values.get("campuses") or []
    ]

    def read(school: School) -> list[Values]:
        rows = school.campuses.order_by("pk").select_related("municipality")
        return [
            {
                "key": row.key,
                "name": row.name,
                "municipality": row.municipality.nis_code,
                "address": row.address,
            }
            for row in rows
        ]

    def write(school: School, value: list[Values]) -> None:
        for campus in value:
            row = Campus.objects.filter(key=campus["key"]).first() or Campus(key=campus["key"])
            row.school, row.name, row.address = school, campus["name"], campus["address"]
            row.municipality = find(Municipality, campus["municipality"], "nis_code")
            row.full_clean()
            row.save()
        school.campuses.filter(key__isnull=False).exclude(
            key__in=[campus["key"] for campus in value]
        ).delete()

    return Part(campuses, read, write)


def load_school(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(
        values,
        "key name slug short_name kind parent website description aliases campuses source".split(),
    )
    slug = values.get("slug") or values.get("short_name") or values["name"]
    fields = {
        "name": values["name"],
        "short_name": values.get("short_name") or "",
        **slug_columns(slug),
        "kind": values["kind"],
        "parent": find_optional(School, values.get("parent")),
        "website": values.get("website") or "",
        **columns("description", values.get("description")),
        "source": find_optional(Source, values.get("source")),
    }
    parts = {
        "campuses": _campuses_part(values),
        "aliases": aliases_part(values.get("aliases") or []),
    }
    return upsert(School, {"key": values["key"]}, fields, parts, overwrite=overwrite)


def load_programme(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(
        values,
        "key school campuses name slug degree credits duration_years language mode professions "
        "description source url".split(),
    )
    school = find(School, values["school"])
    slugs = {code: f"{name} {school.label}" for code, name in texts(values["name"]).items()}
    fields = {
        "school": school,
        **columns("name", values["name"]),
        **slug_columns(slugs, values.get("slug")),
        "degree": values["degree"],
        "credits": values.get("credits"),
        "duration_years": values.get("duration_years"),
        "language": values.get("language") or "fr",
        "mode": values.get("mode") or "day",
        **columns("description", values.get("description")),
        "url": values.get("url") or "",
        "source": find_optional(Source, values.get("source")),
    }
    parts = {
        "campuses": related("campuses", Campus, values.get("campuses") or []),
        "professions": related("professions", Profession, values.get("professions") or []),
    }
    return upsert(Programme, {"key": values["key"]}, fields, parts, overwrite=overwrite)


def _schools_part(values: Values) -> dict[str, Part]:
    named = [
        {"school": value} if isinstance(value, str) else dict(value)
        for value in values.get("schools") or []
    ]
    schools: list[Values] = [
        {
            "school": item["school"],
            "campuses": sorted(item.get("campuses") or []),
            "note": texts(item.get("note")),
        }
        for item in named
    ]
    find_all(School, [item["school"] for item in schools])

    def read(guide: Guide) -> list[Values]:
        rows = guide.schools.select_related("school").prefetch_related("campuses")
        return [
            {
                "school": row.school.key,
                "campuses": names_of(row.campuses.all()),
                "note": {
                    code: note for code in LANGUAGE_CODES if (note := getattr(row, f"note_{code}"))
                },
            }
            for row in rows
        ]

    def write(guide: Guide, value: list[Values]) -> None:
        guide.schools.all().delete()
        for order, item in enumerate(value, start=1):
            row = SchoolOfGuide(
                guide=guide,
                school=find(School, item["school"]),
                order=order,
                **columns("note", item["note"]),
            )
            row.full_clean()
            row.save()
            row.campuses.set(find_all(Campus, item["campuses"]))

    return {"schools": Part(schools, read, write)}


def load_guide_with_schools(record: Record, overwrite: bool) -> Outcome:
    """A guide with the schools it names."""
    return load_guide(record, overwrite, _schools_part)
