"""The result of a session."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from careers.professions.comparison import comparison_url
from portal.kept import at
from portal.kept_pages import content_version
from quiz import lookups, nearby, results, views_compatibility
from quiz.actions import Gone
from quiz.enums import SessionKind
from quiz.forms_whatif import WhatIfQuery
from quiz.links import session_page, shown_session
from quiz.models import QuizSession
from quiz.shown import Match, Result

# How many professions the link to the comparison takes along.
COMPARED = 4


@login_not_required
@require_safe
@session_page
@vary_on_headers("HX-Target")
def result(request: HttpRequest, token: str) -> HttpResponse:
    """The result, for the person who answered or, by the other link, to look at."""
    session, is_owner = shown_session(token)
    if not session.is_finished:
        if is_owner:
            return redirect("quiz:question", token)
        raise Gone(_("This quiz is not finished yet: its result will be here once it is."))
    if session.kind == SessionKind.COMPATIBILITY:
        return views_compatibility.result(request, session, is_owner)

    with at(content_version(request)):
        is_part = request.headers.get("HX-Target") == "results"
        context = {"session": session, "is_owner": is_owner, "is_part": is_part}
        context |= _contents(request, session, token)
        template = "quiz/result.html#results" if is_part else "quiz/result.html"
        return render(request, template, context)


def _contents(request: HttpRequest, session: QuizSession, token: str) -> dict[str, Any]:
    whatif = WhatIfQuery(request.GET, session)
    found = (
        results.imagined(session, whatif.asked, whatif.wanted)
        if whatif.is_imagined
        else results.of(session, whatif.wanted)
    )
    if whatif.wanted and not _is_listed(whatif.wanted):
        whatif.unknown.append(whatif.wanted)
    listed = lookups.professions()
    first = [listed[match.pk] for match in found.nearest if match.pk in listed][:COMPARED]
    return {
        "result": found,
        "whatif": whatif,
        "cards": _Cards(found, whatif),
        "address": reverse("quiz:result", args=[token]),
        "compare_url": comparison_url(first) if len(first) > 1 else "",
    }


def _is_listed(slug: str) -> bool:
    """Whether a profession has this slug.

    The form sends one along with every what-if, which may put it far from the first ten: that of
    the usual change is told instead, and nobody is blamed.
    """
    return any(slug in lookups.slugs(profession) for profession in lookups.professions().values())


class _Cards:
    """The professions of a result with what there is for each near the place."""

    def __init__(self, found: Result, whatif: WhatIfQuery) -> None:
        self.found = found
        self.around = nearby.Around(whatif.place, whatif.km)

    def _card(self, match: Match) -> dict[str, Any]:
        in_ten = match.pk in {near.pk for near in self.found.nearest}
        return {"match": match, "nearby": self.around.of(match.pk), "in_ten": in_ten}

    @property
    def families(self) -> list[dict[str, Any]]:
        return [
            {"family": family, "cards": [self._card(match) for match in family.professions]}
            for family in self.found.families
        ]

    @property
    def bridge(self) -> dict[str, Any] | None:
        bridge = self.found.bridge
        return self._card(bridge) if bridge else None

    @property
    def together(self) -> nearby.Nearby | None:
        """What there is for all professions of the families."""
        return self.around.of(*[match.pk for family in self.found.families for match in family])
