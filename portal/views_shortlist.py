"""The shortlist of a visitor without an account, and the buttons that fill it."""

from urllib.parse import urldefrag

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import shortlist_page
from portal.same_origin import same_origin_only
from portal.shortlist import MOST, Shortlist, ShortlistIsFull, one_at_a_time


@never_cache
@login_not_required
@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show what the visitor keeps, as it is today."""
    kept = Shortlist.of(request)
    context = {"shortlist": kept, "most": MOST} | shortlist_page.contents(kept)
    return render(request, "portal/shortlist.html", context)


@never_cache
@login_not_required
@require_POST
@same_origin_only
@one_at_a_time
def shortlist_change(request: HttpRequest) -> HttpResponse:
    """Add, remove, clear or undo, then go back to where the button was, or send it anew to htmx."""
    kept = Shortlist.of(request)
    # No session, or none that we know: one more row in the table of sessions.
    if not request.session.session_key and not ratelimit.consume(request, action="begin_shortlist"):
        return ratelimit.respond_429(request)
    match request.POST.get("do"):
        case "clear":
            kept.clear()
        case "undo" if "id" not in request.POST:
            kept.undo()
        case "add" | "remove" | "undo":
            return _change(request, kept)
        case _:
            raise Http404
    return redirect("portal:shortlist")


def _change(request: HttpRequest, kept: Shortlist) -> HttpResponse:
    item, row = shortlist_page.item(request.POST.get("kind", ""), request.POST.get("id", ""))
    if request.POST["do"] == "undo":
        kept.undo()
    elif request.POST["do"] == "remove":
        kept.remove(item)
        # No button: it could not be kept again, and would say its title.
        if shortlist_page.is_withdrawn(row):
            return _reloaded(request)
    elif shortlist_page.is_withdrawn(row):
        raise Http404
    else:
        try:
            kept.add(item)
        except ShortlistIsFull:
            text = _("Your shortlist is full: it holds %(count)s. Remove something first.")
            messages.error(request, text % {"count": MOST})
            return _reloaded(request)
    if not request.htmx:
        return redirect(_origin(request, f"#keep-{item[0]}-{item[1]}"))
    context = {
        "kind": item[0],
        "pk": item[1],
        "title": str(row),
        "kept": item in kept,
        "said": kept.said(item),
        "small": "small" in request.POST,
        "count": len(kept),
    }
    return render(request, "portal/_kept.html", context)


def _reloaded(request: HttpRequest) -> HttpResponse:
    """The shortlist, also where htmx asked for a button only."""
    response = redirect("portal:shortlist")
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response


def _origin(request: HttpRequest, anchor: str) -> str:
    """The page of this site that the form was sent from, else the shortlist."""
    origin = urldefrag(request.headers.get("Referer", "")).url
    if url_has_allowed_host_and_scheme(
        origin, {request.get_host()}, require_https=request.is_secure()
    ):
        return origin + anchor
    return redirect("portal:shortlist").url
