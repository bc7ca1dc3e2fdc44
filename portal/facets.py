"""Filters whose options are counted: an index of which rows carry which value, and its FilterSet.

Counts are exact and disjunctive: where any of the chosen values is enough, the choice made in a
facet does not narrow that facet's own counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import words
from portal.query import LONGEST_SHOWN, TRACKING, query_without

Ids = frozenset[int]
NOBODY: Ids = frozenset()


class Mode(Enum):
    """What a row must do with the chosen values of a facet."""

    ANY = "carry one of them"
    ALL = "carry each of them"
    NONE = "carry none of them"


@dataclass(frozen=True)
class Group:
    """The values of one facet in the order of its menu, each with its label and its rows."""

    # Lazy translations or texts.
    labels: dict[str, Any]
    members: dict[str, Ids]

    @classmethod
    def of(cls, labels: dict[str, Any], pairs: Iterable[tuple[str, int]]) -> "Group":
        """A group from pairs of a value and a row; values without label are left out."""
        rows: dict[str, set[int]] = {value: set() for value in labels}
        for value, pk in pairs:
            if value in rows:
                rows[value].add(pk)
        return cls(labels, {value: frozenset(pks) for value, pks in rows.items()})

    def passing(self, rows: Ids, values: Iterable[str], mode: Mode) -> Ids:
        """Those of `rows` that the chosen values let through."""
        carriers = [self.members.get(value, NOBODY) for value in values]
        if not carriers:
            return rows
        if mode is Mode.ALL:
            return rows.intersection(*carriers)
        carried = NOBODY.union(*carriers)
        return rows - carried if mode is Mode.NONE else rows & carried


@dataclass(frozen=True)
class Index:
    """All rows of a noun, and its facets."""

    everything: Ids
    groups: dict[str, Group]


@dataclass(frozen=True)
class Option:
    """One value of a facet as `components/facet.html` shows it."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    """One facet as `components/facet.html` shows it; `shown` options stay unfolded, 0 for all."""

    name: str
    legend: str
    options: list[Option]
    shown: int = 0
    kind: str = "checkbox"


class LenientChoices(forms.MultipleChoiceField):
    """Keeps the values that exist and forgets the others."""

    def clean(self, value: Any) -> list[str]:
        return [item for item in dict.fromkeys(value or []) if self.valid_value(item)]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Rows by the chosen values of one group of the index (`field_name`)."""

    field_class = LenientChoices

    def __init__(self, *args: Any, mode: Mode = Mode.ANY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode = mode

    def filter(self, rows: QuerySet, values: list[str]) -> QuerySet:
        if not values:
            return rows
        parent = self.parent
        return rows.filter(pk__in=parent.narrowed(parent.index.everything, self.name, values))

    @property
    def name(self) -> str:
        """The query parameter; several filters may read the same group."""
        return next(name for name, item in self.parent.filters.items() if item is self)


class SettingFilter(django_filters.ChoiceFilter):
    """A choice of how the list is read or shown; it leaves every row."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows


class SortFilter(SettingFilter):
    """The orders of a list, each a value and its label; the first is the default."""

    def __init__(self, *orders: tuple[str, Any]) -> None:
        super().__init__(label=gettext_lazy("Sort by"), choices=orders)


class FacetFilterSet(django_filters.FilterSet):
    """Words, facets and an order. Subclasses give the index, the facets and `sort`."""

    # The facets of the panel; other facet filters only arrive by a link and leave by their chip.
    shown: list[str] = []
    # How many options of a long facet stand before "Show more".
    folded: dict[str, int] = {}
    # Parameters of the address that the page reads besides the filters.
    also_read: set[str] = set()

    q = django_filters.CharFilter(label=gettext_lazy("Words"), method="filter_words")

    def __init__(self, data: QueryDict, queryset: QuerySet, version: int | None = None) -> None:
        super().__init__(data, queryset=queryset)
        # The content version, where the caller knows it already.
        self.version = version
        for name in self.facet_names:
            self.filters[name].extra["choices"] = list(self._group(name).labels.items())

    @cached_property
    def index(self) -> Index:
        raise NotImplementedError

    def mode_of(self, name: str) -> Mode:
        return self.filters[name].mode

    @property
    def facet_names(self) -> list[str]:
        return [name for name, item in self.filters.items() if isinstance(item, FacetFilter)]

    def _group(self, name: str) -> Group:
        return self.index.groups[self.filters[name].field_name]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The known values chosen in each facet."""
        self.form.is_valid()
        return {name: self.form.cleaned_data.get(name, []) for name in self.facet_names}

    @cached_property
    def text(self) -> str:
        """What the visitor typed, without the blanks around it and what is too long to be read."""
        return self.data.get("q", "").strip()[: words.LONGEST_QUERY]

    @cached_property
    def found(self) -> Ids:
        """The rows that hold the visitor's words; all rows without words."""
        query = words.query_words(self.text)
        if not query:
            return self.index.everything
        rows = self.queryset.model.objects.matching(query)
        return self.index.everything & frozenset(rows.values_list("pk", flat=True))

    @property
    def has_words(self) -> bool:
        return bool(words.query_words(self.text))

    def filter_words(self, rows: QuerySet, name: str, text: str) -> QuerySet:
        return rows.filter(pk__in=self.found) if self.has_words else rows

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        """The orders that make sense now; the first is the default."""
        return list(self.filters["sort"].extra["choices"]) if "sort" in self.filters else []

    @property
    def sort(self) -> str:
        """The order in force."""
        known = dict(self.sort_choices)
        asked = self.data.get("sort", "")
        return asked if asked in known else next(iter(known), "")

    def narrowed(self, rows: Ids, name: str, values: Iterable[str]) -> Ids:
        """Those of `rows` that these values of a facet let through."""
        return self._group(name).passing(rows, values, self.mode_of(name))

    def remaining(self, *, without: str = "", without_value: str = "") -> Ids:
        """The rows that pass all filters, or all but one facet (or one value of it)."""
        rows = self.index.everything if without == "q" else self.found
        for name, values in self.chosen.items():
            if name == without:
                values = [v for v in values if without_value and v != without_value]
            rows = self.narrowed(rows, name, values)
        return rows

    def counts(self, name: str) -> dict[str, int]:
        """How many rows there would be with each value of a facet chosen as well."""
        others = name if self.mode_of(name) is Mode.ANY else ""
        rows = self.remaining(without=others)
        return {
            value: len(self.narrowed(rows, name, [value])) for value in self._group(name).labels
        }

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets of the panel, with their counts."""
        return [self.facet(name) for name in self.shown]

    def facet(self, name: str) -> Facet:
        counts = self.counts(name)
        options = [
            Option(value, label, counts[value], value in self.chosen[name])
            for value, label in self._group(name).labels.items()
        ]
        return Facet(name, self.filters[name].label, options, self._unfolded(name, options))

    def _unfolded(self, name: str, options: list[Option]) -> int:
        """How many options to show: a chosen one is never folded away."""
        last_checked = max((i for i, option in enumerate(options, 1) if option.checked), default=0)
        shown = max(self.folded.get(name, 0), last_checked)
        return shown if name in self.folded and shown < len(options) else 0

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """Names and values that the filter form must carry along unseen."""
        return [
            (name, value)
            for name, values in self.chosen.items()
            if name not in self.shown
            for value in values
        ]

    @cached_property
    def active(self) -> list[dict[str, Any]]:
        """What narrows the list: label, address without it, and how many rows that would give."""
        filters = []
        if self.has_words:
            filters.append(
                {
                    "label": _("“%(words)s”") % {"words": self.text[:LONGEST_SHOWN]},
                    "url": query_without(self.data, "q"),
                    "count": len(self.remaining(without="q")),
                }
            )
        for name, values in self.chosen.items():
            filters += [self._chip(name, value) for value in values]
        return filters

    def _chip(self, name: str, value: str) -> dict[str, Any]:
        return {
            "label": self._group(name).labels[value],
            "url": query_without(self.data, name, value),
            "count": len(self.remaining(without=name, without_value=value)),
        }

    @property
    def wider(self) -> list[dict[str, Any]]:
        """The same list with one filter less, where that gives something; largest first."""
        useful = [item for item in self.active if item["count"]]
        return sorted(useful, key=lambda item: -item["count"])

    @cached_property
    def ignored(self) -> list[str]:
        """The values of the address that mean nothing here."""
        unknown = [
            value
            for name in self.facet_names
            for value in self.data.getlist(name)
            if value and value not in self.chosen[name]
        ]
        if self.text and not self.has_words:
            unknown.append(self.text)
        order = self.data.get("sort", "")
        if order and self.sort_choices and order not in dict(self.sort_choices):
            unknown.append(order)
        unknown += self._unread_names()
        return [value[:LONGEST_SHOWN] for value in dict.fromkeys(unknown)]

    def _unread_names(self) -> list[str]:
        """The settings of the address that are unknown, or have a value that is."""
        settings = {
            name: dict(item.extra["choices"])
            for name, item in self.filters.items()
            if isinstance(item, SettingFilter) and name != "sort"
        }
        return [
            f"{name}={value}"
            for name, value in self.data.items()
            if value
            and not TRACKING.fullmatch(name)
            and name not in {"page", *self.also_read}
            and (name not in self.filters or value not in settings.get(name, [value]))
        ]
