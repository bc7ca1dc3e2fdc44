"""Writing records to rows: created, changed, same or rejected, an editor's changes kept.

A record becomes one object. Its values are columns and *parts* (what stands in other tables). For
each of them a hash of what was last loaded is kept; a value that differs from that hash has been
edited since and is left alone unless `overwrite`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction

from portal.imports.files import Record
from portal.imports.models import LoadedRecord

M = TypeVar("M", bound=models.Model)


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


class Rejected(Exception):
    """A record that cannot be written; the message says why, for the person who wrote it."""


@dataclass(frozen=True)
class Part:
    """Something of an object that stands in other tables: its plain value, read and written."""

    value: Any
    read: Callable[[Any], Any]
    write: Callable[[Any, Any], None]


@dataclass
class Report:
    """What became of each record."""

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    rejections: list[str] = field(default_factory=list)

    def add(self, kind: str, outcome: Outcome) -> None:
        self.counts.setdefault(kind, Counter())[outcome] += 1

    def refuse(self, kind: str, reason: str) -> None:
        self.add(kind, Outcome.REJECTED)
        self.rejections.append(reason)

    @property
    def is_clean(self) -> bool:
        return not self.rejections

    def has_changed(self, kind: str) -> bool:
        """Whether any record of this kind was written."""
        counts = self.counts.get(kind, Counter())
        return bool(counts[Outcome.CREATED] or counts[Outcome.CHANGED])


def plain(value: Any) -> Any:
    """A value as JSON holds it, so that two of them can be compared and hashed."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return format(Decimal(str(value)).normalize(), "f")
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)


def hashed(value: Any) -> str:
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _save(row: models.Model) -> None:
    """Save; ask what is wrong in words for people only where the database refuses."""
    row.clean_fields()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean()
        raise


@dataclass
class Upsert(Generic[M]):
    """One object being brought in line with its record."""

    model: type[M]
    lookup: dict[str, Any]
    columns: dict[str, Any]
    parts: dict[str, Part] = field(default_factory=dict)
    overwrite: bool = False
    edited: list[str] = field(default_factory=list)

    def write(self) -> tuple[M, Outcome]:
        """Create or update the object and its parts. Raises `ValidationError` or `Rejected`."""
        row = self.model._default_manager.filter(**self.lookup).first()
        is_new = row is None
        row = row or self.model(**self.lookup)
        memory = self._memory(is_new)
        changed = self._write_columns(row, memory, is_new)
        if is_new or changed:
            _save(row)
        changed = self._write_parts(row, memory, is_new) or changed
        if changed or is_new or memory.pk is None:
            memory.save()
        if is_new:
            return row, Outcome.CREATED
        return row, Outcome.CHANGED if changed else Outcome.SAME

    def _memory(self, is_new: bool) -> LoadedRecord:
        content_type = ContentType.objects.get_for_model(self.model)
        key = "/".join(str(plain(value)) for value in self.lookup.values())
        memory = LoadedRecord.objects.filter(content_type=content_type, key=key).first()
        memory = memory or LoadedRecord(content_type=content_type, key=key)
        if is_new:
            memory.hashes = {}
        return memory

    def _may_write(self, name: str, current: Any, new: Any, memory: LoadedRecord) -> bool:
        """Whether `new` replaces `current`: they differ and no editor has touched it since."""
        if plain(current) == plain(new):
            memory.hashes[name] = hashed(new)
            return False
        loaded = memory.hashes.get(name)
        if loaded and loaded != hashed(current) and not self.overwrite:
            self.edited.append(name)
            return False
        memory.hashes[name] = hashed(new)
        return True

    def _write_columns(self, row: models.Model, memory: LoadedRecord, is_new: bool) -> bool:
        changed = False
        for name, new in self.columns.items():
            if is_new:
                memory.hashes[name] = hashed(new)
            elif not self._may_write(name, getattr(row, name), new, memory):
                continue
            setattr(row, name, new)
            changed = True
        return changed

    def _write_parts(self, row: models.Model, memory: LoadedRecord, is_new: bool) -> bool:
        changed = False
        for name, part in self.parts.items():
            if self._may_write(name, [] if is_new else part.read(row), part.value, memory):
                part.write(row, part.value)
                changed = True
        return changed


def upsert(
    model: type[models.Model],
    lookup: dict[str, Any],
    columns: dict[str, Any],
    parts: dict[str, Part] | None = None,
    *,
    overwrite: bool,
) -> Outcome:
    """What became of the one object of `lookup`, written as `Upsert.write` does."""
    return Upsert(model, lookup, columns, parts or {}, overwrite).write()[1]


def reasons(error: Exception) -> str:
    """What is wrong, in one line for the person who wrote the file."""
    if isinstance(error, ValidationError):
        if hasattr(error, "message_dict"):
            return "; ".join(
                f"{'' if name == '__all__' else name + ': '}{' '.join(messages)}"
                for name, messages in error.message_dict.items()
            )
        return " ".join(error.messages)
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return " ".join(str(error).split()) or type(error).__name__


# What a record can be wrong in: a rule of ours or of the database, a missing or misshapen value.
UNWRITABLE = (
    Rejected,
    ValidationError,
    DatabaseError,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
)

Importer = Callable[[Record, bool], Outcome]


def load(
    kind: str, records: Iterable[Record], importer: Importer, report: Report, *, overwrite: bool
) -> None:
    """Give each record to `importer` in a transaction of its own; a bad one rejects only itself."""
    for record in records:
        try:
            with transaction.atomic():
                report.add(kind, importer(record, overwrite))
        except UNWRITABLE as error:
            report.refuse(kind, f"{record.place}: {reasons(error)}")
