"""What every page knows about the site; only a session may ask the database."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.shortlist import Shortlist

# The namespace of each section, the name of its first page, its label.
SECTIONS = [
    ("professions", "professions:list", _("Professions")),
    ("offers", "offers:list", _("Offers")),
    ("schools", "schools:list", _("Schools")),
    ("programmes", "programmes:list", _("Programmes")),
    ("zones", "zones:list", _("Zones")),
    ("articles", "articles:list", _("Articles")),
    ("quiz", "quiz:start", _("Quiz")),
]


class Site:
    """The name, the navigation and the address of the page, made only when a template asks."""

    name = "Jalon"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def section(self) -> str:
        """The namespace of the page, "" where no address matched."""
        match = self.request.resolver_match
        return match.namespace if match else ""

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        """The sections of the site: label, address, whether the page belongs to it."""
        return [
            {"label": label, "url": reverse(page), "current": name == self.section}
            for name, page, label in SECTIONS
        ]

    @property
    def shortlist_count(self) -> int:
        """How many things the visitor keeps; no session is asked where there is none."""
        return len(Shortlist.of(self.request)) if hasattr(self.request, "session") else 0

    @cached_property
    def canonical(self) -> str:
        """The full address of the page without its query."""
        return self.request.build_absolute_uri(self.request.path)


def site(request: HttpRequest) -> dict[str, Site]:
    """Context processor: `site` on every page."""
    return {"site": Site(request)}
