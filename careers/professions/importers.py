"""Sectors, criteria, professions, their profiles and their guides from the content files."""

from decimal import Decimal
from typing import Any

from careers.professions.models import (
    INTERESTS,
    Criterion,
    InterestProfile,
    Profession,
    ProfessionCriterion,
    ProfessionName,
    Sector,
)
from portal.imports.files import Record
from portal.imports.loading import Outcome, Part, Rejected, upsert
from portal.imports.records import columns, find, only, slug_columns
from portal.sources.models import Source

PROFILE_SOURCE = "jalon-editorial"
FORMS = ["masculine", "feminine", "short"]


def load_sector(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, ["key", "name", "slug", "description", "icon"])
    fields = {
        **columns("name", values["name"]),
        **slug_columns(values["name"], values.get("slug")),
        **columns("description", values.get("description")),
        "icon": values.get("icon") or "",
    }
    return upsert(Sector, {"key": values["key"]}, fields, overwrite=overwrite)


def load_criterion(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, ["key", "group", "name", "slug", "description", "icon"])
    fields = {
        "group": values["group"],
        **columns("name", values["name"]),
        **slug_columns(values["name"], values.get("slug")),
        **columns("description", values.get("description")),
        "icon": values.get("icon") or "",
    }
    return upsert(Criterion, {"key": values["key"]}, fields, overwrite=overwrite)


def _name_columns(names: dict[str, dict[str, str]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for form in FORMS:
        by_language = {code: forms[form] for code, forms in names.items()}
        fields |= columns(f"name_{form}", by_language)
    return fields


def _other_names_part(values: dict[str, Any]) -> Part:
    names = [
        {
            "text": name["text"],
            "language": name.get("language", "fr"),
            "kind": name.get("kind", "title"),
            "is_hidden": bool(name.get("hidden", False)),
        }
        for name in values.get("other_names") or []
    ]

    def read(profession: Profession) -> list[dict[str, Any]]:
        fields = ["text", "language", "kind", "is_hidden"]
        return list(profession.other_names.order_by("pk").values(*fields))

    def write(profession: Profession, value: list[dict[str, Any]]) -> None:
        profession.other_names.all().delete()
        for name in value:
            row = ProfessionName(profession=profession, **name)
            row.full_clean()
            row.save()

    return Part(names, read, write)


def load_profession(record: Record, overwrite: bool) -> Outcome:
    """A profession; its sector is the name of the file."""
    values = record.values
    only(
        values,
        "key study_level isco08 names slug elision regulated definition other_names".split(),
    )
    names = values["names"]
    fields = {
        **_name_columns(names),
        **slug_columns(
            {code: forms["masculine"] for code, forms in names.items()}, values.get("slug")
        ),
        **columns("definition", values["definition"]),
        "elides": bool(values.get("elision", False)),
        "sector": find(Sector, record.path.stem),
        "study_level": values["study_level"],
        "isco08": str(values.get("isco08") or ""),
        "is_regulated": bool(values.get("regulated", False)),
    }
    parts = {"other_names": _other_names_part(values)}
    return upsert(Profession, {"key": values["key"]}, fields, parts, overwrite=overwrite)


def _criteria_part(criteria: dict[str, int], source: Source) -> Part:
    def read(profile: InterestProfile) -> dict[str, int]:
        rows = profile.profession.criterion_values.values_list("criterion__key", "value")
        return {key: value for key, value in rows if key}

    def write(profile: InterestProfile, value: dict[str, int]) -> None:
        keys = dict(Criterion.objects.filter(key__in=value).values_list("key", "pk"))
        if missing := set(value) - set(keys):
            raise Rejected(f"no criterion “{', '.join(sorted(missing))}”")
        loaded = profile.profession.criterion_values.filter(criterion__key__isnull=False)
        loaded.exclude(criterion__key__in=value).delete()
        ProfessionCriterion.objects.bulk_create(
            [
                ProfessionCriterion(
                    profession=profile.profession,
                    criterion_id=keys[key],
                    value=number,
                    source=source,
                )
                for key, number in value.items()
            ],
            update_conflicts=True,
            unique_fields=["profession", "criterion"],
            update_fields=["value", "source"],
        )

    return Part(criteria, read, write)


def load_profile(record: Record, overwrite: bool) -> Outcome:
    """The six interests and the criteria of one profession: a line of `profiles.csv`."""
    values = dict(record.values)
    profession = find(Profession, values.pop("key"))
    source = find(Source, PROFILE_SOURCE)
    fields: dict[str, Any] = {name: float(values.pop(name[0].upper())) for name in INTERESTS}
    fields["source"] = source
    if confidence := values.pop("confidence", ""):
        fields["confidence"] = Decimal(confidence)
    criteria = {key: int(value) for key, value in values.items() if value != ""}
    parts = {"criteria": _criteria_part(criteria, source)}
    return upsert(InterestProfile, {"profession": profession}, fields, parts, overwrite=overwrite)
