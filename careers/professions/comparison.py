"""Two to four professions side by side."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from careers.professions.enums import ConditionKind, FigureKind, GuideStatus
from careers.professions.figures import figure, frequency, salary_series
from careers.professions.models import Criterion, Profession
from careers.professions.models.profession import INTERESTS, InterestProfile
from careers.professions.reading import Reading, Row, read
from portal import kept, words
from portal.explain import Explainer
from portal.fields import LANGUAGE_CODES, Text, current_language
from portal.numbers import number_text

LEAST, MOST = 2, 4
# Addresses with more names than this are nobody's.
MOST_READ = 12
MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Selection:
    """The professions an address asks for, and what of it could not be done."""

    professions: list[Profession]
    unknown: list[str] = field(default_factory=list)
    repeated: list[Profession] = field(default_factory=list)
    left_out: list[Profession] = field(default_factory=list)

    @property
    def is_enough(self) -> bool:
        return len(self.professions) >= LEAST

    @property
    def is_full(self) -> bool:
        return len(self.professions) >= MOST


def comparison_url(professions: Iterable[Profession]) -> str:
    """The address of the comparison of these professions."""
    query = {"metiers": ",".join(profession.slug for profession in professions)}
    return f"{reverse('professions:compare')}?{urlencode(query, safe=',')}"


def select(values: Iterable[str]) -> Selection:
    """Read `metiers=slug,slug` and repeated parameters; slugs of any language. Two queries."""
    slugs = [slug.strip() for value in values for slug in value.split(",") if slug.strip()]
    known = _by_slug(slugs[:MOST_READ])
    chosen: list[Profession] = []
    unknown, repeated, left_out = [], [], []
    for slug in slugs[:MOST_READ]:
        profession = known.get(slug)
        if profession is None:
            unknown.append(slug[:60])
        elif profession in chosen:
            repeated.append(profession)
        elif len(chosen) == MOST:
            left_out.append(profession)
        else:
            chosen.append(profession)
    return Selection(chosen, unknown, repeated, left_out)


def _by_slug(slugs: list[str]) -> dict[str, Profession]:
    if not slugs:
        return {}
    in_any = reduce(or_, [Q(**{f"slug_{code}__in": slugs}) for code in LANGUAGE_CODES])
    found = {}
    for profession in Profession.objects.listed().for_comparison().filter(in_any):
        for code in LANGUAGE_CODES:
            if slug := getattr(profession, f"slug_{code}"):
                found[slug] = profession
    return found


def titles() -> list[str]:
    """The titles of all listed professions in their order, for the field that adds one."""

    def build() -> list[str]:
        order = f"sort_key_{current_language()}"
        return [p.title for p in Profession.objects.listed().order_by(order, "pk")]

    return kept.table("profession titles", current_language(), build=build)


def named(text: str) -> list[Profession]:
    """The listed professions that a typed text may mean; one where it is a whole title."""
    query = words.query_words(text)
    if not query:
        return []
    order = f"sort_key_{current_language()}"
    found = Profession.objects.listed().matching(query).order_by(order, "pk")
    candidates = list(found[: MOST_CANDIDATES + 1])
    folded = words.fold(text.strip())
    exact = [p for p in candidates if folded in _titles_of(p)]
    return exact[:1] if exact else candidates[:MOST_CANDIDATES]


def _titles_of(profession: Profession) -> set[str]:
    names = [profession.title, profession.name_masculine, profession.name_feminine]
    return {words.fold(name) for name in [*names, profession.name_short]}


@dataclass(frozen=True)
class Column:
    """One profession of a comparison with what its guide says."""

    profession: Profession
    reading: Reading | None
    criteria: list[Criterion]

    @property
    def label(self) -> str:
        return self.profession.title

    @property
    def url(self) -> str:
        return self.profession.get_absolute_url()

    @property
    def interests(self) -> InterestProfile | None:
        return getattr(self.profession, "interests", None)

    def rows(self, block: str) -> list[Row]:
        return self.reading.blocks[block] if self.reading else []


class Comparison:
    """What a page shows of several professions, one value for each of them in each row."""

    def __init__(self, professions: list[Profession]) -> None:
        self.tell = Explainer([])
        self.columns = [
            Column(
                profession,
                published_reading(profession),
                [value.criterion for value in profession.tags],
            )
            for profession in professions
        ]

    @property
    def facts(self) -> list[dict[str, Any]]:
        professions = [column.profession for column in self.columns]
        plain = self.tell.plain
        rows = [
            (_("In one sentence"), [plain(p.definition) for p in professions]),
            (_("Sector"), [plain(p.sector.name) for p in professions]),
            (_("Study level"), [p.get_study_level_display() for p in professions]),
            (_("Access"), [self._access(p) for p in professions]),
        ]
        return [{"label": label, "cells": cells} for label, cells in rows if any(cells)]

    def _access(self, profession: Profession) -> str:
        return _("Regulated by law") if profession.is_regulated else _("Not reserved by law")

    @cached_property
    def figures(self) -> list[dict[str, Any]]:
        """One row for each kind of key figure that one of the guides gives."""
        kinds = [kind for kind in FigureKind if kind != FigureKind.OTHER]
        rows: list[dict[str, Any]] = [
            {"label": kind.label, "cells": [self._figure(c, kind) for c in self.columns]}
            for kind in kinds
        ]
        return [row for row in rows if any(row["cells"])]

    def _figure(self, column: Column, kind: FigureKind) -> str | None:
        row = next((row for row in column.rows("figures") if row.kind == kind), None)
        if row is None:
            return None
        context = {"figure": figure(row, self.tell.plain)}
        return mark_safe(render_to_string("careers/professions/_figure_cell.html", context))

    @cached_property
    def conditions(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [
            {"label": kind.label, "cells": [self._condition(c, kind) for c in self.columns]}
            for kind in ConditionKind
        ]
        return [row for row in rows if any(row["cells"])]

    def _condition(self, column: Column, kind: ConditionKind) -> str:
        """How often, and the detail."""
        rows = [row for row in column.rows("working_conditions") if row.kind == kind]
        told = [part for row in rows for part in (capfirst(frequency(row)), row.text) if part]
        return format_html_join(" ", "{}", ((self._sentence(part),) for part in told))

    def _sentence(self, text: str) -> str:
        return self.tell.plain(text) if isinstance(text, Text) else f"{text}."

    @property
    def has_criteria(self) -> bool:
        return any(column.criteria for column in self.columns)

    @property
    def shared_criteria(self) -> list[Criterion]:
        """The criteria that every one of the professions carries."""
        first, *others = [column.criteria for column in self.columns]
        return [criterion for criterion in first if all(criterion in other for other in others)]

    @property
    def own_criteria(self) -> list[dict[str, Any]]:
        """The criteria of each profession that not all the others carry."""
        shared = self.shared_criteria
        return [
            {"column": column, "criteria": [c for c in column.criteria if c not in shared]}
            for column in self.columns
        ]

    @cached_property
    def salaries(self) -> list[dict[str, Any]]:
        """One chart for each period and country: only such pay has a common axis."""
        bands = [row for column in self.columns for row in column.rows("salaries")]
        pairs = dict.fromkeys((row.country, row.period) for row in bands)
        return [self._salary(country, period) for country, period in sorted(pairs)]

    def _salary(self, country: str, period: str) -> dict[str, Any]:
        series, sources, place = [], {}, ""
        for column in self.columns:
            rows = [
                row
                for row in column.rows("salaries")
                if (row.country, row.period) == (country, period)
            ]
            for row in rows:
                place = row.country_label
                sources[row.source_id] = row.source
            for serie in salary_series(rows, self.tell.plain):
                year = serie["label"].rpartition(", ")[2]
                series.append({**serie, "label": f"{column.label} ({year})"})
        return {
            "id": f"pay-{country.lower()}-{period}",
            "title": _("Pay in %(country)s") % {"country": place},
            "period": period,
            "series": series,
            "sources": [source for source in sources.values() if source],
        }

    @property
    def without_pay(self) -> list[Column]:
        """The professions whose pay is not given."""
        return [column for column in self.columns if not column.rows("salaries")]

    @property
    def is_gross(self) -> bool:
        return all(row.is_gross for column in self.columns for row in column.rows("salaries"))

    @cached_property
    def days(self) -> list[dict[str, Any]]:
        return [
            {"label": column.label, "moments": column.rows("day")}
            for column in self.columns
            if column.rows("day")
        ]

    @property
    def language_of_days(self) -> str:
        """The language of texts of the days that stand in for a translation, "" without any."""
        texts = [row.text for day in self.days for row in day["moments"]]
        return next((text.language for text in texts if text.language != current_language()), "")

    @cached_property
    def hexagons(self) -> list[dict[str, Any]]:
        """The first profession's interests laid over those of each other one."""
        columns = [column for column in self.columns if column.interests]
        return [
            {
                "id": f"interests-{number}",
                "title": _("%(first)s and %(second)s")
                % {"first": first.label, "second": other.label},
                "first": first,
                "second": other,
            }
            for first in columns[:1]
            for number, other in enumerate(columns[1:], 1)
        ]

    @cached_property
    def interests(self) -> list[dict[str, Any]]:
        """One row for each interest, from 1 to 7."""
        profiles = [column.interests for column in self.columns]
        if not any(profiles):
            return []
        return [
            {
                "label": InterestProfile._meta.get_field(name).verbose_name,
                "cells": [number_text(getattr(p, name)) if p else None for p in profiles],
            }
            for name in INTERESTS
        ]


def published_reading(profession: Profession, only: Collection[str] = ()) -> Reading | None:
    """What the public reads of the profession's guide; None where none is published.

    `only` names the blocks that are wanted: reading them all takes longer than showing a few.
    """
    guide = getattr(profession, "guide", None)
    if guide is None or guide.status != GuideStatus.PUBLISHED:
        return None
    snapshot = guide.published_version.snapshot
    if only:
        snapshot = {name: snapshot[name] for name in {*only, "sources"} if name in snapshot}
    return read(snapshot)
