"""What search engines may read: every public page in each published language."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from math import ceil
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from careers.articles.models import Article
from careers.offers import landing, names
from careers.offers.models import Employer, JobOffer
from careers.professions.models import Criterion, Profession
from careers.schools.models import Programme, School
from careers.zones.models import Zone
from careers.zones.places import Place

# How many numbers of offers one file spans; each live one stands there once a language.
BLOCK = 2_000


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
            "glossary:list", "quiz:start", "quiz:how", "quiz:class", "portal:sources",
            "portal:accessibility", "portal:privacy", "portal:site_map",
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


def listed_offers() -> QuerySet[JobOffer]:
    """The live offers of employers that exist."""
    return JobOffer.objects.live().filter(employer__is_example=False)


def newest_offer() -> tuple[int, datetime] | None:
    """The number and the moment of the last of them.

    By the index of each employer in turn: the newest million may be invented.
    """
    own = JobOffer.objects.live().filter(employer=OuterRef("pk")).order_by("-number")
    return (
        Employer.objects.filter(is_example=False)
        .annotate(
            number=Subquery(own.values("number")[:1]),
            moment=Subquery(own.values("published_at")[:1]),
        )
        .filter(number__isnull=False)
        .order_by("-number")
        .values_list("number", "moment")
        .first()
    )


class Blocks:
    """Listed offers by ranges of their numbers: whichever page is asked, nothing before it is read.

    It stands in for Django's paginator, which would count and skip a million rows.
    """

    def __init__(self, languages: list[str]) -> None:
        self.languages = languages

    @property
    def num_pages(self) -> int:
        newest = newest_offer()
        return ceil(newest[0] / BLOCK) if newest else 1

    def page(self, number: str | int) -> SimpleNamespace:
        """The offers of a block in each language; EmptyPage where there is no such block."""
        text = str(number)
        if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= self.num_pages:
            raise EmptyPage
        last = int(text) * BLOCK
        block = listed_offers().filter(number__gt=last - BLOCK, number__lte=last)
        rows = block.only("title", "published_at").order_by("number")
        pairs = [(row, code) for row in rows for code in self.languages]
        return SimpleNamespace(object_list=pairs)


class OfferSitemap(PublicSitemap):
    """The pages of the offers that are open today."""

    @property
    def paginator(self) -> Blocks:
        return Blocks(self.languages)

    def lastmod(self, offer: JobOffer) -> datetime | None:
        return offer.published_at

    def get_latest_lastmod(self) -> datetime | None:
        newest = newest_offer()
        return newest and newest[1]


# Apart from the others: there may be a million of them.
OFFERS = {"live": OfferSitemap()}
SITEMAPS: dict[str, Any] = {
    "pages": ListSitemap(),
    "professions": RowSitemap(Profession.objects.listed),
    "criteria": RowSitemap(Criterion.objects.all),
    "schools": RowSitemap(School.objects.all),
    "programmes": RowSitemap(Programme.objects.all),
    "zones": RowSitemap(Zone.objects.all),
    "offers": LandingSitemap(),
    "employers": RowSitemap(partial(Employer.objects.filter, is_example=False)),
    "articles": RowSitemap(Article.objects.published),
}
