"""What changed between two snapshots of a guide, block by block, as an editor reads it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from careers.professions.enums import Section
from careers.professions.models import Criterion, Guide
from careers.professions.snapshot import BLOCKS, Snapshot, own_fields
from careers.zones.models import Zone
from portal.fields import text_names

WORD = re.compile(r"\S+\s*|\s+")
# Rows whose words agree less than this are shown as one removed and one added.
LIKENESS = 0.4

Piece = tuple[str, bool]


@dataclass(frozen=True)
class Line:
    """A row before and after: pieces of text, each with whether it changed; none where absent."""

    kind: str
    before: list[Piece]
    after: list[Piece]

    @property
    def label(self) -> str:
        return {
            "added": _("added"),
            "removed": _("removed"),
            "changed": _("changed"),
            "same": _("unchanged"),
        }[self.kind]


@dataclass(frozen=True)
class BlockChange:
    """A block and its lines in both snapshots."""

    title: str
    lines: list[Line]

    @property
    def changed(self) -> int:
        return sum(line.kind != "same" for line in self.lines)


class Names:
    """Names of what snapshots refer to by primary key. Costs two queries."""

    def __init__(self, *snapshots: Snapshot) -> None:
        self.names: dict[str, dict[Any, str]] = {
            "criterion_id": {pk: str(row) for pk, row in Criterion.objects.in_bulk().items()},
            "zone_id": {pk: str(row) for pk, row in Zone.objects.in_bulk().items()},
            "source_id": {
                int(pk): source["title"]
                for snapshot in snapshots
                for pk, source in snapshot.get("sources", {}).items()
            },
        }

    def of(self, field: models.Field, value: Any) -> str:
        if field.attname in self.names:
            return self.names[field.attname].get(value, _("removed since"))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(value)


def _line(model: type[models.Model], row: dict[str, Any], language: str, names: Names) -> str:
    texts = [row.get(name, {}).get(language, "") for name in text_names(model)]
    facts = [
        f"{field.verbose_name}: {names.of(field, row[field.attname])}"
        for field in own_fields(model)
        if field.attname not in {"order", "section"} and row.get(field.attname) not in (None, "")
    ]
    return " · ".join([text for text in texts if text] + facts)


def _blocks(snapshot: Snapshot, language: str, names: Names) -> dict[str, list[str]]:
    """The lines of each block under its title, in the order of the page."""
    blocks = {
        _("Texts"): [
            f"{capfirst(_label(name))}: {text}"
            for name in text_names(Guide)
            if (text := snapshot.get(name, {}).get(language))
        ]
        + [
            f"{capfirst(Guide._meta.get_field(name).verbose_name)}: {snapshot[name]}"
            for name in ["published_on", "reviewed_on"]
            if snapshot.get(name)
        ]
    }
    for name, model in BLOCKS.items():
        rows = snapshot.get(name, [])
        if name == "items":
            for section in Section:
                blocks[str(section.label)] = [
                    _line(model, row, language, names) for row in rows if row["section"] == section
                ]
        else:
            title = str(capfirst(model._meta.verbose_name_plural))
            blocks[title] = [_line(model, row, language, names) for row in rows]
    return blocks


def _label(name: str) -> str:
    return str(Guide._meta.get_field(f"{name}_{settings.LANGUAGE_CODE}").verbose_name)


def _pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into words that changed and words that did not."""
    left, right = WORD.findall(before), WORD.findall(after)
    old: list[Piece] = []
    new: list[Piece] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 < i2:
            old.append(("".join(left[i1:i2]), kind != "equal"))
        if j1 < j2:
            new.append(("".join(right[j1:j2]), kind != "equal"))
    return old, new


def _replaced(before: list[str], after: list[str]) -> Iterable[Line]:
    """Rows in the same place: one changed row where they are alike, else removed and added."""
    for old, new in zip(before, after, strict=False):
        if SequenceMatcher(None, WORD.findall(old), WORD.findall(new)).ratio() >= LIKENESS:
            yield Line("changed", *_pieces(old, new))
        else:
            yield Line("removed", [(old, True)], [])
            yield Line("added", [], [(new, True)])
    yield from (Line("removed", [(old, True)], []) for old in before[len(after) :])
    yield from (Line("added", [], [(new, True)]) for new in after[len(before) :])


def _lines(before: list[str], after: list[str]) -> Iterable[Line]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Line("same", [(text, False)], [(text, False)]) for text in before[i1:i2])
        else:
            yield from _replaced(before[i1:i2], after[j1:j2])


def differences(
    before: Snapshot, after: Snapshot, language: str, names: Names
) -> list[BlockChange]:
    """The blocks that changed in one language, in the order of the page, with all their lines."""
    old, new = _blocks(before, language, names), _blocks(after, language, names)
    changes = [BlockChange(title, list(_lines(old[title], new[title]))) for title in old]
    return [change for change in changes if change.changed]
