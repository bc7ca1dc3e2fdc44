"""The ways a visitor narrows the lists of schools and programmes, one query parameter each.

`kind`, `degree`, `mode`, `language` take values of the enums; `province` a REFNIS code ("04000" is
Brussels); `place` the NIS code of a municipality; `zone`, `school`, `profession` a French slug. All
may repeat.
"""

from functools import cached_property

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from careers.schools import indexes
from careers.schools.models import Programme, School
from portal.facets import FacetFilter, FacetFilterSet, Index, SortFilter
from portal.fields import current_language


class SchoolFilterSet(FacetFilterSet):
    """The list of schools."""

    kind = FacetFilter(label=_("Kind of school"))
    province = FacetFilter(label=_("Province"))
    degree = FacetFilter(label=_("Degree offered"))
    place = FacetFilter(label=_("Municipality"))
    zone = FacetFilter(label=_("Employment zone"))
    sort = SortFilter(("name", _("Name")), ("programmes", _("Most programmes first")))

    class Meta:
        model = School
        fields: list[str] = []

    shown = ["kind", "province", "degree"]
    also_read = {"view"}

    @cached_property
    def index(self) -> Index:
        return indexes.schools()

    @property
    def view(self) -> str:
        """How the list is shown: "list" or "map"."""
        return "map" if self.data.get("view") == "map" else "list"

    @property
    def is_by_name(self) -> bool:
        """Whether each faculty stands under its university."""
        return self.sort != "programmes"

    @property
    def ordered(self) -> QuerySet:
        """The schools of the list in the order in force; a faculty follows its university."""
        if self.sort == "programmes":
            return self.qs.order_by("-programme_total", "sort_key", "pk")
        university = Coalesce("parent__sort_key", "sort_key")
        return self.qs.order_by(university, F("parent").asc(nulls_first=True), "sort_key", "pk")


class ProgrammeFilterSet(FacetFilterSet):
    """The list of programmes."""

    degree = FacetFilter(label=_("Degree"))
    mode = FacetFilter(label=_("Timetable"))
    language = FacetFilter(label=_("Language"))
    province = FacetFilter(label=_("Province"))
    school = FacetFilter(label=_("School"))
    profession = FacetFilter(label=_("Profession"))
    place = FacetFilter(label=_("Municipality"))
    zone = FacetFilter(label=_("Employment zone"))
    sort = SortFilter(
        ("name", _("Name")), ("school", _("School")), ("duration", _("Shortest first"))
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    shown = ["degree", "mode", "language", "province", "school", "profession"]
    folded = {"school": 8, "profession": 8}

    @cached_property
    def index(self) -> Index:
        return indexes.programmes()

    @property
    def ordered(self) -> QuerySet:
        """The programmes of the list in the order in force."""
        title = f"sort_key_{current_language()}"
        if self.sort == "school":
            return self.qs.order_by("school__sort_key", title, "pk")
        if self.sort == "duration":
            return self.qs.order_by(F("duration_years").asc(nulls_last=True), title, "pk")
        return self.qs.order_by(title, "pk")
