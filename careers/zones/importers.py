"""Places and employment zones from the content files."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from careers.zones.models import (
    Municipality,
    MunicipalityAlias,
    PostalCode,
    Province,
    Region,
    Zone,
)
from portal.fields import LANGUAGE_CODES
from portal.imports.files import Record
from portal.imports.loading import Outcome, Part, upsert
from portal.imports.records import (
    aliases_part,
    columns,
    day,
    find,
    find_all,
    find_optional,
    only,
    slug_columns,
    texts,
)
from portal.sources.models import Source
from portal.words import fold


def _names(values: dict[str, Any]) -> dict[str, str]:
    return columns("name", {code: values.get(f"name_{code}", "") for code in LANGUAGE_CODES})


def load_region(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    return upsert(Region, {"code": values["code"]}, _names(values), overwrite=overwrite)


def load_province(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    fields = _names(values) | {"region": find(Region, values["region"], "code")}
    return upsert(Province, {"code": values["code"]}, fields, overwrite=overwrite)


def load_municipality(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    fields = _names(values) | {
        "region": find(Region, values["region"], "code"),
        "province": find_optional(Province, values["province"], "code"),
        "latitude": float(values["latitude"]),
        "longitude": float(values["longitude"]),
    }
    return upsert(Municipality, {"nis_code": values["nis"]}, fields, overwrite=overwrite)


def load_municipality_alias(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    town = find(Municipality, values["nis"], "nis_code")
    fields: dict[str, Any] = _names(values) | {"valid_until": day(values["valid_until"] or None)}
    lookup: dict[str, Any] = {"nis_code": values["old_nis"]}
    if values["old_nis"]:
        fields["municipality"] = town
    else:
        lookup = {"municipality": town, "name_fr": fields.pop("name_fr")}
    return upsert(MunicipalityAlias, lookup, fields, overwrite=overwrite)


def load_postal_code(record: Record, overwrite: bool) -> Outcome:
    municipality = find(Municipality, record.values["nis"], "nis_code")
    lookup = {"code": record.values["code"], "municipality": municipality}
    return upsert(PostalCode, lookup, {}, overwrite=overwrite)


def _municipalities(values: dict[str, Any]) -> list[Municipality]:
    towns = find_all(Municipality, values.get("municipalities") or [], "nis_code")
    provinces = find_all(Province, values.get("provinces") or [], "code")
    regions = find_all(Region, values.get("regions") or [], "code")
    towns += Municipality.objects.filter(province__in=provinces)
    towns += Municipality.objects.filter(region__in=regions)
    return towns


def _municipalities_part(values: dict[str, Any]) -> Part:
    codes = sorted({town.nis_code for town in _municipalities(values)})

    def read(zone: Zone) -> list[str]:
        return sorted(zone.municipalities.values_list("nis_code", flat=True))

    def write(zone: Zone, value: list[str]) -> None:
        zone.municipalities.set(Municipality.objects.filter(nis_code__in=value))

    return Part(codes, read, write)


def load_zone(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(
        values,
        "key name slug description aliases municipalities provinces regions industries "
        "source".split(),
    )
    industries = {"fr": ", ".join(texts(item)["fr"] for item in values.get("industries") or [])}
    fields = {
        **columns("name", values["name"]),
        **slug_columns(values["name"], values.get("slug")),
        **columns("description", values.get("description")),
        **columns("industries", industries),
        "source": find_optional(Source, values.get("source")),
    }
    parts = {
        "municipalities": _municipalities_part(values),
        "aliases": aliases_part(values.get("aliases") or []),
    }
    return upsert(Zone, {"key": values["key"]}, fields, parts, overwrite=overwrite)


@transaction.atomic
def import_localities(rows: Iterable[tuple[str, str]]) -> int:
    """Make names of villages, each with its postcode, names of the municipality they lie in.

    Left out is what leads to no single municipality: a postcode or a name that several have; and
    names that a municipality has already. How many names are new.
    """
    towns: dict[str, set[int]] = defaultdict(set)
    for code, town in PostalCode.objects.values_list("code", "municipality"):
        towns[code].add(town)
    homes: dict[str, set[int]] = defaultdict(set)
    spelt: dict[str, str] = {}
    for code, name in rows:
        homes[fold(name)] |= towns.get(code, set())
        spelt.setdefault(fold(name), name)
    known = _known_names()
    new = [
        MunicipalityAlias(municipality_id=town, name_fr=spelt[name])
        for name, found in homes.items()
        if len(found) == 1 and name not in known
        for town in found
    ]
    return len(MunicipalityAlias.objects.bulk_create(new))


def _known_names() -> set[str]:
    columns = [f"name_{code}" for code in LANGUAGE_CODES]
    return {
        fold(name)
        for model in (Municipality, MunicipalityAlias)
        for names in model.objects.values_list(*columns)
        for name in names
        if name
    }
