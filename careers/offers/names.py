"""The professions and sectors by which offers are sought, kept until the content changes."""

from dataclasses import dataclass

from careers.professions.models import Profession, Sector
from portal import kept, words
from portal.fields import LANGUAGE_CODES, current_language


@dataclass(frozen=True, slots=True)
class Named:
    """A profession or a sector: its id, its word in addresses and its name, in this language."""

    pk: int
    slug: str
    name: str
    language: str


def professions() -> dict[str, Named]:
    """The listed professions by each of their slugs, whatever its language."""
    return kept.table("professions of offers", current_language(), build=_professions)


def _professions() -> dict[str, Named]:
    order = f"sort_key_{current_language()}"
    rows = list(Profession.objects.listed().for_cards().order_by(order, "pk"))
    return {
        slug: Named(row.pk, row.slug, row.title, row.name_masculine.language)
        for row in rows
        for slug in {getattr(row, f"slug_{code}") for code in LANGUAGE_CODES}
        if slug
    }


def professions_by_id() -> dict[int, Named]:
    """The listed professions by their id."""
    return kept.table(
        "professions of offers by id",
        current_language(),
        build=lambda: {row.pk: row for row in professions().values()},
    )


def sectors() -> dict[str, Named]:
    """All sectors by their French slug, in reading order."""
    return kept.table("sectors of offers", current_language(), build=_sectors)


def _sectors() -> dict[str, Named]:
    rows = Sector.objects.order_by(f"sort_key_{current_language()}", "pk")
    return {row.slug_fr: Named(row.pk, row.slug_fr, row.name, row.name.language) for row in rows}


def title_words() -> frozenset[str]:
    """The folded words of the names of professions in all languages."""
    return kept.table("words of professions", build=_title_words)


def _title_words() -> frozenset[str]:
    columns = [
        f"name_{form}_{code}" for form in ("masculine", "feminine") for code in LANGUAGE_CODES
    ]
    rows = Profession.objects.listed().values_list(*columns)
    return frozenset(word for row in rows for text in row if text for word in words.split(text))
