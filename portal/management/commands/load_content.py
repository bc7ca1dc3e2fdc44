"""Load the content that ships with the portal.

manage.py load_content
manage.py load_content --only guides --overwrite
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from careers.articles import importers as articles
from careers.offers import importers as offers
from careers.professions import importers as professions
from careers.schools import importers as schools
from careers.zones import importers as zones
from portal.imports.files import FileRefused, Record, digest, read_csv, read_yaml
from portal.imports.loading import Importer, Outcome, Report, load
from portal.imports.models import LoadedRecord
from portal.imports.source_importer import load_source
from portal.models import ContentVersion
from quiz import importers as quiz
from quiz import similar

CONTENT = Path(__file__).resolve().parents[2] / "content"

# What gives the files their meaning: content is loaded anew where an importer has changed.
CODE = [
    "portal/management/commands/load_content.py",
    "portal/imports/*.py",
    "careers/*/*importer*.py",
    "quiz/importers.py",
]

# What stands on what: a line may refer only to those above it.
STAGES: list[tuple[str, str, Importer]] = [
    ("sources", "sources.yaml", load_source),
    ("regions", "geo/regions.csv", zones.load_region),
    ("provinces", "geo/provinces.csv", zones.load_province),
    ("municipalities", "geo/municipalities.csv", zones.load_municipality),
    ("successors", "geo/municipality_aliases.csv", zones.load_municipality_alias),
    ("postcodes", "geo/postal_codes.csv", zones.load_postal_code),
    ("zones", "zones.yaml", zones.load_zone),
    ("sectors", "sectors.yaml", professions.load_sector),
    ("criteria", "criteria.yaml", professions.load_criterion),
    ("professions", "professions/*.yaml", professions.load_profession),
    ("profiles", "profiles.csv", professions.load_profile),
    ("schools", "schools.yaml", schools.load_school),
    ("programmes", "programmes.yaml", schools.load_programme),
    ("guides", "guides/*.yaml", schools.load_guide_with_schools),
    ("employers", "employers.csv", offers.load_employer),
    ("offers", "offers.yaml", offers.load_offer),
    ("glossary", "glossary.yaml", articles.load_term),
    ("articles", "articles/*.yaml", articles.load_article),
    ("stories", "employer_stories.yaml", articles.load_story),
    ("scale", "quiz_scale.yaml", quiz.load_scale_point),
    ("items", "quiz_items.yaml", quiz.load_item),
]
ALL = "*"
# Which professions are alike depends on these.
COMPARED = ["professions", "profiles"]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only", choices=[kind for kind, *_ in STAGES], help="one kind of record"
        )
        parser.add_argument("--folder", type=Path, default=CONTENT, help="where the files stand")
        parser.add_argument(
            "--overwrite", action="store_true", help="replace what editors changed since"
        )
        parser.add_argument("--json", action="store_true", help="the summary as JSON")

    def handle(self, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"No folder {folder}.")
        content = [path for path in folder.rglob("*") if path.suffix in {".yaml", ".csv"}]
        code = [path for pattern in CODE for path in settings.BASE_DIR.glob(pattern)]
        files = digest(content + code)
        whole = not (options["only"] or options["overwrite"])
        if whole and self._was_loaded(files):
            self.stdout.write("Content: nothing changed.")
            return
        report = self._load(options)
        if any(report.has_changed(kind) for kind in COMPARED):
            similar.refresh()
        if whole and report.is_clean:
            self._remember(files)
        self._print(report, as_json=options["json"])
        if not report.is_clean:
            raise CommandError(f"{len(report.rejections)} records were rejected.", returncode=1)

    def _load(self, options: dict[str, Any]) -> Report:
        report = Report()
        console = Console(stderr=True)
        columns = [TextColumn("{task.description:>15}"), BarColumn(), MofNCompleteColumn()]
        # Messages go to whoever wrote the files; they are English as the rest of the command.
        with override("en"), Progress(*columns, console=console) as progress:
            for kind, pattern, importer in STAGES:
                if options["only"] in (None, kind):
                    found = list(self._read(options["folder"], pattern, report, kind))
                    tracked = progress.track(found, description=kind)
                    load(kind, tracked, importer, report, overwrite=options["overwrite"])
        return report

    def _read(self, folder: Path, pattern: str, report: Report, kind: str) -> Iterable[Record]:
        for path in sorted(folder.glob(pattern)):
            try:
                yield from read_csv(path) if path.suffix == ".csv" else read_yaml(path)
            except FileRefused as error:
                report.refuse(kind, str(error))

    def _memory(self) -> tuple[ContentType, str]:
        return ContentType.objects.get_for_model(ContentVersion), ALL

    def _was_loaded(self, files: str) -> bool:
        content_type, key = self._memory()
        return LoadedRecord.objects.filter(
            content_type=content_type, key=key, record_hash=files
        ).exists()

    def _remember(self, files: str) -> None:
        content_type, key = self._memory()
        LoadedRecord.objects.update_or_create(
            content_type=content_type, key=key, defaults={"record_hash": files}
        )

    def _print(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            summary = {"counts": report.counts, "rejections": report.rejections}
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
            return
        for kind, counts in report.counts.items():
            line = ", ".join(
                f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]
            )
            self.stdout.write(f"{kind:>15}: {line}")
        for rejection in report.rejections:
            self.stderr.write(f"rejected  {rejection}")
