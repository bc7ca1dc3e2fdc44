"""The item bank and the versions of the model. Sessions of people are shown as figures only."""

import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.admin import ModelAdmin, Queue
from portal.spreadsheets import csv_download
from quiz import quality
from quiz.enums import ItemStatus
from quiz.export import research_rows
from quiz.models import Item, ModelVersion, QuizSession, ScalePoint


@admin.register(Item)
class ItemAdmin(ModelAdmin):
    list_display = ["text", "key", "dimension", "facet", "status", "answers"]
    list_filter = ["status", "dimension", "facet"]
    search_fields = ["key", "text_fr", "text_nl", "text_de", "text_en"]
    ordering = ["dimension", "facet", "key"]
    fieldsets = [(None, {"fields": ["text_fr", ("dimension", "facet"), "status", "key"]})]
    change_list_template = "admin/quiz/item/change_list.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_answer_count()

    @admin.display(description=_("answers"), ordering="answer_count")
    def answers(self, item: Item) -> int:
        return item.answer_count

    def get_readonly_fields(self, request: HttpRequest, obj: Item | None = None) -> list[str]:
        return ["key"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        """Never: a quiz under way may be about to ask it. What is not asked again is retired."""
        return False

    def queues(self, request: HttpRequest) -> list[Queue]:
        drafts = Item.objects.filter(status=ItemStatus.DRAFT).order_by("key")
        return [
            Queue(_("Quiz items to review"), drafts, f"status__exact={ItemStatus.DRAFT}"),
        ]

    def save_model(self, request: HttpRequest, obj: Item, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        reworded = any(name.startswith("text_") for name in form.changed_data)
        if change and reworded and obj.answers.exists():
            text = _(
                "People have answered this item. If it now asks something else, take the old"
                " words back, retire it and write a new item."
            )
            messages.warning(request, text)

    def get_urls(self) -> list[Any]:
        site = self.admin_site
        return [
            path("quality/", site.admin_view(self.quality_view), name="quiz_quality"),
            path("research.csv", site.admin_view(self.research_view), name="quiz_research"),
            *super().get_urls(),
        ]

    def quality_view(self, request: HttpRequest) -> HttpResponse:
        """How well items work, from all stored answers: figures of five people or more."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        languages = quality.language_figures()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Quality of the quiz"),
            "subtitle": None,
            "languages": languages,
            "calibration": quality.calibration(languages),
            "steps": quality.STEPS,
            "interests": quality.interest_figures(),
            "items": quality.item_figures(),
            "least": quality.LEAST,
            "may_export": _may_export(request),
        }
        return TemplateResponse(request, "admin/quiz/item/quality.html", context)

    def research_view(self, request: HttpRequest) -> HttpResponse:
        """The answers left to research as a CSV file."""
        if not _may_export(request):
            raise PermissionDenied
        name = f"jalon-quiz-{timezone.localdate().isoformat()}.csv"
        return csv_download(research_rows(), name)


def _may_export(request: HttpRequest) -> bool:
    return request.user.has_perm(f"{QuizSession._meta.app_label}.export_research")


@admin.register(ScalePoint)
class ScalePointAdmin(ModelAdmin):
    list_display = ["label", "value"]
    search_fields = ["label_fr", "label_nl", "label_de", "label_en"]


@admin.register(ModelVersion)
class ModelVersionAdmin(ModelAdmin):
    """Versions are computed, not typed: only their notes are an editor's."""

    list_display = [
        "__str__",
        "language_name",
        "respondents",
        "is_current",
        "created_at",
        "used_at",
    ]
    list_filter = ["is_current", "language"]
    search_fields = ["notes"]
    ordering = ["-number"]
    fields = [
        *["number", "language_name", "engine_version", "respondents", "items", "professions"],
        *["is_current", "created_at", "used_at", "notes"],
    ]
    readonly_fields = [name for name in fields if name != "notes"]
    actions = ["use"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("parameters")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Versions by their numbers, else by a word of their notes."""
        if numbers := re.findall(r"\d{1,9}", search_term):
            return queryset.filter(number__in=numbers), False
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ModelVersion | None = None) -> bool:
        is_frozen = obj is None or obj.is_frozen
        return not is_frozen and super().has_delete_permission(request, obj)

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, version: ModelVersion) -> str:
        return version.get_language_display() or _("all")

    @admin.display(description=_("items"))
    def items(self, version: ModelVersion) -> int:
        return len(version.bank)

    @admin.display(description=_("professions"))
    def professions(self, version: ModelVersion) -> int:
        return len(version.catalogue)

    @admin.action(description=_("Use for new sessions"), permissions=["change"])
    def use(self, request: HttpRequest, versions: Any) -> None:
        if versions.count() != 1:
            messages.error(request, _("Choose one version."))
            return
        version = versions.get()
        with transaction.atomic():
            same = ModelVersion.objects.filter(language=version.language, is_current=True)
            same.exclude(pk=version.pk).update(is_current=False)
            ModelVersion.objects.filter(pk=version.pk).update(is_current=True)
        text = _("New sessions work with “%(version)s”; those under way keep theirs.")
        messages.success(request, text % {"version": version})
