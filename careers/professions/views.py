from typing import Any

from django.contrib.auth.decorators import login_not_required, permission_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.articles.models import Article, EmployerStory, GlossaryTerm
from careers.offers import live
from careers.professions import comparison, structured
from careers.professions.blocks import blocks_of
from careers.professions.comparison import (
    Comparison,
    Selection,
    comparison_url,
    published_reading,
)
from careers.professions.filters import ProfessionFilterSet
from careers.professions.models import Criterion, Guide, Profession
from careers.professions.page import ProfessionPage, Surroundings
from careers.professions.reading import Reading, read
from careers.professions.similar import pairs, similar_to
from careers.professions.snapshot import take
from careers.schools.models import Campus, Programme
from careers.zones.models import Zone
from portal.fields import current_language
from portal.kept_pages import content_version, fresh_mark, keep_page
from portal.pagination import paginate
from portal.slugs import find
from portal.structured import alternates, json_ld, trail


@login_not_required
@require_safe
@keep_page
def profession_list(request: HttpRequest) -> HttpResponse:
    """The professions, narrowed by the visitor's choices."""
    context = _list_context(request, content_version(request))
    if request.htmx.target == "results":
        partial = "careers/professions/_list.html#results"
        return render(request, partial, context | {"swapped": True})
    return render(request, "careers/professions/list.html", context)


def _list_context(request: HttpRequest, version: int) -> dict[str, Any]:
    professions = Profession.objects.listed().for_cards()
    filterset = ProfessionFilterSet(request.GET, professions, version)
    page = paginate(request, filterset.ordered)
    return {"filterset": filterset, "page": page, "query": request.GET}


def _offers(request: HttpRequest, slug: str) -> dict[str, str]:
    """The live offers of the profession, as a part of its page."""
    professions = Profession.objects.listed().only(*Profession.slug.fields)
    return {"offers": live.of_profession(find(professions, slug))}


@login_not_required
@require_safe
@keep_page(shared=True, fresh=_offers)
def profession_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide of a profession as last published, or what is known without one."""
    profession = find(Profession.objects.listed(), slug)
    if profession.slug != slug:
        return redirect(profession, permanent=True)

    body = _published_body(profession.pk, request)
    context = {"profession": profession, "body": body, "alternates": alternates(profession)}
    return render(request, "careers/professions/detail.html", context)


def _published_body(pk: int, request: HttpRequest) -> str:
    profession = Profession.objects.for_page().get(pk=pk)
    return _body(profession, published_reading(profession), request)


@never_cache
@require_safe
@permission_required("professions.change_guide", raise_exception=True)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The guide as it would be if it were published now."""
    guide = get_object_or_404(Guide, pk=pk)
    profession = Profession.objects.for_page().get(pk=guide.profession_id)
    body = _body(profession, read(take(guide)), request)
    body = body.replace(fresh_mark("offers"), live.of_profession(profession))
    context = {"profession": profession, "body": body, "guide": guide}
    return render(request, "careers/professions/preview.html", context)


def _body(profession: Profession, reading: Reading | None, request: HttpRequest) -> str:
    root = request.build_absolute_uri("/")
    page = ProfessionPage(profession, reading, _surroundings(profession, reading))
    url = root.rstrip("/") + profession.get_absolute_url()
    things = [structured.occupation(profession, reading, url), _way(profession, root)]
    if reading and reading.faq:
        things.append(structured.questions(reading))
    context = {
        "profession": profession,
        "page": page,
        "blocks": blocks_of(page),
        "reading": reading,
        "data": json_ld(*things),
    }
    return render_to_string("careers/professions/_guide.html", context, request)


def _way(profession: Profession, root: str) -> dict[str, Any]:
    steps = [
        (_("Professions"), reverse("professions:list")),
        (profession.title, profession.get_absolute_url()),
    ]
    return trail(root, steps)


def _surroundings(profession: Profession, reading: Reading | None) -> Surroundings:
    around = Surroundings(
        criteria=Criterion.objects.in_bulk(),
        similar=similar_to(profession),
        programmes=list(
            Programme.objects.filter(professions=profession)
            .for_cards()
            .order_by(f"sort_key_{current_language()}", "pk")
        ),
        articles=list(Article.objects.published().filter(professions=profession).order_by("pk")),
        stories=list(
            EmployerStory.objects.filter(professions=profession)
            .select_related("source")
            .order_by("sort_key", "pk")
        ),
    )
    if reading:
        zones = [row.zone_id for row in reading.zones_of_guide]
        around.zones = Zone.objects.in_bulk(zones)
        around.schools = list(_schools(profession.guide))
        around.terms = GlossaryTerm.objects.explained()
    return around


def _schools(guide: Guide) -> Any:
    campuses = Campus.objects.select_related("municipality").order_by("name", "pk")
    return guide.schools.select_related("school").prefetch_related(
        Prefetch("campuses", campuses), Prefetch("school__campuses", campuses)
    )


@login_not_required
@require_safe
@keep_page
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four professions side by side, chosen in the address."""
    selection = comparison.select(request.GET.getlist("metiers"))
    wanted = request.GET.get("add", "").strip()
    candidates = comparison.named(wanted) if wanted else []
    if len(candidates) == 1 and not selection.is_full:
        return redirect(comparison_url([*selection.professions, candidates[0]]))

    chosen = selection.professions
    close = similar_to(chosen[0]) if len(chosen) == 1 and not wanted else []
    context = {
        "selection": selection,
        "comparison": Comparison(chosen) if selection.is_enough else None,
        "chosen": [_without(selection, profession) for profession in chosen],
        "wanted": wanted,
        "candidates": [_choice(selection, candidate) for candidate in candidates],
        "close": [_choice(selection, item.profession) for item in close],
        "pairs": [_pair(*pair) for pair in pairs()] if not (chosen or wanted) else [],
        "titles": comparison.titles(),
    }
    return render(request, "careers/professions/compare.html", context)


def _choice(selection: Selection, profession: Profession) -> dict[str, str]:
    """A link that adds the profession to those compared."""
    url = comparison_url([*selection.professions, profession])
    return {"label": profession.title, "url": url}


def _pair(one: Profession, other: Profession) -> dict[str, str]:
    """A link that compares two professions."""
    label = _("%(first)s and %(second)s") % {"first": one.title, "second": other.title}
    return {"label": label, "url": comparison_url([one, other])}


def _without(selection: Selection, profession: Profession) -> dict[str, str]:
    """A link that takes the profession away from those compared."""
    others = [other for other in selection.professions if other != profession]
    return {
        "label": profession.title,
        "slug": profession.slug,
        "url": comparison_url(others) if others else reverse("professions:compare"),
    }
