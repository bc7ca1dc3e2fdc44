"""A guide as its page reads it: a snapshot in one language, grouped in the order of the page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from careers.professions.enums import Section, SkillKind
from careers.professions.models import Guide
from careers.professions.snapshot import BLOCKS, Snapshot
from portal.fields import Text, choose, text_names

WORDS_A_MINUTE = 220
DECIMALS = {"value", "minimum", "maximum"}
TIMES = {"start", "end"}

# A row of a block: the model's attributes, texts in the reader's language, `<choice>_label`.
Row = SimpleNamespace


@dataclass(frozen=True)
class Group:
    """Items under one heading; the heading is empty where the list has none."""

    heading: Text
    items: list[Row]


@dataclass(frozen=True)
class Reading:
    """All that the snapshot of a guide says; the zones it points to, schools, offers are live."""

    texts: dict[str, Text]
    sections: dict[str, list[Row]]
    blocks: dict[str, list[Row]]
    published_on: date | None
    reviewed_on: date | None
    minutes: int

    def __getattr__(self, name: str) -> Any:
        """`reading.tagline`, `reading.missions`, `reading.figures`: what a template asks for."""
        for place in (self.texts, self.sections, self.blocks):
            if name in place:
                return place[name]
        raise AttributeError(name)

    @property
    def mission_groups(self) -> list[Group]:
        return grouped(self.sections["missions"])

    @property
    def tool_groups(self) -> list[Group]:
        return grouped(self.sections["tools"])

    @property
    def hard_skills(self) -> list[Row]:
        return [row for row in self.blocks["skills"] if row.kind == SkillKind.HARD]

    @property
    def soft_skills(self) -> list[Row]:
        return [row for row in self.blocks["skills"] if row.kind == SkillKind.SOFT]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Rows by their heading, in the order in which the headings first appear."""
    order = {}
    for row in rows:
        order.setdefault(str(row.heading), len(order))
    ranked = sorted(rows, key=lambda row: order[str(row.heading)])
    groups = groupby(ranked, key=lambda row: row.heading)
    return [Group(heading, list(items)) for heading, items in groups]


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DECIMALS:
        return Decimal(value)
    if name in TIMES:
        return time.fromisoformat(value)
    return value


def _row(block: str, values: dict[str, Any], sources: dict[str, Row]) -> Row:
    model = BLOCKS[block]
    texts = text_names(model)
    row = Row(**{name: _value(name, value) for name, value in values.items() if name not in texts})
    for name in texts:
        setattr(row, name, choose(values.get(name, {}).get))
    for field in model._meta.local_fields:
        if field.choices:
            labels = dict(field.flatchoices)
            setattr(row, f"{field.name}_label", labels.get(values.get(field.name), ""))
    if values.get("source_id"):
        row.source = sources.get(str(values["source_id"]))
    return row


def _minutes(texts: Iterable[Text], rows: Iterable[Row]) -> int:
    spoken = [*texts, *(value for row in rows for value in vars(row).values())]
    count = sum(len(value.split()) for value in spoken if isinstance(value, Text))
    return max(1, math.ceil(count / WORDS_A_MINUTE))


def read(snapshot: Snapshot) -> Reading:
    """The snapshot in the current language, French standing in for what is not translated."""
    sources = {pk: Row(pk=int(pk), **values) for pk, values in snapshot.get("sources", {}).items()}
    texts = {name: choose(snapshot.get(name, {}).get) for name in text_names(Guide)}
    blocks = {
        name: [_row(name, values, sources) for values in snapshot.get(name, [])] for name in BLOCKS
    }
    items = blocks.pop("items")
    sections = {
        section.value.replace("-", "_"): [row for row in items if row.section == section]
        for section in Section
    }
    rows = [*items, *(row for rows in blocks.values() for row in rows)]
    published, reviewed = snapshot.get("published_on"), snapshot.get("reviewed_on")
    return Reading(
        texts=texts,
        sections=sections,
        blocks=blocks,
        published_on=date.fromisoformat(published) if published else None,
        reviewed_on=date.fromisoformat(reviewed) if reviewed else None,
        minutes=_minutes(texts.values(), rows),
    )
