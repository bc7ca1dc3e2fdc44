"""Sectors, criteria and professions in the back office."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from careers.professions import plausibility
from careers.professions.admin_guides import GuideAdmin
from careers.professions.enums import GuideStatus
from careers.professions.models import (
    Criterion,
    Guide,
    InterestProfile,
    Profession,
    ProfessionCode,
    ProfessionCriterion,
    ProfessionName,
    Sector,
)
from portal.admin import ModelAdmin, Queue, Table

__all__ = ["CriterionAdmin", "GuideAdmin", "ProfessionAdmin", "SectorAdmin"]


@admin.register(Sector)
class SectorAdmin(ModelAdmin):
    list_display = ["name", "professions"]
    search_fields = ["name_fr", "name_nl", "name_de", "name_en"]
    prepopulated_fields = {"slug_fr": ["name_fr"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(profession_count=Count("professions"))

    @admin.display(description=_("professions"), ordering="profession_count")
    def professions(self, sector: Sector) -> int:
        return sector.profession_count


@admin.register(Criterion)
class CriterionAdmin(ModelAdmin):
    list_display = ["name", "group", "professions"]
    list_filter = ["group"]
    search_fields = ["name_fr", "name_nl", "name_de", "name_en"]
    prepopulated_fields = {"slug_fr": ["name_fr"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_profession_count()

    @admin.display(description=_("professions with this chip"), ordering="profession_count")
    def professions(self, criterion: Criterion) -> int:
        return criterion.profession_count


class GuideState(admin.SimpleListFilter):
    """Professions by the state of their guide, those without one too."""

    title = _("guide")
    parameter_name = "guide"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("no guide")), *GuideStatus.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "none":
            return queryset.filter(guide=None)
        if self.value() in GuideStatus.values:
            return queryset.filter(guide__status=self.value())
        return queryset


class NameTable(Table):
    model = ProfessionName
    verbose_name_plural = _("other names, synonyms and acronyms")

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "language":
            kwargs["widget"] = forms.Select(choices=settings.LANGUAGES)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class CodeTable(Table):
    model = ProfessionCode
    autocomplete_fields = ["source"]


class InterestTable(Table):
    model = InterestProfile
    autocomplete_fields = ["source"]
    verbose_name_plural = _("interests, from 1 to 7")


class CriterionTable(Table):
    model = ProfessionCriterion
    autocomplete_fields = ["criterion", "source"]
    verbose_name_plural = _("criteria, from 0 to 100 (a chip from 60 on)")


@admin.register(Profession)
class ProfessionAdmin(ModelAdmin):
    list_display = ["title", "sector", "study_level", "is_listed", "guide_status"]
    list_filter = [GuideState, "sector", "study_level", "is_listed", "is_regulated"]
    list_select_related = ["sector", "guide"]
    search_fields = ["name_masculine_fr", "other_names__text"]
    ordering = ["sort_key_fr", "pk"]
    prepopulated_fields = {"slug_fr": ["name_short_fr"]}
    sentences = ["definition"]
    inlines = [NameTable, InterestTable, CodeTable, CriterionTable]
    fieldsets = [
        (
            _("Name in French"),
            {
                "fields": [
                    ("name_masculine_fr", "name_feminine_fr"),
                    ("name_short_fr", "elides"),
                    "definition_fr",
                    "slug_fr",
                ]
            },
        ),
        (
            _("Place in the catalogue"),
            {"fields": [("sector", "study_level", "isco08"), ("is_regulated", "is_listed")]},
        ),
    ]

    @admin.display(description=_("title"), ordering="sort_key_fr")
    def title(self, profession: Profession) -> str:
        return profession.title

    @admin.display(description=_("guide"), ordering="guide__status")
    def guide_status(self, profession: Profession) -> str:
        guide = getattr(profession, "guide", None)
        return guide.get_status_display() if guide else "–"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        profession = kwargs.get("obj")
        context["guide"] = Guide.objects.filter(profession=profession).first()
        context["doubts"] = plausibility.doubts(profession) if profession else []
        return super().render_change_form(request, context, *args, **kwargs)

    def queues(self, request: HttpRequest) -> list[Queue]:
        without = Profession.objects.filter(guide=None, is_listed=True).order_by(
            "sort_key_fr", "pk"
        )
        return [Queue(_("Professions without a guide"), without, "guide=none&is_listed__exact=1")]
