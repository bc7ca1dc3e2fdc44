"""Who offers work: the list of employers, and the page of each with all its offers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import storages
from django.core.paginator import Page
from django.db.models import Count, OuterRef, Subquery
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.offers import cursors, search, structured
from careers.offers.cards import cards
from careers.offers.employer_filters import EmployerFilterSet
from careers.offers.models import Employer, JobOffer, OfferPlace
from careers.offers.search.query import Answer, Cursor, Query, Sort
from careers.zones.models import Municipality
from portal import kept, slugs
from portal.kept_pages import content_version
from portal.pagination import paginate
from portal.structured import alternates

A_YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def employer_list(request: HttpRequest) -> HttpResponse:
    """Show the employers, narrowed by the visitor's filters."""
    filterset = EmployerFilterSet(request.GET, Employer.objects.all(), content_version(request))
    page = _page(request, filterset)
    counts = kept.recent("offers of employers", build=_live_counts)
    for employer in page:
        employer.live_count = counts.get(employer.pk, 0)
    number = page.paginator.count
    context = {
        "filterset": filterset,
        "page": page,
        "total": ngettext("%(count)s employer", "%(count)s employers", number) % {"count": number},
        "clear_url": request.path,
        "swapped": request.htmx.target == "results",
    }
    template = "careers/employers/list.html"
    return render(request, f"{template}#results" if context["swapped"] else template, context)


def _page(request: HttpRequest, filterset: EmployerFilterSet) -> Page:
    """Employers by name, or those with most offers or the newest one first."""
    if filterset.sort == "name":
        return paginate(request, filterset.ordered)
    if filterset.sort == "offers":
        ranks = kept.recent("offers of employers", build=_live_counts)
    else:
        ranks = kept.recent("newest offers of employers", build=_newest_numbers)
    by_name = filterset.ordered.values_list("pk", flat=True)
    page = paginate(request, sorted(by_name, key=lambda pk: -ranks.get(pk, 0)))
    rows = Employer.objects.for_cards().in_bulk(page.object_list)
    page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
    return page


def _live_counts() -> dict[int, int]:
    """How many offers are open at each employer that has any."""
    answer = search.search(Query(today=timezone.localdate()), size=0, facets=["employer"])
    return {int(pk): count for pk, count in answer.counts["employer"].items()}


def _newest_numbers() -> dict[int, int]:
    """The number of the newest open offer of each employer that has any, each by the index."""
    live = JobOffer.objects.live().filter(employer=OuterRef("pk")).order_by("-number")
    newest = Employer.objects.annotate(newest=Subquery(live.values("number")[:1]))
    return dict(newest.filter(newest__isnull=False).values_list("pk", "newest"))


@login_not_required
@require_safe
def employer_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an employer with all its live offers and where they are."""
    employer = slugs.find(Employer.objects.for_cards(), slug)
    if employer.slug != slug:
        return redirect(employer, permanent=True)

    at = cursors.asked(request.GET, Sort.DATE)
    answer = _offers(employer, at)
    # Each offer counts once in every province where it has a place.
    provinces = answer.counts["province"]
    context = {
        "employer": employer,
        "alternates": alternates(employer),
        "total": answer.total,
        "cards": cards(answer.ids),
        "first_url": request.path if at else "",
        **cursors.steps(answer, Sort.DATE),
        "stories": employer.stories.select_related("source").order_by("sort_key", "pk"),
        "areas": [{"code": code, "value": number} for code, number in provinces.items()],
        "points": [_point(town) for town in _towns(employer)],
        "structured": structured.employer_page(request, employer),
    }
    return render(request, "careers/employers/detail.html", context)


def _offers(employer: Employer, at: Cursor | None) -> Answer:
    """A page of the live offers of an employer, the newest first, and their number by province."""
    chosen = (("employer", frozenset({str(employer.pk)})),)
    query = Query(today=timezone.localdate(), chosen=chosen, sort=Sort.DATE, at=at)
    return search.search(query, facets=["province"])


def _towns(employer: Employer) -> list[Any]:
    """The municipalities of its live offers, each with their number as `live_count`."""
    live = JobOffer.objects.live().filter(employer=employer)
    counts = dict(
        OfferPlace.objects.filter(offer__in=live).values_list("municipality").annotate(Count("pk"))
    )
    towns: list[Any] = list(Municipality.objects.filter(pk__in=counts).order_by("nis_code"))
    for town in towns:
        town.live_count = counts[town.pk]
    return towns


def _point(town: Any) -> dict[str, Any]:
    number = town.live_count
    offers = ngettext("%(count)s offer", "%(count)s offers", number) % {"count": number}
    return {
        "label": f"{town.name}: {offers}",
        "value": number,
        "latitude": town.latitude,
        "longitude": town.longitude,
    }


@login_not_required
@require_safe
@cache_control(max_age=A_YEAR, public=True, immutable=True)
def employer_logo(request: HttpRequest, name: str) -> FileResponse:
    """Serve a logo; its name is random and another logo has another one."""
    try:
        file = storages["public"].open(f"logos/{name}.webp")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type="image/webp")
