"""Compiles the message catalogues in Python, for machines without gettext."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


class BrokenCatalogue(Exception):
    """A translation that would fail when shown; the message holds file, line and reason."""


def catalogues(folders: list[Path]) -> list[Path]:
    """The .po files of the locale folders."""
    return sorted(path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po"))


def is_compiled(catalogue: Path) -> bool:
    """Whether the .mo beside the .po is as new."""
    compiled = catalogue.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= catalogue.stat().st_mtime


def compile_catalogue(catalogue: Path) -> None:
    """Write the .mo beside the .po, without fuzzy messages. Raises BrokenCatalogue."""
    with catalogue.open("rb") as source:
        catalog = read_po(source, locale=catalogue.parts[-3], abort_invalid=True)
    for message, errors in catalog.check():
        raise BrokenCatalogue(f"{catalogue}:{message.lineno}: {errors[0]}")
    draft = catalogue.with_suffix(".mo.new")
    with draft.open("wb") as target:
        write_mo(target, catalog)
    draft.replace(catalogue.with_suffix(".mo"))


def compile_outdated(folders: list[Path]) -> list[Path]:
    """Compile the catalogues whose .mo is missing or older; what was compiled."""
    outdated = [path for path in catalogues(folders) if not is_compiled(path)]
    for catalogue in outdated:
        compile_catalogue(catalogue)
    return outdated
