from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.offers import live
from careers.professions.models import Guide, Profession
from careers.schools.models import Campus, Programme, School
from careers.zones.belgium import area_code, area_names, area_of
from careers.zones.filters import ZoneFilterSet
from careers.zones.models import Municipality, Zone, ZoneAlias
from careers.zones.places import Place, PlaceKind, places_like
from portal import kept, slugs, words
from portal.fields import current_language
from portal.kept_pages import content_version, keep_page
from portal.pagination import paginate
from portal.query import query_with
from portal.structured import alternates, json_ld, trail

# How many schools and programmes a zone page shows before it links to their lists.
SHOWN = 12
SUGGESTIONS_SECONDS = 60
GROUPS = {
    PlaceKind.COUNTRY: gettext_lazy("Country"),
    PlaceKind.REGION: gettext_lazy("Regions"),
    PlaceKind.MUNICIPALITY: gettext_lazy("Municipalities"),
    PlaceKind.PROVINCE: gettext_lazy("Provinces"),
    PlaceKind.ZONE: gettext_lazy("Zones"),
    PlaceKind.POSTCODE: gettext_lazy("Postcodes"),
}


@login_not_required
@require_safe
@keep_page
def zone_list(request: HttpRequest) -> HttpResponse:
    """Show the employment zones on a map and in a list."""
    filterset = ZoneFilterSet(request.GET, queryset=_counted(Zone.objects.all()))
    page = paginate(request, filterset.ordered)
    guides = _professions_of_zones()
    for zone in page:
        zone.guide_count = len(guides.get(zone.pk, ()))

    context = {
        "filterset": filterset,
        "page": page,
        "areas": _areas_of_list(filterset),
        "points": [_zone_point(zone) for zone in page if zone.latitude is not None],
        "wider": [{"label": _("All zones"), "url": request.path}],
    }
    return render(request, "careers/zones/list.html", context)


def _offers(request: HttpRequest, slug: str) -> dict[str, str]:
    """The live offers in the zone, as a part of its page."""
    zone = slugs.find(Zone.objects.all(), slug)
    return {"offers": live.of_zone(zone, _("Offers open here today"))}


@login_not_required
@require_safe
@keep_page(fresh=_offers)
def zone_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one zone: where it is, who works there, where to train there."""
    aliases = ZoneAlias.objects.filter(zone=OuterRef("pk")).order_by("name").values("name")
    zones = _counted(Zone.objects.select_related("source")).annotate(names=ArraySubquery(aliases))
    zone = slugs.find(zones, slug)
    if zone.slug != slug:
        return redirect(zone, permanent=True)

    towns = _towns(zone)
    professions = list(_professions(zone))
    context = {
        "zone": zone,
        "names": words.distinct_names(zone.names, zone.name, zone.name_fr),
        "alternates": alternates(zone),
        "provinces": _by_province(towns),
        "areas": _areas_of_zone(towns),
        "points": [_town_point(town) for town in _scattered(towns)],
        "professions": professions,
        "stats": _numbers(zone, len(professions)),
        "schools": _schools(zone)[:SHOWN],
        "programmes": _programmes(zone)[:SHOWN],
        "structured": _structured(request, zone),
    }
    return render(request, "careers/zones/detail.html", context)


@login_not_required
@require_safe
@cache_control(max_age=SUGGESTIONS_SECONDS, public=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer a field "where" with places that fit, grouped by kind: a fragment of HTML."""
    groups: dict[PlaceKind, list[dict[str, Any]]] = {}
    for place in places_like(request.GET.get("q", ""), version=content_version(request)):
        groups.setdefault(place.kind, []).append(_place_option(place))
    labelled = [{"label": GROUPS[kind], "options": groups[kind]} for kind in groups]
    return render(request, "components/suggestions.html", {"groups": labelled})


def _place_option(place: Place) -> dict[str, Any]:
    """A place to write in the field, with its province where it is a municipality."""
    names = [area_names()[code] for code in place.area_codes]
    return {
        "label": place.label,
        "value": place.text,
        "hint": names[0] if place.kind == PlaceKind.MUNICIPALITY else "",
        "lang": place.label.language,
    }


def _number(rows: QuerySet, zone: str, what: str) -> Coalesce:
    """How many different `what` a zone has; `zone` leads from the rows to it."""
    grouped = rows.filter(**{zone: OuterRef("pk")}).order_by().values(zone)
    number = grouped.annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _counted(zones: QuerySet[Zone]) -> QuerySet[Zone]:
    """Zones with their centre and what there is in them."""
    towns = Municipality.objects.filter(zones=OuterRef("pk")).order_by().values("zones")
    sites = "campuses__municipality__zones"
    return zones.annotate(
        municipality_count=_number(Zone.municipalities.through.objects, "zone", "municipality"),
        school_count=_number(Campus.objects, "municipality__zones", "school"),
        programme_count=_number(Programme.objects, sites, "pk"),
        latitude=Subquery(towns.annotate(mean=Avg("latitude")).values("mean")),
        longitude=Subquery(towns.annotate(mean=Avg("longitude")).values("mean")),
    )


