from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from careers.offers import live
from careers.professions.enums import GuideStatus
from careers.professions.models import Profession
from careers.schools import maps, structured
from careers.schools.enums import Degree
from careers.schools.filters import ProgrammeFilterSet, SchoolFilterSet
from careers.schools.models import Campus, Programme, School, SchoolAlias, SchoolOfGuide
from careers.zones.models import Municipality
from portal import slugs, words
from portal.fields import current_language
from portal.kept_pages import keep_page
from portal.pagination import paginate
from portal.query import query_with
from portal.structured import alternates

MOST_SIMILAR = 6


@login_not_required
@require_safe
@keep_page
def school_list(request: HttpRequest) -> HttpResponse:
    """Show the schools, narrowed by the visitor's filters, with or without the map."""
    filterset = SchoolFilterSet(request.GET, queryset=School.objects.for_cards())
    page = paginate(request, filterset.ordered)
    number = page.paginator.count
    context = {
        "filterset": filterset,
        "page": page,
        "total": ngettext("%(count)s school", "%(count)s schools", number) % {"count": number},
        "clear_url": _cleared(request),
        "views": _views(filterset),
        "map": maps.of_schools(filterset) if filterset.view == "map" else None,
    }
    return _render_list(request, "careers/schools/list.html", context)


def _offers_of_school(request: HttpRequest, slug: str) -> dict[str, str]:
    """The live offers of what the school's programmes lead to, as a part of its page."""
    institution = School.objects.with_faculties(slugs.find(School.objects.all(), slug))
    title, text = _("Offers open today"), _("Of the professions that its programmes lead to.")
    professions = _listed_professions().filter(programmes__school__in=institution).distinct()
    return {"offers": live.of_professions(professions, title, text)}


@login_not_required
@require_safe
@keep_page(fresh=_offers_of_school)
def school_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one school with its faculties, sites and programmes."""
    schools = School.objects.select_related("parent", "source").prefetch_related(
        Prefetch("aliases", SchoolAlias.objects.order_by("name")),
        Prefetch("faculties", School.objects.order_by("sort_key", "pk")),
    )
    school = slugs.find(schools, slug)
    if school.slug != slug:
        return redirect(school, permanent=True)

    institution = School.objects.with_faculties(school)
    campuses = list(Campus.objects.of_schools(institution))
    programmes = list(Programme.objects.of_schools(institution))
    context = {
        "school": school,
        "aliases": words.distinct_names(
            [alias.name for alias in school.aliases.all()], school.name, school.short_name
        ),
        "alternates": alternates(school),
        "towns": by_town(campuses),
        "map": maps.of_campuses(campuses),
        "programmes": by_degree(programmes),
        "professions": _professions_of(programmes),
        "guides": _professions_naming(institution),
        "stats": _numbers(len(programmes), len({site.municipality_id for site in campuses})),
        "structured": structured.school_page(request, school, campuses),
    }
    return render(request, "careers/schools/detail.html", context)


@login_not_required
@require_safe
@keep_page
def programme_list(request: HttpRequest) -> HttpResponse:
    """Show the programmes, narrowed by the visitor's filters."""
    filterset = ProgrammeFilterSet(request.GET, queryset=Programme.objects.for_cards())
    page = paginate(request, filterset.ordered)
    number = page.paginator.count
    context = {
        "filterset": filterset,
        "page": page,
        "total": ngettext("%(count)s programme", "%(count)s programmes", number)
        % {"count": number},
        "clear_url": _cleared(request),
    }
    return _render_list(request, "careers/schools/programme_list.html", context)


def _offers_of_programme(request: HttpRequest, slug: str, pk: int) -> dict[str, str]:
    """The live offers of what the programme leads to, as a part of its page."""
    professions = _listed_professions().filter(programmes=pk)
    title, text = _("Offers open today"), _("Of the professions that it leads to.")
    return {"offers": live.of_professions(professions, title, text)}


@login_not_required
@require_safe
@keep_page(fresh=_offers_of_programme)
def programme_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one programme: what it takes, where it is taught, where it leads."""
    sites = Campus.objects.select_related("municipality").order_by("name", "pk")
    programmes = Programme.objects.select_related("school__parent", "source").prefetch_related(
        Prefetch("campuses", sites), Prefetch("professions", _listed_professions())
    )
    programme = get_object_or_404(programmes, pk=pk)
    if programme.slug != slug:
        return redirect(programme, permanent=True)

    context = {
        "programme": programme,
        "alternates": alternates(programme),
        "similar": Programme.objects.similar_to(programme)[:MOST_SIMILAR],
        "structured": structured.programme_page(request, programme),
    }
    return render(request, "careers/schools/programme_detail.html", context)


def _render_list(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or for htmx its results and the new counts of the facets."""
    swapped = request.htmx.target == "results"
    if swapped:
        template += "#results"
    return render(request, template, context | {"swapped": swapped})


def _cleared(request: HttpRequest) -> str:
    """The whole list, shown and sorted as now."""
    kept = {name: request.GET[name] for name in ["view", "sort"] if name in request.GET}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _views(filterset: SchoolFilterSet) -> list[dict[str, Any]]:
    """The ways to see the list, with the same filters."""
    return [
        {
            "label": label,
            "url": query_with(filterset.data, view=None if name == "list" else name),
            "current": filterset.view == name,
            "count": None,
        }
        for name, label in [("list", _("List")), ("map", _("Map and list"))]
    ]


def by_degree(programmes: list[Programme]) -> list[tuple[Degree, list[Programme]]]:
    """Programmes under their degree, degrees from the lowest to the highest."""
    return [
        (degree, group)
        for degree in Degree
        if (group := [programme for programme in programmes if programme.degree == degree])
    ]


def by_town(campuses: list[Campus]) -> list[tuple[Municipality, list[Campus]]]:
    """Campuses under their municipality, in the order given."""
    towns: dict[Municipality, list[Campus]] = {}
    for campus in campuses:
        towns.setdefault(campus.municipality, []).append(campus)
    return list(towns.items())


def _numbers(programmes: int, towns: int) -> list[dict[str, Any]]:
    """The school in numbers, those that are not zero."""
    items = [
        (programmes, ngettext("programme", "programmes", programmes), "#programmes"),
        (towns, ngettext("municipality", "municipalities", towns), "#sites"),
    ]
    return [{"value": n, "label": label, "url": url} for n, label, url in items if n]


def _listed_professions() -> QuerySet[Profession]:
    return Profession.objects.listed().for_cards().order_by(f"sort_key_{current_language()}", "pk")


def _professions_of(programmes: list[Programme]) -> QuerySet[Profession]:
    """The professions to which any of the programmes leads, with the number of these."""
    return (
        _listed_professions()
        .filter(programmes__in=programmes)
        .annotate(programme_count=Count("programmes", distinct=True))
    )


def _professions_naming(schools: QuerySet[School]) -> QuerySet[Profession]:
    """The professions whose published guide names one of the schools as a place to train."""
    guides = SchoolOfGuide.objects.filter(
        guide__profession=OuterRef("pk"),
        guide__status=GuideStatus.PUBLISHED,
        school__in=schools,
    )
    return _listed_professions().filter(Exists(guides))
