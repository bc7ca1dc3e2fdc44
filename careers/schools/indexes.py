"""What the facets of schools and programmes count, made once per version of the content."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, QuerySet
from django.utils.text import capfirst

from careers.schools.enums import Degree, Mode, SchoolKind, TeachingLanguage
from careers.schools.models import Campus, Programme, School
from careers.zones.belgium import area_code, area_names
from portal import kept, words
from portal.facets import Group, Index
from portal.fields import LANGUAGE_CODES, choose, current_language


def schools() -> Index:
    """The index of schools; a university carries the degrees of its faculties, not their places."""
    return kept.table("schools", current_language(), build=_schools)


def programmes() -> Index:
    """The index of programmes; a university carries the programmes of its faculties."""
    return kept.table("programmes", current_language(), build=_programmes)


def _columns(*names: str) -> list[str]:
    return [f"{name}_{code}" for name in names for code in LANGUAGE_CODES]


def _text(row: dict[str, Any], name: str) -> str:
    return choose(lambda code: row[f"{name}_{code}"])


def _sorted(labels: dict[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items(), key=lambda item: words.fold(item[1])))


def _site_groups(sites: QuerySet[Any], path: str) -> dict[str, Group]:
    """Province, place and zone of rows by the campuses they are taught at.

    `path` leads from `sites` to the municipality; a site belongs to the row in its `owner`.
    """
    zone = f"{path}zones__"
    columns = _columns(f"{path}name", f"{zone}name")
    rows = list(
        sites.values(
            "owner",
            *columns,
            area=area_code(path),
            town=F(f"{path}nis_code"),
            zone=F(f"{zone}slug_fr"),
        )
    )
    places = {row["town"]: _text(row, f"{path}name") for row in rows}
    zones = {row["zone"]: _text(row, f"{zone}name") for row in rows if row["zone"]}
    return {
        "province": Group.of(area_names(), ((row["area"], row["owner"]) for row in rows)),
        "place": Group.of(_sorted(places), ((row["town"], row["owner"]) for row in rows)),
        "zone": Group.of(_sorted(zones), ((row["zone"], row["owner"]) for row in rows)),
    }


def _schools() -> Index:
    degrees = ArrayAgg("programmes__degree", distinct=True)
    rows = list(School.objects.values_list("pk", "parent_id", "kind", degrees))
    offered = (
        (degree, owner)
        for pk, parent, _kind, carried in rows
        for owner in [pk, parent]
        if owner
        for degree in carried
    )
    return Index(
        frozenset(pk for pk, *_rest in rows),
        {
            "kind": Group.of(dict(SchoolKind.choices), ((row[2], row[0]) for row in rows)),
            "degree": Group.of(dict(Degree.choices), offered),
            **_site_groups(Campus.objects.annotate(owner=F("school_id")), "municipality__"),
        },
    )


def _school_group(rows: list[dict[str, Any]]) -> Group:
    labels, pairs = {}, []
    for row in rows:
        for path in ["school__", "school__parent__"]:
            slug = row[f"{path}slug_fr"]
            if slug:
                labels[slug] = row[f"{path}short_name"] or row[f"{path}name"]
                pairs.append((slug, row["pk"]))
    return Group.of(_sorted(labels), pairs)


def _profession_group() -> Group:
    rows = Programme.professions.through.objects.filter(profession__is_listed=True).values(
        "programme_id", "profession__slug_fr", *_columns("profession__name_short")
    )
    labels = {
        row["profession__slug_fr"]: capfirst(_text(row, "profession__name_short")) for row in rows
    }
    pairs = ((row["profession__slug_fr"], row["programme_id"]) for row in rows)
    return Group.of(_sorted(labels), pairs)


def _programmes() -> Index:
    school = [
        f"{path}{name}"
        for path in ["school__", "school__parent__"]
        for name in ["slug_fr", "name", "short_name"]
    ]
    rows = list(Programme.objects.values("pk", "degree", "mode", "language", *school))
    everything = frozenset(row["pk"] for row in rows)
    sites = Programme.campuses.through.objects.annotate(owner=F("programme_id"))
    enums = {"degree": Degree, "mode": Mode, "language": TeachingLanguage}
    return Index(
        everything,
        {
            name: Group.of(dict(enum.choices), ((row[name], row["pk"]) for row in rows))
            for name, enum in enums.items()
        }
        | _site_groups(sites, "campus__municipality__")
        | {"school": _school_group(rows), "profession": _profession_group()},
    )
