"""What search engines may read: every public page in each published language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from careers.articles.models import Article
from careers.offers import landing, names
from careers.offers.models import Employer
from careers.professions.models import Criterion, Profession
from careers.schools.models import Programme, School
from careers.zones.models import Zone
from careers.zones.places import Place


class PublicSitemap(Sitemap):
    """A sitemap in the published languages, each page naming its translations."""

    i18n = True
    alternates = True
    languages = settings.PUBLISHED_LANGUAGES


class RowSitemap(PublicSitemap):
    """The pages of rows; the rows are asked for anew at each request."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self.rows = rows

    def items(self) -> QuerySet[Any]:
        return self.rows().order_by("pk")


class ListSitemap(PublicSitemap):
    """The pages that are no row: home, lists, pages about the site."""

    def items(self) -> list[str]:
        return [
            "portal:home", "professions:list", "criteria:list", "schools:list", "programmes:list",
            "zones:list", "offers:list", "employers:list", "articles:list", "articles:stories",
            "glossary:list", "quiz:start", "portal:sources", "portal:accessibility",
            "portal:privacy", "portal:site_map",
        ]  # fmt: skip

    def location(self, item: str) -> str:
        return reverse(item)


class LandingSitemap(PublicSitemap):
    """The offers of a profession, of a place, of both, where there are enough."""

    def items(self) -> list[Any]:
        return landing.worth_a_visit()

    def location(self, item: tuple[int | None, Place | None]) -> str:
        profession, place = item
        named = names.professions_by_id()[profession] if profession else None
        return landing.address(named, place)


SITEMAPS: dict[str, Any] = {
    "pages": ListSitemap(),
    "professions": RowSitemap(Profession.objects.listed),
    "criteria": RowSitemap(Criterion.objects.all),
    "schools": RowSitemap(School.objects.all),
    "programmes": RowSitemap(Programme.objects.all),
    "zones": RowSitemap(Zone.objects.all),
    "offers": LandingSitemap(),
    "employers": RowSitemap(Employer.objects.all),
    "articles": RowSitemap(Article.objects.published),
}
