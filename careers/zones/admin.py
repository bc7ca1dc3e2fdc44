from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from careers.zones.models import (
    Municipality,
    MunicipalityAlias,
    PostalCode,
    Province,
    Region,
    Zone,
    ZoneAlias,
)
from portal.admin import ModelAdmin, Table

NAMES = ["name_fr", "name_nl", "name_de", "name_en"]


class AliasTable(Table):
    model = ZoneAlias


@admin.register(Zone)
class ZoneAdmin(ModelAdmin):
    list_display = ["name", "municipality_count", "source"]
    list_select_related = ["source"]
    search_fields = NAMES
    ordering = ["sort_key_fr", "pk"]
    autocomplete_fields = ["municipalities", "source"]
    prepopulated_fields = {"slug_fr": ["name_fr"]}
    inlines = [AliasTable]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(size=Count("municipalities"))

    @admin.display(description=_("municipalities"), ordering="size")
    def municipality_count(self, zone: Zone) -> int:
        return zone.size


class PostalCodeTable(Table):
    model = PostalCode


class FormerTable(Table):
    model = MunicipalityAlias


@admin.register(Municipality)
class MunicipalityAdmin(ModelAdmin):
    list_display = ["name", "nis_code", "province", "region"]
    list_filter = ["region", "province"]
    list_select_related = ["province", "region"]
    search_fields = [*NAMES, "nis_code"]
    ordering = ["sort_key_fr", "pk"]
    inlines = [PostalCodeTable, FormerTable]


class AreaAdmin(ModelAdmin):
    """Regions and provinces: few, and counted by their municipalities."""

    list_display = ["name", "code", "municipality_count"]
    search_fields = NAMES

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(size=Count("municipalities"))

    @admin.display(description=_("municipalities"), ordering="size")
    def municipality_count(self, area: Region | Province) -> int:
        return area.size


@admin.register(Region)
class RegionAdmin(AreaAdmin):
    pass


@admin.register(Province)
class ProvinceAdmin(AreaAdmin):
    list_filter = ["region"]
