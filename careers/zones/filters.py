from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from careers.zones.belgium import area_code, area_names
from careers.zones.models import Zone
from portal import kept
from portal.facets import FacetFilter, FacetFilterSet, Group, Index, SortFilter
from portal.fields import current_language


def _index() -> Index:
    towns = Zone.municipalities.through.objects.order_by()
    return Index(
        everything=frozenset(Zone.objects.values_list("pk", flat=True)),
        groups={
            "province": Group.of(
                area_names(), towns.values_list(area_code("municipality__"), "zone").distinct()
            )
        },
    )


class ZoneFilterSet(FacetFilterSet):
    """The ways a visitor narrows the list of zones: `q`, `province` (REFNIS code) and `sort`."""

    province = FacetFilter(label=_("Province"))
    sort = SortFilter(
        ("name", _("Name")),
        ("schools", _("Most schools first")),
        ("programmes", _("Most programmes first")),
    )

    class Meta:
        model = Zone
        fields: list[str] = []

    @cached_property
    def index(self) -> Index:
        return kept.table("zones", current_language(), build=_index)

    @property
    def ordered(self) -> QuerySet:
        """The zones of the list in the order in force; the counts must stand in the queryset."""
        title = f"sort_key_{current_language()}"
        by_count = {"schools": ["-school_count"], "programmes": ["-programme_count"]}
        return self.qs.order_by(*by_count.get(self.sort, []), title, "pk")
