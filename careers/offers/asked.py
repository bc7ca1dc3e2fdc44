"""What the parameters of a list of offers ask the search for."""

from dataclasses import replace
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import Form, MultipleChoiceField
from django.http import QueryDict
from django.utils import timezone

from careers.offers import cursors, fields, names, pay, search
from careers.offers.models import Employer
from careers.offers.search.query import PANEL, Answer, Cursor, Query, Sort
from careers.offers.search.terms import query_words
from careers.professions.enums import Period
from careers.zones import places
from careers.zones.belgium import area_names
from portal import kept, words
from portal.fields import current_language
from portal.query import LONGEST_SHOWN, TRACKING, Ignored


class Asked(django_filters.FilterSet):
    """The meaning of the parameters that `JobOfferFilterSet` declares: above all, its `query`."""

    # Facets of the panel whose values are chosen by ticking, in the order of the panel.
    facet_names = [
        "contract", "time", "since", "province", "sector", "telework", "hours", "experience",
        "level", "licence", "audience",
    ]  # fmt: skip
    # Facets to count besides those of the panel.
    more_facets: list[str] = []
    # Read by the page besides the filters: how a text was read; that it shall not be, or not
    # be repaired.
    also_read = {"read", "plain", "exact"}

    def __init__(self, data: QueryDict, queryset: QuerySet | None = None) -> None:
        super().__init__(data, queryset=queryset)
        self.filters["province"].extra["choices"] = list(area_names().items())
        self.filters["sector"].extra["choices"] = [
            (slug, sector.name) for slug, sector in names.sectors().items()
        ]

    def get_form_class(self) -> type[Form]:
        """The form of these filters: made once, each list has an instance."""
        return kept.table(
            "form of offers", type(self), current_language(), build=super().get_form_class
        )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The rows of the page, in no order; `answer.ids` has it."""
        return queryset.filter(pk__in=self.answer.ids)

    # What was asked

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What each parameter says, without those that say nothing that can be read."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value is not None}

    @cached_property
    def text(self) -> str:
        """The words as typed, cut where nobody reads on."""
        return self.asked.get("q", "")[: words.LONGEST_QUERY].strip()

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """The folded words as typed."""
        return tuple(query_words(self.text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that are sought: those that nobody uses give way to the likeliest name.

        Only where offers answer then, and where there is time to look.
        """
        if self.data.get("exact"):
            return self.typed
        try:
            repaired = search.repair(self.typed)
            is_found = repaired == self.typed or search.count(self._query(repaired)) > 0
        except search.NotInTime:
            return self.typed
        return repaired if is_found else self.typed

    @cached_property
    def where(self) -> str:
        return self.asked.get("where", "")[:LONGEST_SHOWN].strip()

    @cached_property
    def place(self) -> places.Place | None:
        """The place that `where` names."""
        return places.find_place(self.where) if self.where else None

    @cached_property
    def radius(self) -> places.Radius:
        """How far around the place; nothing without one."""
        return places.clean_radius(self.asked.get("radius") if self.is_somewhere else None)

    @cached_property
    def is_somewhere(self) -> bool:
        """Whether a place is given that is less than the whole country."""
        return self.place is not None and not self.place.is_everywhere

    @cached_property
    def distances(self) -> dict[int, float]:
        """Kilometres from the place to each municipality."""
        return places.distances(self.place) if self.place and self.is_somewhere else {}

    @cached_property
    def municipalities(self) -> frozenset[int] | None:
        """Where the offers are sought; None for everywhere."""
        if not self.place or not self.is_somewhere:
            return None
        return places.within(self.place, self.radius.km or 0)

    @cached_property
    def unit(self) -> str:
        return self.asked.get("unit") or Period.MONTH

    @cached_property
    def monthly_pay(self) -> int | None:
        """The least pay wanted, in whole euros a month."""
        wanted = self.asked.get("pay")
        return pay.a_month(wanted, self.unit) if wanted else None

    @cached_property
    def languages(self) -> dict[str, int]:
        """The level the visitor has in each language of which it is said."""
        return {code: self.asked[code] for code in fields.LANGUAGES if code in self.asked}

    @cached_property
    def professions(self) -> dict[str, names.Named]:
        """The professions asked for by the slug that names them."""
        known = names.professions()
        return {slug: known[slug] for slug in self.asked.get("profession", []) if slug in known}

    @cached_property
    def employers(self) -> list[Employer]:
        slugs = self.asked.get("employer")
        return list(Employer.objects.filter(slug_fr__in=slugs).order_by("pk")) if slugs else []

    @property
    def view(self) -> str:
        return self.asked.get("view") or "list"

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The values chosen in each facet of the panel, as the address writes them."""
        chosen = {name: self.asked.get(name) or [] for name in self.facet_names}
        return chosen | {"since": [self.asked["since"]] if self.asked.get("since") else []}

    # The order

    @cached_property
    def sort_choices(self) -> list[tuple[str, Any]]:
        """The orders that make sense now; the first is the default."""
        choices = dict(Sort.choices)
        if not self.words:
            del choices[Sort.RELEVANCE]
        if not self.is_somewhere:
            del choices[Sort.DISTANCE]
        return list(choices.items())

    @cached_property
    def sort(self) -> Sort:
        known, asked = dict(self.sort_choices), self.asked.get("sort")
        return Sort(asked if asked in known else next(iter(known)))

    @cached_property
    def cursor(self) -> Cursor | None:
        """Where the page begins or ends."""
        return cursors.asked(self.asked, self.sort)

    # The search

    @cached_property
    def query(self) -> Query:
        """What the search is asked."""
        return replace(self._query(self.words), sort=self.sort, at=self.cursor)

    def _query(self, sought: tuple[str, ...]) -> Query:
        """All that narrows the list, with these words."""
        return Query(
            today=timezone.localdate(),
            words=sought,
            municipalities=self.municipalities,
            metres=tuple((pk, round(1000 * km)) for pk, km in self.distances.items()),
            chosen=tuple(
                (name, frozenset(values)) for name, values in self._chosen_ids() if values
            ),
            pay=self.monthly_pay,
            languages=tuple(self.languages.items()),
        )

    def _chosen_ids(self) -> list[tuple[str, list[str]]]:
        """The chosen values as the search names them: rows by their ids."""
        sectors = names.sectors()
        chosen = self.chosen | {
            "sector": [str(sectors[slug].pk) for slug in self.chosen["sector"]],
            "profession": [str(row.pk) for row in self.professions.values()],
            "employer": [str(row.pk) for row in self.employers],
        }
        return list(chosen.items())

    @cached_property
    def answer(self) -> Answer:
        """The page of offers, their number and the counts of the panel."""
        return search.search(self.query, facets=[*PANEL, *self.more_facets])

    def count(self) -> int:
        """How many offers there are, without their page and the counts."""
        return search.count(self.query)

    # What the links say

    @cached_property
    def told(self) -> QueryDict:
        """The parameters that are read, without what of them is not: each link carries them."""
        query = QueryDict(mutable=True)
        for name in self.data:
            if name in self.filters or name in self.also_read:
                query.setlist(name, self._read_values(name))
        return query

    def _read_values(self, name: str) -> list[str]:
        values = [value[: words.LONGEST_QUERY] for value in self.data.getlist(name)]
        if isinstance(self.form.fields.get(name), MultipleChoiceField):
            return [value for value in dict.fromkeys(values) if value][: fields.MOST_VALUES]
        return values[-1:]

    # What could not be read

    @cached_property
    def ignored(self) -> list[Ignored]:
        """What of the address says nothing here, as it was written; not the place."""
        told = [
            Ignored(name[:LONGEST_SHOWN], value[:LONGEST_SHOWN], self._label(name))
            for name in self.data
            for value in self.data.getlist(name)
            if value and not self._is_read(name, value)
        ]
        return [*dict.fromkeys(told)][: fields.MOST_VALUES]

    def _label(self, name: str) -> str:
        """What the page calls a parameter; "" where visitors never see it."""
        is_shown = name in self.filters and name not in {"after", "before"}
        return str(self.filters[name].label) if is_shown else ""

    def _is_read(self, name: str, value: str) -> bool:
        if TRACKING.fullmatch(name) or name in self.also_read:
            return True
        if name not in self.filters or name in self.form.errors:
            return False
        match name:
            case "q":
                return bool(self.words) and len(value) <= words.LONGEST_QUERY
            case "where":  # Told by itself: `unknown_place`.
                return True
            case "radius":
                return self.is_somewhere
            case "sort":
                return value == self.sort
            case "after" | "before":
                return self.cursor is not None
            case "profession":
                return value in self.professions
            case "employer":
                return value in {employer.slug_fr for employer in self.employers}
        return name not in self.facet_names or value in self.chosen[name]
