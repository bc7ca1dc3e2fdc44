"""What live offers pay beside what the guides say, for the editors of the guides."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from careers.offers import statistics
from careers.offers.models import PayStatistic
from portal.admin import Queue
from portal.jobs.admin import ReadOnlyAdmin
from portal.numbers import money


class GapFilter(admin.SimpleListFilter):
    title = _("gap to the guide")
    parameter_name = "gap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("far", _("more than %(percent)s %%") % {"percent": statistics.FAR}),
            ("none", _("no band to compare with")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "far":
            return queryset.filter(pk__in=statistics.far_from_guide().values("pk"))
        return queryset.filter(gap=None) if self.value() == "none" else queryset


@admin.register(PayStatistic)
class PayStatisticAdmin(ReadOnlyAdmin):
    """Professions with enough live offers; their figures are computed anew every hour."""

    list_display = ["profession", "median_pay", "distance", "counted", "links"]
    list_filter = [GapFilter]
    list_select_related = ["profession__guide"]
    autocomplete_fields = ["profession"]
    search_fields = ["profession__name_masculine_fr"]
    ordering = ["profession__sort_key_fr", "pk"]
    fields = ["profession", "median_pay", "distance", "counted", "links", "computed_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PayStatistic]:
        return super().get_queryset(request).filter(area="")

    def queues(self, request: HttpRequest) -> list[Queue]:
        rows = statistics.far_from_guide().select_related("profession")
        return [Queue(_("Guides whose pay the live offers contradict"), rows, "gap=far")]

    @admin.display(description=_("median of live offers, a month"), ordering="median")
    def median_pay(self, row: PayStatistic) -> str:
        return money(row.median)

    @admin.display(description=_("gap to the guide"), ordering="gap")
    def distance(self, row: PayStatistic) -> str:
        return "–" if row.gap is None else f"{row.gap:+d} %" if row.gap else "0 %"

    @admin.display(description=_("offers"), ordering="count")
    def counted(self, row: PayStatistic) -> str:
        if not row.examples:
            return str(row.count)
        numbers = {"count": row.count, "examples": row.examples}
        return _("%(count)s (%(examples)s examples)") % numbers

    @admin.display(description=_("see"))
    def links(self, row: PayStatistic) -> str:
        pages = []
        if guide := getattr(row.profession, "guide", None):
            pages.append((reverse("admin:professions_guide_change", args=[guide.pk]), _("Guide")))
        if row.profession.is_listed:
            offers = reverse("offers:of_profession", args=[row.profession.slug])
            pages.append((offers, _("Live offers")))
        return format_html_join(" · ", '<a href="{}">{}</a>', pages)
