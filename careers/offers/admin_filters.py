"""Filters of the list of offers; each stands on an index."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from portal.large_lists import ChosenFilter, is_key
from portal.sources.models import Source

SOON = timedelta(days=7)


class ClosingFilter(admin.SimpleListFilter):
    """Published offers by their closing day."""

    title = _("closing day")
    parameter_name = "closing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("soon", _("within 7 days")), ("over", _("has passed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        published = queryset.filter(status=OfferStatus.PUBLISHED)
        if self.value() == "soon":
            return published.filter(closes_on__range=(today, today + SOON))
        return published.filter(closes_on__lt=today) if self.value() == "over" else queryset


class SourceFilter(admin.SimpleListFilter):
    """Offers that were imported from a source, or written here."""

    title = _("source")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        offers = JobOffer.objects.filter(source=OuterRef("pk"))
        sources = Source.objects.filter(Exists(offers)).order_by("pk")
        return [("none", _("written here")), *[(str(row.pk), str(row)) for row in sources]]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "none":
            return queryset.filter(source=None)
        if self.value():
            pk = int(self.value()) if is_key(self.value()) else 0
            return queryset.filter(source_id=pk)
        return queryset


class EmployerFilter(ChosenFilter):
    parameter_name = "employer"
