"""What happened to the content, from the events that database triggers write."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

import pghistory
import pghistory.models
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from portal.models import FirstVersion

LABELS = {"insert": _("added"), "update": _("changed"), "delete": _("deleted")}
NAMES = ["name", "name_masculine_fr", "name_fr", "heading_fr", "title_fr", "term_fr", "text_fr"]
LONGEST_VALUE = 160


@dataclass(frozen=True)
class Column:
    """One value that changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One row that was added, changed or deleted."""

    kind: str
    label: str
    what: str
    name: str
    columns: list[Column]


@dataclass(frozen=True)
class Change:
    """All that one request did."""

    when: datetime
    who: str
    events: list[Event]
    # Why, in the words of `because`.
    note: str = ""


@dataclass(frozen=True)
class Touched:
    """An object that somebody changed, for the start page."""

    when: datetime
    who: str
    target: models.Model
    parts: list[str] = field(default_factory=list)


@contextmanager
def because(note: str, *, by: Any = None) -> Iterator[None]:
    """Write down why the changes made inside are made, and by whom where no request says it.

    Within a request all changes share one note: the last one counts.
    """
    metadata = {"note": note} if note else {}
    if by is not None:
        metadata["user"] = by.pk
    with pghistory.context(**metadata):
        yield


def tracked(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_event_model")


def _names(users: Iterable[Any]) -> dict[Any, str]:
    """Names of users by primary key, in one query."""
    found = get_user_model().objects.in_bulk({pk for pk in users if pk})
    return {pk: user.get_full_name() for pk, user in found.items()}


def _who(context: dict[str, Any] | None, names: dict[Any, str]) -> str:
    user = (context or {}).get("user")
    if user is None:
        return str(_("the site"))
    return names.get(user, str(_("an erased account")))


def _shown(model: type[models.Model], column: str, value: Any) -> str:
    try:
        choices = dict(model._meta.get_field(column).flatchoices or [])
    except FieldDoesNotExist:
        choices = {}
    text = str(choices.get(value, "" if value is None else value))
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _column_name(model: type[models.Model], column: str) -> str:
    try:
        name = str(model._meta.get_field(column).verbose_name)
    except FieldDoesNotExist:
        return column
    language = column.rsplit("_", 1)[-1]
    return f"{name} ({language})" if len(language) == 2 and "_" in column else name


def _event(event: pghistory.models.Events, models_by_label: dict[str, Any]) -> Event:
    model = models_by_label[event.pgh_obj_model]
    data = event.pgh_data or {}
    name = next((str(data[key]) for key in NAMES if data.get(key)), "")
    return Event(
        kind=event.pgh_label,
        label=str(LABELS.get(event.pgh_label, event.pgh_label)),
        what=str(model._meta.verbose_name),
        name=_shown(model, "", name),
        columns=[
            Column(_column_name(model, key), _shown(model, key, before), _shown(model, key, after))
            for key, (before, after) in (event.pgh_diff or {}).items()
        ],
    )


def of(
    target: models.Model, parts: Iterable[type[models.Model]] = (), *, limit: int = 300
) -> list[Change]:
    """The changes of an object and of the rows of its parts, newest first. Costs two queries."""
    followed = {m._meta.label: m for m in [type(target), *parts] if tracked(m)}
    if not followed:
        return []
    events = list(
        pghistory.models.Events.objects.across(*[m.pgh_event_model for m in followed.values()])
        .references(target)
        .exclude(pgh_label=FirstVersion.label)
        .order_by("-pgh_created_at", "pgh_model", "-pgh_id")[:limit]
    )
    names = _names((event.pgh_context or {}).get("user") for event in events)

    def moment(event: pghistory.models.Events) -> tuple[Any, Any]:
        return event.pgh_created_at, event.pgh_context_id

    return [
        Change(
            when=when,
            who=_who(group[0].pgh_context, names),
            events=[_event(event, followed) for event in group],
            note=(group[0].pgh_context or {}).get("note", ""),
        )
        for (when, _context), group in ((key, list(rows)) for key, rows in groupby(events, moment))
    ]


def _parent(model: type[models.Model], top: set[type[models.Model]]) -> tuple[Any, str]:
    """The model whose page shows rows of `model`, and the column that names the row there."""
    if model in top:
        return model, "pgh_obj_id"
    for candidate in model._meta.local_fields:
        if candidate.remote_field and candidate.related_model in top:
            return candidate.related_model, candidate.attname
    return None, ""


def _latest(top: set[type[models.Model]], limit: int) -> Iterator[dict[str, Any]]:
    """The newest events that a person caused, of the models in `top` and their rows: one query."""
    queries, parents = [], {}
    for model in filter(tracked, apps.get_models()):
        parent, column = _parent(model, top)
        if parent is None:
            continue
        parents[model._meta.label] = (model, parent)
        queries.append(
            model.pgh_event_model.objects.filter(pgh_context__metadata__user__isnull=False)
            .order_by("-pgh_id")
            .values(
                "pgh_created_at",
                "pgh_context_id",
                changed_by=F("pgh_context__metadata__user"),
                changed_model=Value(model._meta.label),
                page_pk=F(column),
            )[:limit]
        )
    if not queries:
        return
    union = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    for row in union.order_by("-pgh_created_at")[:limit]:
        row["model"], row["parent"] = parents[row["changed_model"]]
        yield row


def recent(top: set[type[models.Model]], *, limit: int = 10) -> list[Touched]:
    """What people changed last, one line an object and request, for the models given.

    Costs one query for the events, one for the names, and one a model met.
    """
    lines: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in _latest(top, limit * 20):
        key = (row["parent"], row["page_pk"], row["pgh_context_id"])
        line = lines.setdefault(key, row | {"parts": []})
        if (name := str(row["model"]._meta.verbose_name_plural)) not in line["parts"]:
            line["parts"].append(name)
    newest = list(lines.items())[:limit]
    targets = {
        model: model._default_manager.in_bulk({pk for (m, pk, _c), _l in newest if m is model})
        for model in {key[0] for key, _line in newest}
    }
    names = _names(line["changed_by"] for _key, line in newest)
    return [
        Touched(
            when=line["pgh_created_at"],
            who=_who({"user": line["changed_by"]}, names),
            target=targets[model][pk],
            parts=[part for part in line["parts"] if part != model._meta.verbose_name_plural],
        )
        for (model, pk, _context), line in newest
        if pk in targets[model]
    ]
