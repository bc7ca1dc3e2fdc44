from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import StudyLevel
from careers.professions.models import Criterion, Profession, ProfessionCriterion, Sector
from portal import kept, words
from portal.facets import (
    Facet,
    FacetFilter,
    FacetFilterSet,
    Group,
    Index,
    Mode,
    Option,
    SettingFilter,
    SortFilter,
)
from portal.fields import current_language
from portal.query import query_with

YES = "1"
BY_LEVEL = Case(*[When(study_level=level, then=rank) for rank, level in enumerate(StudyLevel)])


def profession_index(version: int | None = None) -> Index:
    """Which listed profession is in which sector, asks which level, carries which criterion …

    Made anew when the content changes (three queries); kept by language, for the letters.
    """
    return kept.table("profession index", current_language(), version=version, build=_index)


def _index() -> Index:
    language = current_language()
    tags = ProfessionCriterion.objects.tags().filter(profession=OuterRef("pk"))
    rows = list(
        Profession.objects.listed()
        .for_cards()
        .annotate(
            letter=F(f"sort_key_{language}"),
            tags=ArraySubquery(tags.values("criterion__slug_fr")),
        )
        .values(
            "pk", "sector__slug_fr", "study_level", "has_guide", "is_regulated", "letter", "tags"
        )
    )
    sectors = {s.slug_fr: s.name for s in Sector.objects.order_by(f"sort_key_{language}", "pk")}
    criteria = {c.slug_fr: c.name for c in Criterion.objects.order_by(f"sort_key_{language}", "pk")}
    return Index(
        everything=frozenset(row["pk"] for row in rows),
        groups={
            "sector": Group.of(sectors, ((row["sector__slug_fr"], row["pk"]) for row in rows)),
            "level": Group.of(
                dict(StudyLevel.choices), ((row["study_level"], row["pk"]) for row in rows)
            ),
            "criteria": Group.of(criteria, ((tag, r["pk"]) for r in rows for tag in r["tags"])),
            "guide": Group.of(
                {YES: _("Complete guide")}, ((YES, row["pk"]) for row in rows if row["has_guide"])
            ),
            "regulated": Group.of(
                {YES: _("Regulated access")},
                ((YES, row["pk"]) for row in rows if row["is_regulated"]),
            ),
            "letter": Group.of(
                {letter: letter for letter in ascii_uppercase},
                ((row["letter"][:1].upper(), row["pk"]) for row in rows),
            ),
        },
    )


