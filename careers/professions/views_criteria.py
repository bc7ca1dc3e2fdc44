from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers.professions.enums import CriterionGroup
from careers.professions.filters import CombinationFilterSet
from careers.professions.models import Criterion, Profession
from careers.professions.models.profession import TAG_THRESHOLD
from portal.fields import current_language
from portal.kept_pages import content_version, keep_page
from portal.pagination import paginate
from portal.slugs import find
from portal.structured import alternates


@login_not_required
@require_safe
@keep_page
def criterion_list(request: HttpRequest) -> HttpResponse:
    """All criteria by group, and the professions that a combination of them leaves."""
    context = _combination(request, content_version(request))
    if request.htmx.target == "results":
        partial = "careers/professions/criteria/_list.html#results"
        return render(request, partial, context | {"swapped": True})
    return render(request, "careers/professions/criteria/list.html", context)


def _combination(request: HttpRequest, version: int) -> dict[str, object]:
    title = f"sort_key_{current_language()}"
    professions = Profession.objects.listed().for_cards()
    filterset = CombinationFilterSet(request.GET, professions, version)
    return {
        "filterset": filterset,
        "page": paginate(request, filterset.qs.order_by(title, "pk")),
        "query": request.GET,
        "groups": _groups() if not filterset.active else [],
    }


def _groups() -> list[dict[str, object]]:
    """The criteria of each group with the number of their professions."""
    title = f"sort_key_{current_language()}"
    criteria = list(Criterion.objects.with_profession_count().order_by(title, "pk"))
    groups = [
        {"label": group.label, "criteria": [c for c in criteria if c.group == group]}
        for group in CriterionGroup
    ]
    return [group for group in groups if group["criteria"]]


@login_not_required
@require_safe
@keep_page
def criterion_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A criterion and the professions that share it, the strongest first."""
    criterion = find(Criterion.objects.all(), slug)
    if criterion.slug != slug:
        return redirect(criterion, permanent=True)

    professions = (
        Profession.objects.listed()
        .for_cards()
        .filter(criterion_values__criterion=criterion, criterion_values__value__gte=TAG_THRESHOLD)
        .annotate(strength=F("criterion_values__value"))
        .order_by("-strength", f"sort_key_{current_language()}", "pk")
    )
    context = {
        "criterion": criterion,
        "page": paginate(request, professions),
        "query": request.GET,
        "alternates": alternates(criterion),
    }
    return render(request, "careers/professions/criteria/detail.html", context)
