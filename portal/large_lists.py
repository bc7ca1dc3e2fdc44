"""Lists of the back office over tables of millions of rows: no page of them reads a whole table."""

from collections.abc import Iterator
from functools import cached_property
from math import ceil
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.paginator import Paginator
from django.db import connection, models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.admin import ModelAdmin

# Rows that are counted one by one, and that can be leafed through.
MOST_ROWS = 10_000
LONGEST_KEY = 18  # digits: what a 64-bit key can hold


def is_key(text: str) -> bool:
    """Whether a text can be the primary key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY


def estimated_rows(model: type[models.Model]) -> int:
    """How many rows PostgreSQL believes the table has; -1 before it was first analysed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass",
            [model._meta.db_table],
        )
        return cursor.fetchone()[0]


class LargePaginator(Paginator):
    """Pages of the first MOST_ROWS rows; a longer table is estimated, a longer choice cut."""

    @cached_property
    def count(self) -> int:
        if not self.object_list.query.where:
            estimate = estimated_rows(self.object_list.model)
            if estimate > MOST_ROWS:
                return estimate
        # In the order of the list: the index that gives it ends after so many rows.
        return self.object_list.values("pk")[:MOST_ROWS].count()

    @cached_property
    def num_pages(self) -> int:
        return max(1, ceil(min(self.count, MOST_ROWS) / self.per_page))

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than can be leafed through."""
        return self.count >= MOST_ROWS

    @property
    def most_rows(self) -> int:
        return MOST_ROWS


class LargeList(ChangeList):
    """A list in the order of an index, without the long columns."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().get_queryset(request, *args, **kwargs).defer(*self.model_admin.list_defer)

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        # Not what `?o=` asks for: any other order sorts the whole table.
        return self._get_deterministic_ordering(list(self.model_admin.get_ordering(request)))

    def get_ordering_field_columns(self) -> dict[int, str]:
        return {}


class ChosenFilter(admin.SimpleListFilter):
    """Rows of one related row, which is searched for instead of listed.

    `parameter_name` is the foreign key.
    """

    template = "admin/chosen_filter.html"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.field = model._meta.get_field(self.parameter_name)
        self.title = self.field.verbose_name
        super().__init__(request, params, model, model_admin)
        mine = {self.parameter_name, "p", "e", "all"}
        self.others = [
            (name, value)
            for name, values in request.GET.lists()
            if name not in mine
            for value in values
        ]
        self.select = forms.ModelChoiceField(
            self.field.related_model._default_manager.all(),
            required=False,
            label=capfirst(self.title),
            widget=AutocompleteSelect(self.field, model_admin.admin_site),
        )

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if not self.value():
            return queryset
        if not is_key(self.value()):
            return queryset.none()
        return queryset.filter(**{self.field.attname: int(self.value())})

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        yield {
            "selected": not self.value(),
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("All"),
        }

    def rendered(self) -> str:
        """The field in which the row is searched for."""
        value = self.value() if self.value() and is_key(self.value()) else None
        name = self.parameter_name
        return self.select.widget.render(name, value, {"id": f"filter-{name}"})


class LargeModelAdmin(ModelAdmin):
    """The base of pages about large tables; filters must stand on indexes."""

    paginator = LargePaginator
    show_facets = admin.ShowFacets.NEVER
    sortable_by: Any = ()
    change_list_template = "admin/large_list.html"
    # What can be searched for, in words.
    search_hint = ""
    # Columns that the list does not load.
    list_defer: list[str] = []

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LargeList

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without Django's deletion, which loads all the rows and what hangs on them."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what a filter offers: any other column would be searched row by row."""
        filters = self.get_list_filter(request)
        offered = {getattr(item, "parameter_name", f"{item}__exact") for item in filters}
        return lookup in offered

    @property
    def media(self) -> forms.Media:
        chosen = [
            f for f in self.list_filter if isinstance(f, type) and issubclass(f, ChosenFilter)
        ]
        media = super().media
        for f in chosen:
            field = self.model._meta.get_field(f.parameter_name)
            media += AutocompleteSelect(field, self.admin_site).media
        return media
