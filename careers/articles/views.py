from string import ascii_uppercase
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers.articles.models import Article, EmployerStory, GlossaryTerm
from careers.professions.models import Profession
from portal import markdown, slugs
from portal.explain import Explainer
from portal.fields import current_language
from portal.kept_pages import keep_page
from portal.pagination import paginate
from portal.query import unread
from portal.structured import alternates

RELATED = 3
STORIES = 3


@login_not_required
@require_safe
@keep_page
def article_list(request: HttpRequest) -> HttpResponse:
    """Show the articles, the newest first, and a few words of employers."""
    page = paginate(request, Article.objects.published().for_cards())
    context = {"page": page, "stories": _stories()[:STORIES], "unread": unread(request.GET)}
    return render(request, "careers/articles/list.html", context)


@login_not_required
@require_safe
@keep_page
def story_list(request: HttpRequest) -> HttpResponse:
    """Show what employers say of working with them."""
    page = paginate(request, _stories().prefetch_related(_listed_professions()))
    context = {"page": page, "unread": unread(request.GET)}
    return render(request, "careers/articles/stories.html", context)


def _stories() -> Any:
    return EmployerStory.objects.select_related("sector", "source").order_by("sort_key", "pk")


def _listed_professions() -> Prefetch:
    title = f"sort_key_{current_language()}"
    listed = Profession.objects.listed().for_cards().order_by(title, "pk")
    return Prefetch("professions", queryset=listed)


@login_not_required
@require_safe
@keep_page
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article with its terms explained and the professions it speaks of."""
    article = slugs.find(Article.objects.published().select_related("source"), slug)
    if article.slug != slug:
        return redirect(article, permanent=True)
    html, headings = markdown.render(article.body)
    context = {
        "article": article,
        "alternates": alternates(article),
        "html": Explainer(GlossaryTerm.objects.explained()).html(html),
        "contents": [heading for heading in headings if heading.level == 2],
        "professions": article.professions.listed()
        .for_cards()
        .order_by(f"sort_key_{current_language()}", "pk"),
        "related": Article.objects.published().for_cards().related_to(article)[:RELATED],
    }
    return render(request, "careers/articles/detail.html", context)


@login_not_required
@require_safe
@keep_page
def glossary(request: HttpRequest) -> HttpResponse:
    """Show all terms from A to Z on one page, so that a link can lead to each."""
    articles = Prefetch("articles", Article.objects.published().for_cards())
    key = f"sort_key_{current_language()}"
    by_letter: dict[str, list[GlossaryTerm]] = {}
    for term in GlossaryTerm.objects.order_by(key, "pk").prefetch_related(articles):
        initial = getattr(term, key)[:1].upper()
        by_letter.setdefault(initial if initial in ascii_uppercase else "#", []).append(term)
    letters = [
        {"letter": letter, "url": f"#letter-{letter}" if letter in by_letter else None}
        for letter in sorted({*by_letter, *ascii_uppercase})
    ]
    context = {
        "groups": sorted(by_letter.items()),
        "letters": letters,
        "unread": unread(request.GET, names=()),
    }
    return render(request, "careers/articles/glossary.html", context)
