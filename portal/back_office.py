"""The site of the admin: its one door, and the editors' desk, its start page."""

from typing import Any, NamedTuple

from allauth.account.utils import get_next_redirect_url
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal import history
from portal.admin import LANGUAGE_NAMES, ModelAdmin
from portal.completeness import lacks
from portal.fields import OTHER_LANGUAGES

QUEUE_LENGTH = 5
# Rows of a queue that are counted: more is simply much.
MOST_WAITING = 1000


class Waiting(NamedTuple):
    """A queue as the start page shows it."""

    title: str
    total: int
    rows: list[tuple[str, str, Any]]  # name, address, what stands beside the name
    url: str
    is_urgent: bool

    @property
    def total_text(self) -> str:
        return f"{MOST_WAITING}+" if self.total > MOST_WAITING else str(self.total)


class CountUpTo(models.Subquery):
    """How many rows a query finds, at most so many: the rest is not read."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()

    def __init__(self, rows: models.QuerySet[Any], most: int) -> None:
        super().__init__(rows.values("pk")[:most])


def _waiting(model_admin: ModelAdmin, request: HttpRequest) -> list[Waiting]:
    """The queues of a model with their first rows and their totals, one query each."""
    waiting = []
    for queue in model_admin.queues(request):
        total = CountUpTo(queue.rows, MOST_WAITING + 1)
        rows = list(queue.rows.annotate(queue_total=total)[:QUEUE_LENGTH])
        waiting.append(
            Waiting(
                title=queue.title,
                total=rows[0].queue_total if rows else 0,
                rows=[
                    (str(row), model_admin.change_url(row), queue.note(row) if queue.note else "")
                    for row in rows
                ],
                url=f"{model_admin.list_url}?{queue.query}",
                is_urgent=queue.is_urgent,
            )
        )
    return waiting


class BackOffice(admin.AdminSite):
    """The admin of the site. Its start page is the editors' queue; allauth is its only door."""

    site_header = "Jalon"
    site_title = _("Jalon back office")
    index_title = _("Editors' desk")

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send visitors to the site's sign-in; refuse those who may not enter."""
        target = get_next_redirect_url(request) or reverse("admin:index")
        if self.has_permission(request):
            return redirect(target)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(target)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:index")

    def get_urls(self) -> list[Any]:
        view = self.admin_view(self.view_on_site)
        address = "r/<int:content_type_id>/<path:object_id>/"
        return [path(address, view, name="view_on_site"), *super().get_urls()]

    def view_on_site(
        self, request: HttpRequest, content_type_id: int, object_id: str
    ) -> HttpResponse:
        """Lead to the public page of a row; 404 for what has none, or is no model of the office."""
        types = ContentType.objects.get_for_models(*self._registry).values()
        if content_type_id not in {content_type.pk for content_type in types}:
            raise Http404
        try:
            return shortcut(request, content_type_id, object_id)
        except ValidationError as error:  # an id that is none
            raise Http404 from error

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The start page: what waits for an editor, what is not translated, what has changed."""
        admins = [a for a in self._registry.values() if isinstance(a, ModelAdmin)]
        mine = [a for a in admins if a.has_view_permission(request)]
        queues = [queue for a in mine for queue in _waiting(a, request)]
        context = {
            "queues": sorted(queues, key=lambda q: (not q.is_urgent, not q.total)),
            "translations": self._translations(mine),
            "languages": [LANGUAGE_NAMES[code] for code in OTHER_LANGUAGES],
            "recent": [
                (change, self._registry[type(change.target)].change_url(change.target))
                for change in history.recent({a.model for a in mine})
            ],
            "subtitle": None,
        }
        return super().index(request, context | (extra_context or {}))

    def _translations(self, admins: list[ModelAdmin]) -> list[dict[str, Any]]:
        """How many rows of each model lack a text, a column a language; one query a model."""
        lines = []
        for model_admin in admins:
            if not model_admin.texts:
                continue
            counts = model_admin.model._default_manager.aggregate(
                **{
                    code: Count("pk", filter=lacks(model_admin.model, code))
                    for code in OTHER_LANGUAGES
                }
            )
            url = model_admin.list_url
            cells = [(counts[code], f"{url}?missing={code}") for code in OTHER_LANGUAGES]
            if any(counts.values()):
                name = capfirst(model_admin.opts.verbose_name_plural)
                lines.append({"name": name, "url": url, "cells": cells})
        return lines
