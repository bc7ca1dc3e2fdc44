"""Pages of the back office about the versions of a guide: list, comparison, restoring."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careers.professions.differences import Names, differences
from careers.professions.models import Guide, GuideVersion
from careers.professions.snapshot import Snapshot, restore, take

WORKING_COPY = "now"


def _guide(model_admin: Any, request: HttpRequest, pk: int) -> Guide:
    guide = get_object_or_404(Guide.objects.select_related("profession"), pk=pk)
    if not model_admin.has_view_permission(request, guide):
        raise PermissionDenied
    return guide


def _page(
    model_admin: Any, request: HttpRequest, guide: Guide, name: str, context: dict[str, Any]
) -> HttpResponse:
    base = model_admin.admin_site.each_context(request)
    mine = {"opts": model_admin.opts, "guide": guide, "subtitle": None}
    return TemplateResponse(request, f"admin/professions/guide/{name}.html", base | mine | context)


@require_safe
def version_list(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Every version of the guide, with a form to compare two of them."""
    guide = _guide(model_admin, request, pk)
    # Without the snapshots: they weigh a hundred kilobytes each.
    versions = list(guide.versions.select_related("author").defer("snapshot").order_by("-number"))
    before, after = _telling_pair(guide)
    context = {
        "title": _("Versions: %s") % guide,
        "versions": versions,
        "can_restore": model_admin.has_change_permission(request, guide),
        "before": before,
        "after": after,
    }
    return _page(model_admin, request, guide, "versions", context)


def _telling_pair(guide: Guide) -> tuple[str, str]:
    """What to compare unless asked otherwise; the last two versions where nothing changed since."""
    published = guide.published_version
    if published and take(guide) == published.snapshot:
        latest = guide.versions.order_by("-number").values_list("number", flat=True)[:2]
        if len(latest) == 2:
            return str(latest[1]), str(latest[0])
    return str(published.number) if published else "", WORKING_COPY


@require_safe
def version_compare(request: HttpRequest, pk: int, model_admin: Any) -> HttpResponse:
    """Two versions side by side, or a version and the working copy, in one language."""
    guide = _guide(model_admin, request, pk)
    usual_before, usual_after = _telling_pair(guide)
    before, before_name = _side(guide, request.GET.get("before", usual_before))
    after, after_name = _side(guide, request.GET.get("after", usual_after))
    languages = dict(settings.LANGUAGES)
    language = request.GET.get("language", "")
    if language not in languages:
        language = settings.LANGUAGE_CODE
    names = Names(before, after)
    changes = {code: differences(before, after, code, names) for code in languages}
    query = request.GET.copy()
    tabs = []
    for code, name in languages.items():
        query["language"] = code
        count = sum(change.changed for change in changes[code])
        tabs.append({"name": name, "count": count, "query": query.urlencode(), "code": code})
    context = {
        "title": _("Compare: %s") % guide,
        "before_name": before_name,
        "after_name": after_name,
        "changes": changes[language],
        "language": language,
        "tabs": tabs,
    }
    return _page(model_admin, request, guide, "compare", context)


def _side(guide: Guide, which: str) -> tuple[Snapshot, str]:
    """A snapshot and its name, from what the address says; the last version where it is unclear."""
    if which == WORKING_COPY:
        return take(guide), _("Working copy")
    versions = guide.versions.order_by("-number")
    number = int(which) if which.isascii() and which.isdigit() and len(which) < 9 else 0
    version = versions.filter(number=number).first() or versions.first()
    return (version.snapshot, str(version)) if version else (take(guide), _("Working copy"))


@require_http_methods(["GET", "HEAD", "POST"])
def version_restore(request: HttpRequest, pk: int, number: int, model_admin: Any) -> HttpResponse:
    """Ask, then put a version back as the working copy; the public page does not change."""
    guide = _guide(model_admin, request, pk)
    if not model_admin.has_change_permission(request, guide):
        raise PermissionDenied
    version = get_object_or_404(GuideVersion, guide=guide, number=number)
    if request.method != "POST":
        context = {"title": _("Restore: %s") % guide, "version": version}
        return _page(model_admin, request, guide, "restore", context)
    try:
        restore(guide, version.snapshot)
    except IntegrityError:
        text = _("%s cites a source or a zone that no longer exists. Nothing was changed.")
        messages.error(request, text % version)
    else:
        text = _("%s is the working copy again. Publish it to show it to the public.")
        messages.success(request, text % version)
    return redirect(reverse("admin:professions_guide_change", args=[guide.pk]))
