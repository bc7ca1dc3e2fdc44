"""An index in a file, so that a process that starts need not read every offer.

The file holds numbers and sets, nothing that could run. It is of use only to the code, the
database and the machine that wrote it, and only whole: its end is a hash of what stands before.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from careers.offers.search.index import COLUMNS, FAMILIES, TERMS, Index

CODE = ["careers/offers/search", "careers/offers/enums.py", "portal/words.py"]
DIGEST = 32  # bytes
WORD = 8  # bytes of a length


class UnusableSnapshotError(Exception):
    """The file is not there, not whole, or of another code or database; the message says which."""


@cache
def _code() -> str:
    """A hash of the code that gives the numbers their meaning."""
    paths = [settings.BASE_DIR / name for name in CODE]
    files = [file for path in paths for file in ([path] if path.is_file() else path.glob("*.py"))]
    return blake2b(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def _edition() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text,"
            " (SELECT oid::int FROM pg_database WHERE datname = current_database())"
            " FROM pg_control_system()"
        )
        server, database = cursor.fetchone()
    return {"code": _code(), "server": server, "database": database, "order": sys.byteorder}


def default_path() -> Path:
    return settings.VAR_DIR / "search" / f"{connection.settings_dict['NAME']}.index"


def write(index: Index, path: Path) -> None:
    """Put the index in a file, all at once: readers find the old file or the new one."""
    header, parts = _packed(index)
    head = json.dumps(_edition() | header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            digest = blake2b(digest_size=DIGEST)
            for part in [len(head).to_bytes(WORD, "big"), head, *parts]:
                digest.update(part)
                file.write(part)
            file.write(digest.digest())
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def read(path: Path) -> Index:
    """The index of a file. Raises UnusableSnapshotError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnusableSnapshotError(f"cannot be read: {error}") from error
    body = memoryview(data)[:-DIGEST]
    if blake2b(body, digest_size=DIGEST).digest() != data[-DIGEST:] or len(body) < WORD:
        raise UnusableSnapshotError("is damaged")
    end = WORD + int.from_bytes(body[:WORD], "big")
    header = json.loads(bytes(body[WORD:end]))
    if not _edition().items() <= header.items():
        raise UnusableSnapshotError("is of another code, database or machine")
    return _unpacked(header, body[end:])


def _packed(index: Index) -> tuple[dict[str, Any], list[bytes]]:
    """What stands in the header, and the parts that follow it."""
    parts = [column.tobytes() for column in index.columns.values()]
    for found in (index.everything, index.bare):
        parts.append(found.serialize())
    sizes = [len(part) for part in parts]
    families = {}
    for name, family in index.families.items():
        sets = [found.serialize() for found in family.values()]
        lengths = np.array([len(each) for each in sets], np.int64).tobytes()
        keys = np.array([*family], np.int64).tobytes() if name in TERMS else b""
        families[name] = None if name in TERMS else [*family]
        blocks = [lengths, keys, b"".join(sets)]
        sizes += [len(block) for block in blocks]
        parts += blocks
    numbers = {"day": index.day, "change": index.change, "base": index.base}
    return numbers | {"sizes": sizes, "families": families}, parts


def _unpacked(header: dict[str, Any], data: memoryview) -> Index:
    bounds = np.cumsum([0, *header["sizes"]]).tolist()
    # The stubs of pyroaring ask for bytes where any buffer does.
    parts: Iterator[Any] = (data[start:end] for start, end in zip(bounds, bounds[1:], strict=False))
    index = Index(header["day"], header["change"], header["base"])
    for name, kind in COLUMNS.items():
        index.columns[name] = np.frombuffer(next(parts), kind).copy()
    index.everything, index.bare = (BitMap.deserialize(next(parts)) for _ in range(2))
    for name in FAMILIES:
        lengths = np.frombuffer(next(parts), np.int64)
        keys = np.frombuffer(next(parts), np.int64).tolist()
        keys, sets = header["families"][name] or keys, next(parts)
        ends = np.cumsum(lengths).tolist()
        starts = [0, *ends][:-1]
        index.families[name] = {
            key: BitMap.deserialize(sets[start:end])
            for key, start, end in zip(keys, starts, ends, strict=True)
        }
    return index
