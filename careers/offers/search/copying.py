"""Offers read from the database as arrays of numbers, by COPY in its binary format."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection

from careers.offers.search.index import LANGUAGES, LISTS, Groups, Rows
from careers.offers.search.query import COLUMNS as FIELDS
from careers.professions.models import Profession
from careers.zones.models import Municipality
from portal import kept

BATCH = 20_000
# Days from the first one of Python's calendar, which counts it as 1.
DAY = "({} - DATE '0001-01-01' + 1)"
PUBLISHED_ON = DAY.format("(o.published_at AT TIME ZONE 'Europe/Brussels')::date")
# The fixed part of a row: columns of eight bytes, then of four.
LONG = {
    "number": "COALESCE(o.number, 0)",
    "id": "o.id",
    "profession": "COALESCE(o.profession_id, 0)",
    "employer": "o.employer_id",
}
SHORT = {
    "pay": "COALESCE(o.monthly_high, -1)",
    "closing": DAY.format("o.closes_on"),
    "published": f"COALESCE({PUBLISHED_ON}, 0)",
    **{
        name: f"array_position(ARRAY{values}, o.{FIELDS[name]}::text) - 1"
        for name, values in LISTS.items()
    },
    "audience": "o.is_student_job::int + 2 * o.is_open_to_minors::int",
    "is_bare": "(o.title_terms IS NULL OR o.body_terms IS NULL)::int",
    "is_published": "(o.status = 'published')::int",
}
# The rest: arrays of bigint. A language and its level are one number, see `language_key`.
LEVELS = 8
ARRAYS = {
    "title": "COALESCE(o.title_terms, '{}')",
    "body": "COALESCE(o.body_terms, '{}')",
    "municipality": (
        "ARRAY(SELECT municipality_id FROM offers_offerplace WHERE offer_id = o.id)::bigint[]"
    ),
    "language": (
        f"ARRAY(SELECT (array_position(ARRAY{LANGUAGES}, asked.language::text) - 1) * {LEVELS}"
        " + asked.level FROM offers_offerlanguage asked WHERE asked.offer_id = o.id)::bigint[]"
    ),
}
SELECTED = ", ".join(
    [
        *[f"({text})::bigint" for text in LONG.values()],
        *[f"({text})::int" for text in SHORT.values()],
        *ARRAYS.values(),
    ]
)
COPY = (f"COPY (SELECT {SELECTED} FROM offers_joboffer o WHERE ", ") TO STDOUT (FORMAT binary)")

# Each value follows its length in four bytes; all numbers have the most significant byte first.
HEAD = np.dtype(
    [("fields", ">i2")]
    + [part for name in LONG for part in [(f"{name} length", ">i4"), (name, ">i8")]]
    + [part for name in SHORT for part in [(f"{name} length", ">i4"), (name, ">i4")]]
)
ELEMENT = np.dtype([("length", ">i4"), ("value", ">i8")])
SIGNATURE = b"PGCOPY\n\xff\r\n\0"
PREAMBLE = len(SIGNATURE) + 8
# Dimensions, a flag, the type, then the size and the lower bound; an empty array has the first 3.
ARRAY_HEAD = 20
END = b"\xff\xff"


def language_key(language: str, level: int) -> int:
    """The number of "asks for this language, at this level"."""
    return LANGUAGES.index(language) * LEVELS + level


def open_offers(day: int) -> Iterator[Rows]:
    """All published offers that had not ended on a day, in batches."""
    yield from _read("o.status = 'published' AND o.closes_on >= %s", [date.fromordinal(day)], BATCH)


def offers(ids: Iterable[int]) -> Rows:
    """Some offers, whatever their state."""
    [rows] = [*_read("o.id = ANY(%s)", [[*ids]], None)] or [_parsed([])]
    return rows


def _read(where: str, parameters: list[Any], size: int | None) -> Iterator[Rows]:
    with (
        connection.cursor() as cursor,
        cursor.copy(where.join(COPY), parameters) as copy,
    ):
        lines = _lines(copy)
        while batch := [*islice(lines, size)]:
            yield _parsed(batch)


def _lines(copy: Iterable[Any]) -> Iterator[bytes]:
    """The rows as bytes: the server sends one at a time."""
    for block in copy:
        line = bytes(block)
        if line.startswith(SIGNATURE):
            line = line[PREAMBLE:]
        if line and line != END:
            yield line


def _parsed(lines: list[bytes]) -> Rows:
    head = np.frombuffer(b"".join([line[: HEAD.itemsize] for line in lines]), HEAD)
    parts: dict[str, list[bytes]] = {name: [] for name in ARRAYS}
    sizes: dict[str, list[int]] = {name: [] for name in ARRAYS}
    for line in lines:
        start = HEAD.itemsize
        for name in ARRAYS:
            length = int.from_bytes(line[start : start + 4], "big")
            start += 4
            elements = line[start + ARRAY_HEAD : start + length]
            parts[name].append(elements)
            sizes[name].append(len(elements) // ELEMENT.itemsize)
            start += length
    pairs = {name: _pairs(b"".join(parts[name]), sizes[name]) for name in ARRAYS}
    return Rows(_native(head), pairs | {"language": _at_least(*pairs["language"])})


def _native(head: np.ndarray) -> np.ndarray:
    """The columns in the byte order of this machine."""
    names = [*LONG, *SHORT]
    native = np.empty(len(head), [(name, np.int64) for name in names])
    for name in names:
        native[name] = head[name]
    return native


def _pairs(elements: bytes, sizes: list[int]) -> tuple[np.ndarray, np.ndarray]:
    values = np.frombuffer(elements, ELEMENT)["value"].astype(np.int64)
    return np.repeat(np.arange(len(sizes)), sizes), values


def _at_least(rows: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Who asks for a level asks for all lower ones."""
    levels = keys % LEVELS
    lower = [np.flatnonzero(levels >= level) for level in range(1, LEVELS)]
    kept_rows = [rows[asks] for asks in lower]
    kept_keys = [keys[asks] - levels[asks] + n for n, asks in enumerate(lower, start=1)]
    return np.concatenate(kept_rows), np.concatenate(kept_keys)


def groups() -> Groups:
    """The sectors of professions and the provinces of towns; two queries after a change."""
    return kept.table("groups of offers", build=_groups)


def _groups() -> Groups:
    towns = Municipality.objects.values_list("pk", "province__code", "region__code")
    return Groups(
        dict(Profession.objects.values_list("pk", "sector_id")),
        {pk: province or region for pk, province, region in towns},
    )