class ProfessionFilterSet(FacetFilterSet):
    """The ways a visitor narrows the list of professions, one query parameter each."""

    shown = ["sector", "level", "criteria", "guide", "regulated"]
    folded = {"sector": 8, "criteria": 8}

    sector = FacetFilter(label=_("Sector"), field_name="sector")
    level = FacetFilter(label=_("Study level"), field_name="level")
    criteria = FacetFilter(label=_("Criteria"), field_name="criteria", mode=Mode.ALL)
    match = SettingFilter(
        label=_("Professions with"),
        choices=[("all", _("all these criteria")), ("any", _("one of these criteria"))],
    )
    guide = FacetFilter(label=_("Guide"), field_name="guide")
    regulated = FacetFilter(label=_("Access"), field_name="regulated")
    letter = FacetFilter(label=_("First letter"), field_name="letter")
    sort = SortFilter(("title", _("Title")), ("level", _("Study level")), ("match", _("Relevance")))

    class Meta:
        model = Profession
        fields: list[str] = []

    @cached_property
    def index(self) -> Index:
        return profession_index(self.version)

    @cached_property
    def facets(self) -> list[Facet]:
        found = [self.facet(name) for name in self.shown]
        return [*found[:3], self._match_facet(), *found[3:]]

    def _match_facet(self) -> Facet:
        """All or one of the criteria chosen, with what each would give."""
        field = self.filters["match"]
        criteria = self.chosen["criteria"]
        rows = self.remaining(without="criteria")
        counts = {
            mode.name.lower(): len(self._group("criteria").passing(rows, criteria, mode))
            for mode in (Mode.ALL, Mode.ANY)
        }
        current = "any" if self.match_any else "all"
        options = [
            Option(value, label, counts[value], value == current)
            for value, label in field.extra["choices"]
        ]
        return Facet("match", field.label, options, kind="radio")

    @property
    def browse(self) -> list[dict[str, Any]]:
        """Sectors and levels with their counts, to enter the list by."""
        return [
            {
                "name": name,
                "links": [
                    {"label": item.label, "count": item.count, "url": f"?{name}={item.value}"}
                    for item in self.facet(name).options
                    if item.count
                ],
            }
            for name in ("sector", "level")
        ]

    @property
    def letters(self) -> list[dict[str, Any]]:
        """A to Z as `components/letters.html` shows it, leading to what the other filters leave."""
        current = self.chosen["letter"]
        return [
            {
                "letter": letter,
                "url": query_with(self.data, letter=letter) if count else "",
                "count": count,
                "current": letter in current,
            }
            for letter, count in self.counts("letter").items()
        ]

    @property
    def match_any(self) -> bool:
        return self.data.get("match") == "any"

    def mode_of(self, name: str) -> Mode:
        if name == "criteria" and self.match_any:
            return Mode.ANY
        return super().mode_of(name)

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        """By relevance first where there are words, else by title."""
        by_title, by_level, by_match = super().sort_choices
        return [by_match, by_title, by_level] if self.has_words else [by_title, by_level]

    @property
    def ordered(self) -> QuerySet:
        """The professions of the list in the order in force."""
        title = f"sort_key_{current_language()}"
        if self.sort == "level":
            return self.qs.order_by(BY_LEVEL, title, "pk")
        if self.sort == "match":
            return self.qs.order_by(self._relevance(title), title, "pk")
        return self.qs.order_by(title, "pk")

    def _relevance(self, title: str) -> Case:
        """Titles that begin with what was typed, then other titles, then other names."""
        query = words.query_words(self.text)
        return Case(
            When(**{f"{title}__startswith": words.fold(self.text)}, then=Value(0)),
            When(words.matches("search", query), then=Value(1)),
            default=Value(2),
        )


@dataclass(frozen=True)
class ExplainedFacet(Facet):
    """A facet with a line on what its numbers say."""

    help: Any = ""


class CombinationFilterSet(FacetFilterSet):
    """Professions by what they must have, may have and must not have."""

    # What stands before a chosen criterion, and below the name of its facet.
    said = {
        "all": _("all: %(criterion)s"),
        "any": _("or: %(criterion)s"),
        "without": _("not: %(criterion)s"),
    }
    helps = {
        "all": _("Each number says how many professions remain with that choice."),
        "any": _(
            "Each number says how many professions with that criterion fit your other choices."
        ),
        "without": _("Each number says how many professions remain without that criterion."),
    }

    shown = ["all", "any", "without"]
    folded = {"all": 10, "any": 6, "without": 6}

    all = FacetFilter(label=_("All of these"), field_name="criteria", mode=Mode.ALL)
    any = FacetFilter(label=_("At least one of these"), field_name="criteria")
    without = FacetFilter(label=_("None of these"), field_name="criteria", mode=Mode.NONE)

    class Meta:
        model = Profession
        fields: list[str] = []

    @cached_property
    def index(self) -> Index:
        return profession_index(self.version)

    def facet(self, name: str) -> Facet:
        found = super().facet(name)
        return ExplainedFacet(**vars(found), help=self.helps[name])

    def _chip(self, name: str, value: str) -> dict[str, Any]:
        criterion = self._group(name).labels[value]
        return super()._chip(name, value) | {"label": self.said[name] % {"criterion": criterion}}

    @property
    def contradictions(self) -> list[str]:
        """The names of the criteria that are both wanted and refused."""
        labels = self.index.groups["criteria"].labels
        refused = set(self.chosen["without"])
        wanted = [value for value in self.chosen["all"] if value in refused]
        if refused.issuperset(self.chosen["any"]):
            wanted += self.chosen["any"]
        return [labels[value] for value in dict.fromkeys(wanted)]
