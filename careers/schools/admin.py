from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from careers.schools.models import Campus, Programme, School, SchoolAlias
from portal.admin import ModelAdmin, Table


class AliasTable(Table):
    model = SchoolAlias


class CampusTable(Table):
    model = Campus
    autocomplete_fields = ["municipality"]


@admin.register(School)
class SchoolAdmin(ModelAdmin):
    list_display = ["name", "short_name", "kind", "parent", "campus_count", "programme_count"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "aliases__name"]
    ordering = ["sort_key", "pk"]
    autocomplete_fields = ["parent", "source"]
    prepopulated_fields = {"slug_fr": ["name"]}
    inlines = [AliasTable, CampusTable]

    def get_queryset(self, request: HttpRequest) -> Any:
        schools = super().get_queryset(request).with_programme_count()
        return schools.annotate(sites=Count("campuses", distinct=True))

    @admin.display(description=_("campuses"), ordering="sites")
    def campus_count(self, school: School) -> int:
        return school.sites

    @admin.display(description=_("programmes"), ordering="programme_count")
    def programme_count(self, school: School) -> int:
        return school.programme_count


@admin.register(Campus)
class CampusAdmin(ModelAdmin):
    list_display = ["name", "school", "municipality"]
    list_select_related = ["school", "municipality"]
    search_fields = ["name", "school__name", "school__short_name", "municipality__name_fr"]
    ordering = ["school__sort_key", "name", "pk"]
    autocomplete_fields = ["school", "municipality"]


@admin.register(Programme)
class ProgrammeAdmin(ModelAdmin):
    list_display = ["name", "school", "degree", "language", "mode", "profession_count"]
    list_filter = ["degree", "language", "mode"]
    list_select_related = ["school"]
    search_fields = ["name_fr", "school__name"]
    ordering = ["sort_key_fr", "pk"]
    autocomplete_fields = ["school", "campuses", "professions", "source"]
    prepopulated_fields = {"slug_fr": ["name_fr"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(aims=Count("professions"))

    @admin.display(description=_("professions"), ordering="aims")
    def profession_count(self, programme: Programme) -> int:
        return programme.aims
