"""The public pages of the site, with one object of tests/content for each that shows one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation
from justhtml import JustHTML
from justhtml.dom import Element

from careers.articles.models import Article
from careers.offers.models import Employer, JobOffer
from careers.professions.models import Criterion, Profession
from careers.schools.models import Programme, School
from careers.zones.models import Zone

LANGUAGES = settings.PUBLISHED_LANGUAGES

# Answers without a page around them.
BARE = {
    "portal:suggest",
    "zones:suggest",
    "offers:feed",
    "portal:favicon",
    "portal:robots",
    "portal:sitemap",
    "portal:sitemap_offers",
    "portal:sitemap_section",
    "employers:logo",
    "portal:shortlist_change",
}
# Pages of one quiz or class, found by a link that only its owner has; tests/quiz looks at them.
OF_ONE_QUIZ = {
    "quiz:question",
    "quiz:form",
    "quiz:reality",
    "quiz:result",
    "quiz:pdf",
    "quiz:send",
    "quiz:research",
    "quiz:delete",
    "quiz:erased",
    "quiz:class_desk",
}
# Pages whose form carries a token, and so sets a cookie.
WITH_TOKEN = {"offers:report"}
# Doors of the back office, by django-allauth.
ACCOUNT = ("account_", "admin:login")


def _profession(key: str) -> Callable[[], str]:
    return lambda: Profession.objects.get(key=key).get_absolute_url()


def _first(model: type) -> Callable[[], str]:
    return lambda: model.objects.order_by("pk").first().get_absolute_url()


def _offer(name: str) -> Callable[[], str]:
    """A page of the newest live offer."""

    def make() -> str:
        offer = JobOffer.objects.live().order_by("-number").first()
        return reverse(name, args=[offer.slug, offer.pk])

    return make


def _landing(name: str, *place: str) -> Callable[[], str]:
    """A page of the offers of a profession."""

    def make() -> str:
        profession = Profession.objects.get(key="production-manager")
        return reverse(name, args=[profession.slug, *place])

    return make


# By the name of the URL pattern; the address of an object where the page shows one.
PAGES: dict[str, Callable[[], str] | None] = {
    "portal:home": None,
    "portal:search": None,
    "portal:sources": None,
    "portal:accessibility": None,
    "portal:privacy": None,
    "portal:shortlist": None,
    "portal:site_map": None,
    "professions:list": None,
    "professions:compare": None,
    "professions:detail": _profession("industrial-operations-director"),
    "criteria:list": None,
    "criteria:detail": _first(Criterion),
    "schools:list": None,
    "schools:detail": _first(School),
    "programmes:list": None,
    "programmes:detail": _first(Programme),
    "zones:list": None,
    "zones:detail": _first(Zone),
    "offers:list": None,
    "offers:of_profession": _landing("offers:of_profession"),
    "offers:of_place": lambda: reverse("offers:of_place", args=["seraing"]),
    "offers:of_both": _landing("offers:of_both", "seraing"),
    "offers:detail": _offer("offers:detail"),
    "offers:report": _offer("offers:report"),
    "employers:list": None,
    "employers:detail": _first(Employer),
    "articles:list": None,
    "articles:detail": _first(Article),
    "articles:stories": None,
    "glossary:list": None,
    "quiz:start": None,
    "quiz:how": None,
    "quiz:class": None,
    "compatibility:begin": lambda: reverse(
        "compatibility:begin", args=[Profession.objects.get(key="production-manager").slug]
    ),
}

# The same pages in other states.
STATES: dict[str, tuple[str, str]] = {
    "search with results": ("portal:search", "?q=COO"),
    "search without results": ("portal:search", "?q=xyzzyx"),
    "hub narrowed": ("professions:list", "?level=master&sector=industrie-et-technique"),
    "hub, page 2": ("professions:list", "?page=2"),
    "hub, nothing found": ("professions:list", "?q=xyzzyx&sector=nonsense"),
    "two compared": (
        "professions:compare",
        "?metiers=directeur-des-operations-industrielles,responsable-de-production",
    ),
    "criteria combined": ("criteria:list", "?all=travail-en-equipe&without=bruit"),
    "schools, nothing found": ("schools:list", "?q=xyzzyx"),
    "programmes narrowed": ("programmes:list", "?degree=bachelor"),
    "offers narrowed": ("offers:list", "?contract=permanent&where=li%C3%A8ge&radius=50&unit=year"),
    "offers, words read": ("offers:list", "?where=Seraing&read=CDI+Seraing&contract=permanent"),
    "offers, nothing found": ("offers:list", "?q=xyzzyx&contract=nonsense&where=Seraing"),
    "offers on the map": ("offers:list", "?view=map&nl=A1"),
    "zones, nothing found": ("zones:list", "?q=xyzzyx"),
    "employers narrowed": ("employers:list", "?kind=company"),
    "employers, nothing found": ("employers:list", "?q=xyzzyx"),
}


def address(name: str, language: str) -> str:
    """The address of a page of `PAGES` or a state of `STATES` in a language."""
    if name in STATES:
        page, query = STATES[name]
        return address(page, language) + query
    with translation.override(language):
        make = PAGES[name]
        return make() if make else reverse(name)


def patterns(resolver=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern of the site with its full name ("" where it has none)."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name or ''}", entry
        else:
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


def is_public(pattern: URLPattern) -> bool:
    return not getattr(pattern.callback, "login_required", True)


@dataclass
class Page:
    """A page as a visitor without a session gets it, read once."""

    name: str
    language: str

    @cached_property
    def address(self) -> str:
        return address(self.name, self.language)

    @cached_property
    def response(self):
        return Client().get(self.address)

    @cached_property
    def document(self) -> JustHTML:
        return JustHTML(self.response.content, sanitize=False, collect_errors=True)

    def find(self, selector: str) -> list[Element]:
        return self.document.query(selector)

    def text(self, selector: str) -> str:
        return " ".join(self.find(selector)[0].to_text().split())

    def attributes(self, selector: str, name: str) -> list[str]:
        return [element.attrs[name] for element in self.find(selector) if name in element.attrs]
