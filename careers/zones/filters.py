from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.zones.belgium import area_code, area_names
from careers.zones.models import Municipality, Zone, ZoneQuerySet
from portal import words
from portal.fields import current_language
from portal.templatetags.ui import query_without

LONGEST_SHOWN = 60


class ZoneFilterSet(django_filters.FilterSet):
    """The ways a visitor narrows the list of zones: `q`, `province` (REFNIS code) and `sort`."""

    q = django_filters.CharFilter(label=gettext_lazy("Words"), method="filter_words")
    province = django_filters.ChoiceFilter(label=gettext_lazy("Province"), method="filter_province")
    sort = django_filters.ChoiceFilter(
        label=gettext_lazy("Sort by"),
        choices=[
            ("name", gettext_lazy("Name")),
            ("schools", gettext_lazy("Most schools first")),
            ("programmes", gettext_lazy("Most programmes first")),
        ],
        method="leave",
    )

    class Meta:
        model = Zone
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["province"].extra["choices"] = list(area_names().items())

    @property
    def text(self) -> str:
        """What the visitor typed, without the blanks around it."""
        return self.data.get("q", "").strip()[: words.LONGEST_QUERY]

    @property
    def chosen_province(self) -> str:
        """The code of the chosen province, "" for all."""
        code = self.data.get("province", "")
        return code if code in area_names() else ""

    @property
    def sort_choices(self) -> list[tuple[str, str]]:
        return list(self.filters["sort"].extra["choices"])

    @property
    def order(self) -> str:
        """The order in force."""
        order = self.data.get("sort", "")
        return order if order in dict(self.sort_choices) else "name"

    @property
    def with_words(self) -> ZoneQuerySet:
        """The zones that hold the visitor's words, wherever they are."""
        return Zone.objects.matching(words.query_words(self.text))

    def filter_words(self, zones: ZoneQuerySet, name: str, text: str) -> ZoneQuerySet:
        return zones.matching(words.query_words(text))

    def filter_province(self, zones: ZoneQuerySet, name: str, code: str) -> ZoneQuerySet:
        towns = Municipality.objects.alias(area=area_code()).filter(area=code, zones=OuterRef("pk"))
        return zones.filter(Exists(towns))

    def leave(self, zones: QuerySet, name: str, order: str) -> QuerySet:
        """The order does not narrow the list."""
        return zones

    @property
    def ordered(self) -> QuerySet:
        """The zones of the list in the order in force; the counts must stand in the queryset."""
        title = f"sort_key_{current_language()}"
        by_count = {"schools": ["-school_count"], "programmes": ["-programme_count"]}
        first = by_count.get(self.order, [])
        return self.qs.order_by(*first, title, "pk")

    @property
    def active(self) -> list[dict[str, str]]:
        """What narrows the list: label, and address without it."""
        filters = []
        if words.query_words(self.text):
            label = _("“%(words)s”") % {"words": self.text[:LONGEST_SHOWN]}
            filters.append({"label": label, "url": query_without(self.data, "q")})
        if self.chosen_province:
            label = area_names()[self.chosen_province]
            filters.append({"label": label, "url": query_without(self.data, "province")})
        return filters

    @property
    def ignored(self) -> list[str]:
        """The values of the address that mean nothing here."""
        given = {name: self.data.get(name, "").strip() for name in ["q", "province", "sort"]}
        known = {
            "q": bool(words.query_words(given["q"])),
            "province": bool(self.chosen_province),
            "sort": given["sort"] in dict(self.sort_choices),
        }
        return [value[:LONGEST_SHOWN] for name, value in given.items() if value and not known[name]]
