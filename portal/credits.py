"""Whose work the portal stands on: sources of facts, and free software."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

import pghistory.models
from django.db.models import (
    Count,
    ForeignObjectRel,
    IntegerField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from portal.sources.models import Source

LIBRARIES = [
    "Django", "django-filter", "django-htmx", "django-template-partials", "django-allauth",
    "django-csp", "django-pghistory", "django-pgtrigger", "django-translated-fields", "psycopg",
    "whitenoise", "gunicorn", "structlog", "lucide", "markdown-it-py", "nh3", "ruamel.yaml",
    "rich", "PyStemmer", "rapidfuzz", "cachetools", "environs", "Babel",
]  # fmt: skip


@dataclass(frozen=True)
class Library:
    """A library in use: name, version, licence as its authors declare it."""

    name: str
    version: str
    licence: str
    url: str


@cache
def libraries() -> list[Library]:
    """The libraries that make the pages, as installed here."""
    return [library for name in LIBRARIES if (library := _library(name))]


def _library(name: str) -> Library | None:
    try:
        about = metadata(name).json
    except PackageNotFoundError:
        return None
    declared = str(about.get("license_expression") or about.get("license") or "")
    classifiers = [
        value.rpartition("::")[2].strip()
        for value in about.get("classifier", [])
        if value.startswith("License ::")
    ]
    # Some put the whole licence into the field.
    licence = declared if declared and len(declared) < 40 else ", ".join(classifiers)
    return Library(
        str(about["name"]), str(about["version"]), licence, f"https://pypi.org/project/{name}/"
    )


@dataclass(frozen=True)
class Use:
    """How often a source is cited by one kind of row."""

    label: str
    count: int


def _relations() -> list[tuple[str, type[Model], str]]:
    """Each kind of row that cites a source: column of its count, model, name of the key."""
    models = [(relation.related_model, relation.field.name) for relation in _citing()]
    return [(f"uses_{model._meta.model_name}", model, name) for model, name in models]


def _citing() -> list[ForeignObjectRel]:
    relations = Source._meta.related_objects
    return [r for r in relations if not issubclass(r.related_model, pghistory.models.Event)]


def sources() -> QuerySet[Source]:
    """Every source by title, with a count for each kind of row that cites it."""
    counts = {
        column: Coalesce(
            Subquery(
                model._default_manager.filter(**{field: OuterRef("pk")})
                .order_by()
                .values(field)
                .annotate(total=Count("pk"))
                .values("total"),
                output_field=IntegerField(),
            ),
            0,
        )
        for column, model, field in _relations()
    }
    return Source.objects.annotate(**counts).order_by("sort_key", "pk")


def uses(source: Source) -> list[Use]:
    """What a source of `sources()` is used for, the most frequent first."""
    found = [
        Use(str(model._meta.verbose_name_plural), getattr(source, column))
        for column, model, _field in _relations()
    ]
    return sorted((use for use in found if use.count), key=lambda use: (-use.count, use.label))
