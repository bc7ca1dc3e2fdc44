"""Let people find municipalities by the names of their villages.

manage.py import_localities villages.csv

Each line begins with a postcode and a name, with a comma or a semicolon between them. The site
holds no such list: those we know of have no licence that lets us pass them on.
"""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careers.zones.importers import import_localities


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            lines = file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        delimiter = ";" if lines and ";" in lines[0] else ","
        rows = [
            (row[0].strip(), row[1].strip())
            for row in csv.reader(lines, delimiter=delimiter)
            if len(row) > 1
        ]
        number = import_localities(
            (code, name[:100]) for code, name in rows if code.isdigit() and name
        )
        self.stdout.write(f"{number} names of villages are new.")
