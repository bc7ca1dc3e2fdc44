"""What the home page leads to, counted when the content changes."""

from collections import Counter
from string import ascii_uppercase
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.articles.models import Article, EmployerStory
from careers.professions.enums import StudyLevel
from careers.professions.models import Guide, Profession, Sector
from careers.schools.models import Programme, School
from portal.fields import current_language

GUIDES = 6
ARTICLES = 3
STORIES = 3


def contents() -> dict[str, Any]:
    """The context of the home page, in seven queries."""
    key = f"sort_key_{current_language()}"
    professions = list(Profession.objects.listed().values_list("study_level", key))
    guides = (
        Guide.objects.published()
        .select_related("profession__sector")
        .annotate(figure_count=Count("figures"))
    )
    stories = EmployerStory.objects.select_related("source")
    return {
        "stats": [
            {"value": value, "label": label, "url": _list(name)}
            for name, label, value in [
                ("professions", _("professions"), len(professions)),
                ("programmes", _("programmes"), Programme.objects.count()),
                ("schools", _("schools"), School.objects.count()),
            ]
        ]
        + [{"fresh": "offer_count", "url": _list("offers")}],
        "sectors": sectors(),
        "levels": _levels(Counter(level for level, _key in professions)),
        "letters": _letters(Counter(key[:1].upper() for _level, key in professions)),
        "guides": guides.order_by("-figure_count", "-published_on", "pk")[:GUIDES],
        "articles": Article.objects.published().for_cards()[:ARTICLES],
        "stories": stories.order_by("sort_key", "pk")[:STORIES],
    }


def _list(name: str, **query: str) -> str:
    return f"{reverse(f'{name}:list')}{'?' if query else ''}{urlencode(query)}"


def sectors() -> list[dict[str, Any]]:
    """Each sector that has professions: name, icon, address of its list, count."""
    listed = Count("professions", filter=Q(professions__is_listed=True))
    rows: QuerySet[Any] = Sector.objects.annotate(count=listed).filter(count__gt=0)
    return [
        {
            "label": row.name,
            "icon": row.icon,
            "count": row.count,
            "url": _list("professions", sector=row.slug_fr),
        }
        for row in rows.order_by(f"sort_key_{current_language()}", "pk")
    ]


def _levels(counts: Counter[str]) -> list[dict[str, Any]]:
    return [
        {"label": label, "count": counts[value], "url": _list("professions", level=value)}
        for value, label in StudyLevel.choices
        if counts[value]
    ]


def _letters(counts: Counter[str]) -> list[dict[str, Any]]:
    return [
        {
            "letter": letter,
            "count": counts[letter],
            "url": _list("professions", letter=letter) if counts[letter] else None,
        }
        for letter in ascii_uppercase
    ]
