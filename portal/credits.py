"""Whose work the portal stands on: sources of facts, and free software."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, reduce
from importlib.metadata import PackageNotFoundError, metadata
from operator import or_
from typing import Any

import pghistory.models
from django.conf import settings
from django.db.models import Count, Exists, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from careers.articles.models import Article
from careers.offers.models import JobOffer
from careers.professions.models import Guide
from careers.professions.snapshot import BLOCKS
from portal.sources.models import Source

# The name in a requirement, before its extras and versions.
NAME = re.compile(r"^[\w.-]+")

# The public reads these in the published version of a guide, not in the rows of its editors.
IN_GUIDES = {
    name: model
    for name, model in BLOCKS.items()
    if any(field.name == "source" for field in model._meta.fields)
}


@dataclass(frozen=True)
class Library:
    """A library in use: name, version, licence as its authors declare it."""

    name: str
    version: str
    licence: str
    url: str


@cache
def libraries() -> list[Library]:
    """The libraries that the portal asks for in `pyproject.toml`, as installed here."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    names = [found for asked in project["dependencies"] for found in NAME.findall(asked)]
    return [library for name in names if (library := _library(name))]


def _library(name: str) -> Library | None:
    try:
        about = metadata(name).json
    except PackageNotFoundError:
        return None
    expression, declared = about.get("license_expression"), str(about.get("license") or "")
    classifiers = [
        value.rpartition("::")[2].strip()
        for value in about.get("classifier", [])
        if value.startswith("License ::")
    ]
    # Some put the whole licence into the field.
    brief = declared if len(declared) < 40 else ""
    licence = str(expression or brief or ", ".join(classifiers))
    return Library(
        str(about["name"]), str(about["version"]), licence, f"https://pypi.org/project/{name}/"
    )


@dataclass(frozen=True)
class Use:
    """How often a source is cited by one kind of row."""

    label: str
    count: int


def sources() -> list[tuple[Source, list[Use]]]:
    """The sources of what the public may read, by title, each with its most frequent uses first.

    A source that only drafts cite is left out; one that no row cites is named in the texts.
    """
    in_guides = _uses_in_guides()
    live = {model: name for model, name in _citing() if model not in IN_GUIDES.values()}
    counts = {_column(model): _count(model, name) for model, name in live.items()}
    is_cited = [Exists(model._default_manager.filter(**_this(name))) for model, name in _citing()]
    rows = Source.objects.annotate(**counts, is_cited=reduce(or_, is_cited))

    found = []
    for source in rows.order_by("sort_key", "pk"):
        totals = {model: getattr(source, _column(model)) for model in live}
        totals |= {model: in_guides[model, source.pk] for model in IN_GUIDES.values()}
        uses = [Use(str(m._meta.verbose_name_plural), n) for m, n in totals.items() if n]
        if uses or not source.is_cited:
            found.append((source, sorted(uses, key=lambda use: (-use.count, use.label))))
    return found


def _citing() -> list[tuple[type[Model], str]]:
    """Each kind of row that cites a source, and its field that does."""
    relations = Source._meta.related_objects
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if not issubclass(relation.related_model, pghistory.models.Event)
    ]


def _column(model: type[Model]) -> str:
    return f"uses_{model._meta.model_name}"


def _this(name: str) -> dict[str, OuterRef]:
    return {name: OuterRef("pk")}


def _count(model: type[Model], name: str) -> Coalesce:
    """How many rows of a kind the public may read cite the source."""
    total = _public(model).filter(**_this(name)).order_by().values(name).annotate(n=Count("pk"))
    return Coalesce(Subquery(total.values("n"), output_field=IntegerField()), 0)


def _public(model: type[Model]) -> QuerySet[Any]:
    if model is Article:
        return Article.objects.published()
    if model is JobOffer:
        return JobOffer.objects.for_public()
    fields = {field.name for field in model._meta.fields}
    shown = {"profession__is_listed": True} if "profession" in fields else {}
    return model._default_manager.filter(**shown)


def _uses_in_guides() -> Counter[tuple[type[Model], int]]:
    """How often the published versions of guides cite a source, by kind of row and source."""
    blocks = [f"published_version__snapshot__{name}" for name in IN_GUIDES]
    counts: Counter[tuple[type[Model], int]] = Counter()
    for snapshot in Guide.objects.published().values_list(*blocks):
        for model, rows in zip(IN_GUIDES.values(), snapshot, strict=True):
            counts.update((model, row["source_id"]) for row in rows or [])
    return counts
