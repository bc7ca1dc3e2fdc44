"""Every page that a visitor may look for, with all its names, kept in memory.

Search and suggestions read it; it is made in one query a kind, and made anew when the content
changes. Names are those of every language, so that a title typed in Dutch finds the French page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from careers.articles.models import Article, GlossaryTerm
from careers.offers.models import Employer
from careers.professions.models import Profession, ProfessionName
from careers.schools.models import Campus, Programme, School, SchoolAlias
from careers.zones.models import Municipality, PostalCode, Zone, ZoneAlias
from portal import kept, words
from portal.fields import LANGUAGE_CODES, current_language
from portal.spelling import Vocabulary
from portal.words import fold

KINDS = {
    "professions": _("Professions"),
    "programmes": _("Programmes"),
    "schools": _("Schools"),
    "zones": _("Zones"),
    "employers": _("Employers"),
    "articles": _("Articles"),
    "glossary": _("Glossary"),
}

LETTERS = re.compile(r"[^\W_]+")

# How near a name is to the page: its title, another name, the name of a place inside it.
TITLE, OTHER, INSIDE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a page; `joined` are its folded words, the form in which names are compared."""

    text: str
    joined: str
    language: str = ""
    rank: int = TITLE
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: what a row of results shows, its names, and the texts in which words are sought."""

    kind: str
    pk: int
    title: str
    language: str
    url: str
    text: str
    facts: tuple[str, ...]
    names: tuple[Name, ...]
    texts: tuple[str, ...]
    sort_key: str
    has_guide: bool = False
    # What tells it from a page of the same title, in a word or two.
    aside: str = ""
    # Municipalities and postcodes by which it is sought besides its names.
    places: str = ""


def note(entry: Entry, name: Name) -> SafeString | str:
    """Which name led to the page, where the title does not show it: "Also called: COO"."""
    title = f" {' '.join(words.split(entry.title))} "
    if not name.is_shown or f" {name.joined} " in title:
        return ""
    if name.rank == INSIDE:
        return format_html(gettext("Place in it: {}"), name.text)
    if name.language in {"", current_language()}:
        return format_html(gettext("Also called: {}"), name.text)
    marked = format_html('<span lang="{}">{}</span>', name.language, name.text)
    language = get_language_info(name.language)["name_translated"]
    if current_language() == "fr":  # alone of the four, it writes them in lower case
        language = language.lower()
    return format_html(gettext("Name in {language}: {name}"), language=language, name=marked)


def current(version: int | None = None) -> tuple[Entry, ...]:
    """All entries in the language of the page, in the order of the kinds and then by title."""
    key = ("directory", current_language())
    return kept.table(*key, version=version, build=_build)


def vocabulary(version: int | None = None) -> Vocabulary:
    """The words of all names of the directory, and of the places of its schools and programmes."""
    entries = current(version)
    return kept.table(
        "vocabulary",
        version=version,
        build=lambda: Vocabulary.of(
            text
            for entry in entries
            for text in [*[name.text for name in entry.names], entry.places]
        ),
    )


def _build() -> tuple[Entry, ...]:
    pages = [_professions, _programmes, _schools, _zones, _employers, _articles, _terms]
    made = chain.from_iterable(entries() for entries in pages)
    order = list(KINDS)
    return tuple(sorted(made, key=lambda e: (order.index(e.kind), e.sort_key, e.pk)))


def searchable(text: str) -> str:
    """The words of a text as search sees them: folded, and their French stems, between spaces.

    A word is found by its beginning (" word" is in it) or by its stem (" stem " is in it).
    """
    folded, written = words.split(text), LETTERS.findall(text.lower())
    return f" {' '.join(dict.fromkeys([*folded, *words.stems(folded + written)]))} "


def _name(text: str, language: str = "", rank: int = TITLE, is_shown: bool = True) -> Name:
    return Name(text, " ".join(words.split(text)), language, rank, is_shown)


def _translations(row: Any, field: str, rank: int = TITLE) -> Iterator[Name]:
    """The text in each language it has; only the one that the page shows is its title."""
    shown = getattr(row, field).language
    for code in LANGUAGE_CODES:
        if text := getattr(row, f"{field}_{code}"):
            yield _name(text, code, rank if code == shown else max(rank, OTHER))


def _entry(row: Any, kind: str, names: Iterable[Name], texts: Iterable[str], **shown: Any) -> Entry:
    title = shown.pop("title", None) or str(row)
    once = {name.joined: name for name in reversed([*names]) if name.joined}
    return Entry(
        kind=kind,
        pk=row.pk,
        title=title,
        language=shown.pop("language", ""),
        url=row.get_absolute_url(),
        text=str(shown.pop("text", "")),
        facts=tuple(str(fact) for fact in shown.pop("facts", []) if fact),
        names=tuple(reversed(once.values())),
        texts=tuple(searchable(text) for text in texts if text),
        sort_key=fold(title),
        **shown,
    )


def _professions() -> Iterator[Entry]:
    other_names = ProfessionName.objects.filter(profession=OuterRef("pk")).order_by("pk")
    rows: Iterable[Any] = (
        Profession.objects.listed()
        .for_cards()
        .annotate(
            found_names=ArraySubquery(
                other_names.values(
                    json=JSONObject(text="text", language="language", hidden="is_hidden")
                )
            )
        )
    )
    for row in rows:
        own = [
            name
            for form, rank in [("masculine", TITLE), ("feminine", TITLE), ("short", OTHER)]
            for name in _translations(row, f"name_{form}", rank)
        ]
        # "directeur d'usine / directrice d'usine" are two names.
        other = [
            _name(part, name["language"], OTHER, not name["hidden"])
            for name in row.found_names
            for part in name["text"].split(" / ")
        ]
        yield _entry(
            row,
            "professions",
            own + other,
            [" ".join(name.text for name in own), *[name["text"] for name in row.found_names]],
            title=row.title,
            language=row.name_masculine.language,
            text=row.definition,
            facts=[row.sector.name, row.get_study_level_display()],
            has_guide=row.has_guide,
        )


def _towns(campuses: models.QuerySet[Campus]) -> ArraySubquery:
    """The municipalities of campuses, for `_town_names` and `_town_text`."""
    towns = Municipality.objects.filter(campuses__in=campuses).distinct().order_by("sort_key_fr")
    return ArraySubquery(towns.values(json=_town_json()))


def _town_json() -> JSONObject:
    codes = PostalCode.objects.filter(municipality=OuterRef("pk")).order_by("code")
    names = {code: f"name_{code}" for code in LANGUAGE_CODES}
    return JSONObject(**names, codes=ArraySubquery(codes.values("code")))


def _town_names(towns: list[dict[str, Any]]) -> str:
    language = current_language()
    return ", ".join(dict.fromkeys(town[language] or town["fr"] for town in towns))


def _town_text(town: dict[str, Any]) -> str:
    return " ".join([*[town[code] for code in LANGUAGE_CODES], *town["codes"]])


def _schools() -> Iterator[Entry]:
    aliases = SchoolAlias.objects.filter(school=OuterRef("pk")).order_by("pk")
    rows = School.objects.annotate(
        found_names=ArraySubquery(aliases.values("name")),
        found_towns=_towns(Campus.objects.filter(school=OuterRef(OuterRef("pk")))),
    )
    for row in rows:
        own = [_name(row.name), _name(row.short_name)]
        other = [_name(alias, rank=OTHER) for alias in row.found_names]
        places = " ".join(map(_town_text, row.found_towns))
        yield _entry(
            row,
            "schools",
            own + other,
            [" ".join([row.name, row.short_name, *row.found_names, places])],
            facts=[row.get_kind_display(), _town_names(row.found_towns)],
            places=places,
        )


def _programmes() -> Iterator[Entry]:
    aliases = SchoolAlias.objects.filter(school=OuterRef("school")).order_by("pk")
    rows = Programme.objects.select_related("school").annotate(
        found_names=ArraySubquery(aliases.values("name")),
        found_towns=_towns(Campus.objects.filter(programmes=OuterRef(OuterRef("pk")))),
        school_towns=_towns(Campus.objects.filter(school=OuterRef(OuterRef("school")))),
    )
    for row in rows:
        names = [*_translations(row, "name")]
        school = [row.school.name, row.school.short_name, *row.found_names]
        # Sought where its school is as long as its own site is not known.
        places = " ".join(map(_town_text, row.found_towns or row.school_towns))
        yield _entry(
            row,
            "programmes",
            names,
            [" ".join([*[name.text for name in names], *school, places])],
            language=row.name.language,
            facts=[row.school.label, row.get_degree_display(), _town_names(row.found_towns)],
            aside=row.school.label,
            places=places,
        )


def _zones() -> Iterator[Entry]:
    aliases = ZoneAlias.objects.filter(zone=OuterRef("pk")).order_by("pk")
    towns = Municipality.objects.filter(zones=OuterRef("pk")).order_by("sort_key_fr")
    rows: Iterable[Any] = Zone.objects.annotate(
        found_names=ArraySubquery(aliases.values("name")),
        found_towns=ArraySubquery(towns.values(json=_town_json())),
    )
    for row in rows:
        own = [*_translations(row, "name")]
        other = [_name(alias, rank=OTHER) for alias in row.found_names]
        inside = [
            _name(text, language, INSIDE)
            for town in row.found_towns
            for text, language in [
                *[(town[code], code) for code in LANGUAGE_CODES],
                *[(code, "") for code in town["codes"]],
            ]
            if text
        ]
        yield _entry(
            row,
            "zones",
            own + other + inside,
            [
                " ".join([*[name.text for name in own], row.industries_fr]),
                *row.found_names,
                *[_town_text(town) for town in row.found_towns],
            ],
            language=row.name.language,
            text=row.description,
        )


def _employers() -> Iterator[Entry]:
    for row in Employer.objects.for_cards():
        town = row.municipality.name if row.municipality else ""
        yield _entry(
            row,
            "employers",
            [_name(row.name)],
            [row.name],
            text=row.description,
            facts=[row.sector.name if row.sector else row.get_kind_display(), town],
        )


def _articles() -> Iterator[Entry]:
    rows: Iterable[Any] = Article.objects.published().for_cards()
    for row in rows:
        titles = [*_translations(row, "title")]
        yield _entry(
            row,
            "articles",
            titles,
            [" ".join([*[name.text for name in titles], row.summary_fr])],
            language=row.title.language,
            text=row.summary,
        )


def _terms() -> Iterator[Entry]:
    for row in GlossaryTerm.objects.all():
        own = [*_translations(row, "term")]
        aliases = [alias.strip() for alias in row.aliases.splitlines()]
        other = [*_translations(row, "expansion", OTHER)]
        other += [_name(alias, rank=OTHER) for alias in aliases if alias]
        yield _entry(
            row,
            "glossary",
            own + other,
            [" ".join(name.text for name in own + other)],
            language=row.term.language,
            text=f"{row.expansion}. {row.definition}" if row.expansion else row.definition,
        )
