"""The ways a visitor narrows the list of employers, one query parameter each.

`kind` and `size` take values of the enums, `sector` a French slug. All may repeat.
"""

from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import EmployerKind, EmployerSize
from careers.offers.models import Employer
from careers.professions.models import Sector
from portal import kept
from portal.facets import FacetFilter, FacetFilterSet, Group, Index, SortFilter
from portal.fields import current_language


class EmployerFilterSet(FacetFilterSet):
    """The list of employers."""

    sector = FacetFilter(label=_("Sector"))
    kind = FacetFilter(label=_("Kind of employer"))
    size = FacetFilter(label=_("Size"))
    sort = SortFilter(
        ("name", _("Name")), ("offers", _("Most offers first")), ("newest", _("Newest first"))
    )

    class Meta:
        model = Employer
        fields: list[str] = []

    shown = ["sector", "kind", "size"]
    folded = {"sector": 8}

    @cached_property
    def index(self) -> Index:
        return kept.table("employers", current_language(), version=self.version, build=_index)

    @property
    def ordered(self) -> QuerySet[Employer]:
        """The employers of the list by name."""
        return self.qs.for_cards().order_by("sort_key", "pk")


def _index() -> Index:
    rows = list(Employer.objects.values_list("pk", "sector__slug_fr", "kind", "size"))
    sectors = Sector.objects.order_by(f"sort_key_{current_language()}")
    names = {sector.slug_fr: sector.name for sector in sectors}
    return Index(
        frozenset(row[0] for row in rows),
        {
            "sector": Group.of(names, ((row[1], row[0]) for row in rows)),
            "kind": Group.of(dict(EmployerKind.choices), ((row[2], row[0]) for row in rows)),
            "size": Group.of(dict(EmployerSize.choices), ((row[3], row[0]) for row in rows)),
        },
    )
