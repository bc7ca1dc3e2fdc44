"""Relations that are searched for: once a formset, not once a row, and whatever a browser sends."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.completeness import missing
from portal.fields import OTHER_LANGUAGES


class _Known:
    """What a formset has loaded: primary key as text to row. Shared by the forms of the formset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, models.Model] = {}


class KnownChoiceField(_Known, forms.ModelChoiceField):
    """A foreign key whose chosen rows may be known."""

    def to_python(self, value: Any) -> models.Model | None:
        return self.known.get(str(value)) or super().to_python(value)


class KnownMultipleChoiceField(_Known, forms.ModelMultipleChoiceField):
    """A many-to-many field whose chosen rows may be known."""


def _is_key(model: type[models.Model], text: str) -> bool:
    """Whether a text can be the primary key of a row."""
    try:
        model._meta.pk.to_python(text)
    except ValidationError:
        return False
    return "\0" not in text


class _KnownOptions:
    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> list[Any]:
        field = self.choices.field
        chosen = [str(pk) for pk in value if pk not in field.empty_values]
        if not all(pk in field.known for pk in chosen):
            possible = [pk for pk in chosen if _is_key(field.queryset.model, pk)]
            return super().optgroups(name, possible, attrs)
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for pk in chosen:
            label = field.label_from_instance(field.known[pk])
            options.append(self.create_option(name, pk, label, True, len(options)))
        return [(None, options, 0)]


class KnownSelect(_KnownOptions, AutocompleteSelect):
    """Django's autocomplete without the query for a known choice."""


class KnownSelectMultiple(_KnownOptions, AutocompleteSelectMultiple):
    """The same for several choices."""


class SearchedRelations:
    """The fields of `autocomplete_fields` of a page or an inline of the back office."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
            kwargs["form_class"] = KnownChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)
            kwargs["form_class"] = KnownMultipleChoiceField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _related(row: models.Model, name: str) -> Iterator[models.Model]:
    value = getattr(row, name)
    if isinstance(value, models.Manager):
        yield from value.all()
    elif value is not None:
        yield value


class RowForm(forms.ModelForm):
    """A row of an inline."""

    def _post_clean(self) -> None:
        # An untouched row was valid when it was saved, and each constraint costs a query.
        if self.has_changed():
            super()._post_clean()


class RowFormSet(forms.BaseInlineFormSet):
    """Rows that know their relations, and whose new ones come last unless the editor says where."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.form.base_fields.items():
            if isinstance(field, _Known):
                for row in self.get_queryset():
                    field.known.update((str(item.pk), item) for item in _related(row, name))

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            label = _("Delete: %s") % form.instance if form.instance.pk else _("Delete")
            form.fields["DELETE"].widget.attrs["aria-label"] = label
        if form.instance.pk:
            form.missing_languages = [c for c in OTHER_LANGUAGES if missing(form.instance, c)]

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> models.Model:
        if "order" in form.fields and "order" not in form.changed_data:
            orders = [row.order for row in self.get_queryset()]
            orders += [row.order for row in getattr(self, "new_objects", [])]
            form.instance.order = max(orders, default=0) + 1
        return super().save_new(form, commit=commit)