def _professions_of_zones() -> dict[int, frozenset[int]]:
    """Which listed professions name each zone in their published guide."""

    def build() -> dict[int, frozenset[int]]:
        named = defaultdict(set)
        for profession, zones in Guide.objects.published().values_list(
            "profession_id", "published_version__snapshot__zones_of_guide"
        ):
            for row in zones or []:
                named[row["zone_id"]].add(profession)
        return {zone: frozenset(professions) for zone, professions in named.items()}

    return kept.table("professions of zones", build=build)


def _areas_of_list(filterset: ZoneFilterSet) -> list[dict[str, Any]]:
    """The provinces by number of zones that hold the words, each linked to the zones in it."""
    return [
        {"code": code, "value": count, "url": query_with(filterset.data, province=code)}
        for code, count in filterset.counts("province").items()
        if count
    ]


def _zone_point(zone: Zone) -> dict[str, Any]:
    return {
        "label": zone.name,
        "latitude": zone.latitude,
        "longitude": zone.longitude,
        "url": zone.get_absolute_url(),
        "value": ngettext(
            "%(count)s municipality", "%(count)s municipalities", zone.municipality_count
        )
        % {"count": zone.municipality_count},
    }


def _towns(zone: Zone) -> list[Municipality]:
    together = Municipality.objects.annotate(area=area_code()).filter(area=OuterRef("area"))
    number = together.order_by().values("area").annotate(number=Count("pk")).values("number")
    rows = zone.municipalities.select_related("province", "region").annotate(
        area=area_code(), number_in_area=Subquery(number)
    )
    return list(rows.order_by(f"sort_key_{current_language()}", "pk"))


def _by_province(towns: list[Municipality]) -> list[tuple[str, list[Municipality]]]:
    """The names of the provinces with their municipalities, both in reading order."""
    names = area_names()
    order = {code: rank for rank, code in enumerate(names)}
    ranked = sorted(towns, key=lambda town: order[area_of(town)])
    return [(names[code], list(group)) for code, group in groupby(ranked, key=area_of)]


def _areas_of_zone(towns: list[Municipality]) -> list[dict[str, Any]]:
    return [
        {"code": code, "value": number} for code, number in Counter(map(area_of, towns)).items()
    ]


def _scattered(towns: list[Municipality]) -> list[Municipality]:
    """The municipalities of areas that are not wholly in the zone: only these need a point."""

    here = Counter(map(area_of, towns))
    return [town for town in towns if here[area_of(town)] < town.number_in_area]


def _town_point(town: Municipality) -> dict[str, Any]:
    return {"label": town.name, "latitude": town.latitude, "longitude": town.longitude}


def _numbers(zone: Zone, professions: int) -> list[dict[str, Any]]:
    """The zone in numbers, those that are not zero, each leading to its block."""
    towns, schools, programmes = zone.municipality_count, zone.school_count, zone.programme_count
    items = [
        (towns, ngettext("municipality", "municipalities", towns), "#places"),
        (professions, ngettext("profession", "professions", professions), "#professions"),
        (schools, ngettext("school", "schools", schools), "#schools"),
        (programmes, ngettext("programme", "programmes", programmes), "#programmes"),
    ]
    return [{"value": n, "label": label, "url": url} for n, label, url in items if n]


def _structured(request: HttpRequest, zone: Zone) -> SafeString:
    steps = [
        (_("Employment zones"), reverse("zones:list")),
        (zone.name, zone.get_absolute_url()),
    ]
    return json_ld(trail(request.build_absolute_uri("/"), steps))


def _professions(zone: Zone) -> QuerySet[Profession]:
    """The professions whose published guide names the zone."""
    named = Profession.objects.listed().filter(pk__in=_professions_of_zones().get(zone.pk, ()))
    return named.select_related("sector").order_by(f"sort_key_{current_language()}", "pk")


def _schools(zone: Zone) -> QuerySet[School]:
    """The schools with a campus in the zone."""
    sites = Campus.objects.filter(school=OuterRef("pk"), municipality__zones=zone)
    return School.objects.filter(Exists(sites)).for_cards().order_by("sort_key", "pk")


def _programmes(zone: Zone) -> QuerySet[Programme]:
    """The programmes taught on a campus in the zone."""
    links = Programme.campuses.through.objects.filter(
        programme=OuterRef("pk"), campus__municipality__zones=zone
    )
    rows = Programme.objects.filter(Exists(links)).select_related("school")
    return rows.order_by(f"sort_key_{current_language()}", "pk")
