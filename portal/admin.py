"""What every page of the back office shares."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal import history, words
from portal.admin_forms import Amount, Sentence
from portal.completeness import lacks, missing
from portal.fields import OTHER_LANGUAGES, text_names
from portal.relations import RowForm, RowFormSet, SearchedRelations

LANGUAGE_NAMES = dict(settings.LANGUAGES)
SOURCE_LANGUAGE = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Queue:
    """Work that waits, as a ModelAdmin names it: a query, and the list that shows all of it."""

    title: str
    rows: models.QuerySet[Any]
    query: str
    is_urgent: bool = False
    # What stands beside the name of a row.
    note: Callable[[Any], Any] | None = None


class MissingTranslation(admin.SimpleListFilter):
    """Rows that lack a text in a language."""

    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, LANGUAGE_NAMES[code]) for code in OTHER_LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in OTHER_LANGUAGES:
            return queryset.filter(lacks(queryset.model, self.value()))
        return queryset


def language_of(column: str, texts: Iterable[str]) -> str:
    """The language of a column of a translated text or slug, "" for other columns."""
    name, _separator, code = column.rpartition("_")
    return code if code in LANGUAGE_NAMES and name in {*texts, "slug"} else ""


def two_lines() -> forms.Textarea:
    """A box for a text of a sentence or two."""
    return forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})


class Translated:
    """Fields that say their language, to people and to screen readers."""

    # Texts that are longer than a line, of those that are stored as one.
    sentences: Sequence[str] = ()

    @cached_property
    def texts(self) -> list[str]:
        return text_names(self.model)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        language = language_of(db_field.name, self.texts)
        if language and db_field.name.rpartition("_")[0] in self.sentences:
            kwargs |= {"form_class": Sentence, "widget": two_lines()}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and language:
            field.widget.attrs["lang"] = language
            if language != SOURCE_LANGUAGE:
                field.label = format_html(
                    '{} <span class="language">{}</span>', capfirst(field.label), language
                )
        return field

    def split_languages(self, names: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
        """Columns for every reader and in French, then those of the other languages."""
        main, others = [], {code: [] for code in OTHER_LANGUAGES}
        for name in names:
            others.get(language_of(name, self.texts), main).append(name)
        return main, others


class ModelAdmin(Translated, SearchedRelations, admin.ModelAdmin):
    """What every page of the back office does.

    `fieldsets` lays out the French and language-free columns; the other languages follow, folded.
    """

    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DecimalField: {"form_class": Amount},
    }

    @property
    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def change_url(self, row: models.Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With titles that ask for no article: French would need another for each name."""
        row = kwargs.get("obj")
        if row is None:
            title = _("Add: %(name)s")
        elif self.has_change_permission(request, row):
            title = _("Change: %(name)s")
        else:
            title = _("View: %(name)s")
        context["title"] = title % {"name": self.opts.verbose_name}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inline_formsets(self, *args: Any, **kwargs: Any) -> list[Any]:
        shown = super().get_inline_formsets(*args, **kwargs)
        for inline in shown:
            data = json.loads(inline.inline_formset_data())
            name = inline.opts.verbose_name
            data["options"]["addText"] = str(_("Add: %(name)s") % {"name": name})
            inline.inline_formset_data = json.dumps(data)
        return shown

    def queues(self, request: HttpRequest) -> list[Queue]:
        """Work that the editors' desk shows; none unless overridden."""
        return []

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        filters = list(super().get_list_filter(request))
        return [*filters, MissingTranslation] if self.texts else filters

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = list(super().get_list_display(request))
        return [*columns, "missing_languages"] if self.texts else columns

    @admin.display(description=_("not translated"))
    def missing_languages(self, row: models.Model) -> str:
        codes = [code for code in OTHER_LANGUAGES if missing(row, code)]
        return ", ".join(codes) if codes else "–"

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """The site's own word search where the model has one: accents and endings forgiven."""
        if hasattr(queryset, "matching"):
            return queryset.matching(words.query_words(search_term)), False
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        if not self.texts:
            return super().get_fieldsets(request, obj)
        main, others = self.split_languages(self.get_fields(request, obj))
        laid_out = self.fieldsets or [(None, {"fields": main})]
        return [*laid_out, *(self._language_fieldset(c, n, obj) for c, n in others.items() if n)]

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        # Django would read them from `fieldsets`, which leave the other languages out.
        if self.fields:
            return list(self.fields)
        form = self.get_form(request, obj, fields=None)
        return [*form.base_fields, *self.get_readonly_fields(request, obj)]

    def _language_fieldset(
        self, code: str, names: list[str], row: models.Model | None
    ) -> tuple[str, dict[str, Any]]:
        title = str(LANGUAGE_NAMES[code])
        if row and (count := missing(row, code)):
            badge = ngettext("%(count)d text missing", "%(count)d texts missing", count)
            title = format_html(
                '{} <span class="badge badge-warning">{}</span>', title, badge % {"count": count}
            )
        elif row:
            title = format_html('{} <span class="badge badge-good">{}</span>', title, _("complete"))
        return title, {"fields": names, "classes": ["collapse"]}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Every change of the object and of the rows on its page, from the database's events."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %s") % row,
            "subtitle": None,
            "opts": self.opts,
            "object": row,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "changes": history.of(row, [inline.model for inline in self.inlines]),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class Rows(Translated, SearchedRelations):
    """An inline whose relations cost no query a row; other languages are folded away."""

    extra = 0
    form = RowForm
    formset = RowFormSet
    formfield_overrides = {
        models.TextField: {"widget": two_lines()},
        models.DecimalField: {"form_class": Amount},
    }

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A row offers to add what is missing; the rest is done on the other page.
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.can_delete_related = False
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        many = {f.name for f in self.model._meta.local_many_to_many}
        names = set(self.get_autocomplete_fields(request))
        return (
            super()
            .get_queryset(request)
            .select_related(*sorted(names - many))
            .prefetch_related(*sorted(names & many))
        )


class Table(Rows, admin.TabularInline):
    """Short rows, one a line."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            # The cells of Django's table have no label of their own.
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = capfirst(field.label)
        return field


class Block(Rows, admin.StackedInline):
    """Rows with texts: French in sight, the other languages folded."""

    template = "admin/edit_inline/block.html"
    classes = ["collapse"]

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        main, others = self.split_languages(self.get_fields(request, obj))
        folded = [name for names in others.values() for name in names]
        languages = (_("Other languages"), {"fields": folded, "classes": ["collapse"]})
        return [(None, {"fields": main}), *([languages] if folded else [])]
