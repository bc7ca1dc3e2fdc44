"""Content files as records that remember where they stand."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError


class FileRefused(Exception):
    """A file that cannot be read at all: the message names the line."""


@dataclass(frozen=True)
class Record:
    """One record of a content file."""

    path: Path
    line: int
    values: dict[str, Any]

    @property
    def place(self) -> str:
        return f"{self.path.name}:{self.line}"


def read_yaml(path: Path) -> Iterator[Record]:
    """The records of a YAML 1.2 file: the items of its list, or the file itself as one record.

    Raises `FileRefused` where the file is no YAML, no UTF-8, or neither a list nor a record.
    """
    try:
        document = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise FileRefused(f"{path.name}:{line}: {error.problem or error.context}") from error
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path.name}: not UTF-8 ({error.reason})") from error
    if isinstance(document, CommentedMap):
        yield Record(path, document.lc.line + 1, dict(document))
    elif isinstance(document, CommentedSeq):
        for index, item in enumerate(document):
            line = document.lc.item(index)[0] + 1
            yield Record(path, line, dict(item) if isinstance(item, dict) else {"": item})
    elif document is not None:
        raise FileRefused(f"{path.name}:1: expected a list of records")


def read_csv(path: Path) -> Iterator[Record]:
    """The lines of a CSV file with a header; raises `FileRefused` where it is no UTF-8 table."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for row in reader:
                if None in row or None in row.values():
                    raise FileRefused(
                        f"{path.name}:{reader.line_num}: as many values as the header has, please"
                    )
                yield Record(path, reader.line_num, dict(row))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefused(f"{path.name}: {error}") from error


def digest(paths: list[Path]) -> str:
    """One hash of the names and bytes of files, to see at once that nothing changed."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
