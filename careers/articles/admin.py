from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from careers.articles.models import Article, EmployerStory, GlossaryTerm
from portal.admin import ModelAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ModelAdmin):
    list_display = ["term", "expansion", "article_count"]
    search_fields = ["term_fr", "expansion_fr", "aliases"]
    ordering = ["sort_key_fr", "pk"]
    prepopulated_fields = {"slug_fr": ["term_fr"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(uses=Count("articles"))

    @admin.display(description=_("articles"), ordering="uses")
    def article_count(self, term: GlossaryTerm) -> int:
        return term.uses


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    list_display = ["title", "kind", "published_on", "profession_count"]
    list_filter = ["kind"]
    date_hierarchy = "published_on"
    search_fields = ["title_fr", "summary_fr"]
    ordering = ["-published_on", "pk"]
    autocomplete_fields = ["source", "professions", "terms"]
    prepopulated_fields = {"slug_fr": ["title_fr"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(aims=Count("professions"))

    @admin.display(description=_("professions"), ordering="aims")
    def profession_count(self, article: Article) -> int:
        return article.aims


@admin.register(EmployerStory)
class EmployerStoryAdmin(ModelAdmin):
    list_display = ["employer", "title", "sector", "country"]
    list_filter = ["sector", "country"]
    list_select_related = ["sector"]
    search_fields = ["employer", "title_fr", "text_fr"]
    ordering = ["sort_key", "pk"]
    autocomplete_fields = ["employer_page", "professions", "source"]
