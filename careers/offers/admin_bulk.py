"""Actions on many offers: asked once more with their number, then done at once or by jobs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.offers import tasks
from portal.jobs.admin import run_and_tell
from portal.large_lists import LargePaginator

TEMPLATE = "admin/offers/joboffer/bulk.html"


class NothingToSay(forms.Form):
    """An action without options."""


class ReasonsForm(forms.Form):
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Kept in the history of each offer and sent to its employer."),
    )


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("closes on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean_day(self) -> str:
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return day.isoformat()


def _asked_once_more(
    model_admin: Any,
    request: HttpRequest,
    offers: Any,
    *,
    form_class: type[forms.Form],
    func: Callable[..., None],
    label: str | Promise,
) -> HttpResponse | None:
    """The page that says how many rows are meant and asks for options; then what came of it."""
    form = form_class(request.POST if "_sure" in request.POST else None)
    if form.is_bound and form.is_valid():
        return run_and_tell(request, func, offers, label=label, options=form.cleaned_data)
    paginator = LargePaginator(offers, model_admin.list_per_page)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": label,
        "subtitle": None,
        "opts": model_admin.opts,
        "form": form,
        "count": paginator.count,
        "is_more": paginator.is_cut,
        "action": request.POST.get("action"),
        "across": request.POST.get("select_across", "0"),
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, TEMPLATE, context)


@admin.action(description=_("Publish those in review"), permissions=["publish"])
def publish_chosen(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    return _asked_once_more(
        model_admin,
        request,
        queryset,
        form_class=NothingToSay,
        func=tasks.publish_one,
        label=_("Publish offers"),
    )


@admin.action(description=_("Withdraw"), permissions=["publish"])
def withdraw_chosen(model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    return _asked_once_more(
        model_admin,
        request,
        queryset,
        form_class=ReasonsForm,
        func=tasks.withdraw_one,
        label=_("Withdraw offers"),
    )


@admin.action(description=_("Change the closing day"), permissions=["publish"])
def change_closing_day(
    model_admin: Any, request: HttpRequest, queryset: Any
) -> HttpResponse | None:
    return _asked_once_more(
        model_admin,
        request,
        queryset,
        form_class=DayForm,
        func=tasks.change_closing_day,
        label=_("Change the closing day of offers"),
    )
