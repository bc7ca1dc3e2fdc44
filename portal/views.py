from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.offers import live
from portal import credits, directory, kept, results, suggestions
from portal import home as home_page
from portal.kept_pages import content_version, keep_page
from portal.numbers import number_text
from portal.operators import operator
from portal.sitemaps import SITEMAPS

SUGGESTIONS_SECONDS = 60
ICON_SECONDS = 24 * 3600


def _offer_count(request: HttpRequest) -> dict[str, str]:
    label = _("offers open today")
    if live.has_examples():
        label = _("offers open today, invented examples among them")
    number = live.count()
    text = "…" if number is None else number_text(number)
    return {"offer_count": text, "offer_count_label": label}


@login_not_required
@require_safe
@keep_page(fresh=_offer_count)
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors: search, browse, quiz."""
    return render(request, "portal/home.html", home_page.contents())


def _offers(request: HttpRequest) -> dict[str, str]:
    return results.fresh(results.Asked.of(request.GET), content_version(request))


@login_not_required
@require_safe
@keep_page(fresh=_offers)
def search(request: HttpRequest) -> HttpResponse:
    """Show the pages of every kind that answer a few words."""
    context = results.contents(results.Asked.of(request.GET), content_version(request))
    return render(
        request, "portal/search.html", context | {"ignored": results.ignored(request.GET)}
    )


@login_not_required
@require_safe
@cache_control(max_age=SUGGESTIONS_SECONDS, public=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box with names that fit, grouped by kind: a fragment of HTML.

    `names` limits them to a kind and writes the name in the field instead of opening its page.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    names = request.GET.get("names", "")
    for found in suggestions.suggest(request.GET.get("q", ""), content_version(request)):
        entry = found.entry
        if names and entry.kind != names:
            continue
        option = {"label": entry.title, "url": entry.url, "hint": found.hint}
        option["value"] = found.name.text if names else ""
        groups.setdefault(entry.kind, []).append(option | {"lang": entry.language})
    labelled = [{"label": directory.KINDS[kind], "options": groups[kind]} for kind in groups]
    return render(request, "components/suggestions.html", {"groups": labelled, "id": names})


@login_not_required
@require_safe
@keep_page
def sources(request: HttpRequest) -> HttpResponse:
    """Show every source, what it is used for, and the software the portal stands on."""
    context = {"sources": credits.sources(), "libraries": credits.libraries()}
    return render(request, "portal/sources.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what was checked, what is known to be wrong, and how to get help."""
    return render(request, "portal/accessibility.html", {"operator": operator()})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored about visitors, why, and for how long."""
    cookies = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    return render(request, "portal/privacy.html", {"cookies": cookies, "operator": operator()})


@login_not_required
@require_safe
@keep_page
def site_map(request: HttpRequest) -> HttpResponse:
    """Show links to all pages on one."""
    entries = directory.current(content_version(request))
    groups = [
        {"kind": kind, "label": label, "entries": [e for e in entries if e.kind == kind]}
        for kind, label in directory.KINDS.items()
    ]
    return render(request, "portal/site_map.html", {"groups": groups})


def _unread() -> Iterator[str]:
    for language in settings.PUBLISHED_LANGUAGES:
        with override(language):
            for name in ["portal:search", "portal:suggest", "zones:suggest"]:
                yield f"Disallow: {reverse(name)}"


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what not to read, and where the list of pages is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *_unread(),
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap_offers'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in each language, for search engines."""
    with kept.at(content_version(request)):
        return sitemap_of(request, SITEMAPS)


@login_not_required
@require_safe
@cache_control(max_age=ICON_SECONDS, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for the icon by its old address to the one of today."""
    return redirect(static("portal/img/favicon.svg"), permanent=True)
