from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template


class Command(BaseCommand):
    help = "Compile every template of the site; tell those that cannot be."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [f"{name}: {error}" for name in template_names() if (error := error_in(name))]
        if broken:
            raise CommandError("\n".join(broken))


def template_names() -> list[str]:
    """The names by which the site loads its own templates, not those of libraries."""
    folders = {Path(folder) for folder in engines["django"].template_dirs}
    ours = {folder for folder in folders if folder.is_relative_to(settings.BASE_DIR)}
    ours -= {folder for folder in ours if "site-packages" in folder.parts}
    return sorted(
        str(path.relative_to(folder))
        for folder in ours
        for path in folder.rglob("*")
        if path.is_file()
    )


def error_in(name: str) -> str | None:
    """What is wrong in the template, if anything."""
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        return str(error)
    except UnicodeDecodeError as error:
        return f"not UTF-8: {error}"
    return None
