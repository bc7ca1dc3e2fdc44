from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.offers.models import Employer
from careers.professions.enums import Country
from careers.professions.models import Profession, Sector
from portal import fields, words
from portal.explain import Term
from portal.models import content
from portal.sources.models import Source

WORDS_A_MINUTE = 200


class ArticleKind(models.TextChoices):
    ARTICLE = "article", _("Article")
    DOSSIER = "dossier", _("In depth")


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    def matching(self, query: list[str]) -> Self:
        """Terms whose name, expansion or other spelling holds every word."""
        return self.filter(words.matches("search", query)) if query else self

    def explained(self) -> list[Term]:
        """The terms as an `Explainer` takes them."""
        return [
            Term(term.spellings, term.definition, term.get_absolute_url(), term.expansion)
            for term in self.order_by("pk")
        ]


@content()
class GlossaryTerm(models.Model):
    """A word of the trade or an acronym, explained."""

    key = fields.key()
    slug = fields.slug()
    term = fields.text(_("term"), length=100)
    expansion = fields.text(_("expansion"), length=200, blank=True)
    definition = fields.text(_("definition"))
    # One other spelling a line: that is how an editor types them.
    aliases = models.TextField(_("other spellings, one a line"), blank=True)
    sort_key = words.sort_key("term")
    search = words.search_column("term_fr", "term_en", "expansion_fr", "expansion_en", "aliases")

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary:list')}#{self.slug}"

    @property
    def spellings(self) -> list[str]:
        """The term and its other spellings; the French one too, for texts left in French."""
        aliases = [line.strip() for line in self.aliases.splitlines()]
        return [name for name in dict.fromkeys([self.term, self.term_fr, *aliases]) if name]


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        """Articles the public may read today."""
        return self.filter(published_on__lte=timezone.localdate())

    def for_cards(self) -> Self:
        """Load what a row of a list shows, the newest first."""
        bodies = [f"body_{code}" for code in fields.LANGUAGE_CODES]
        return self.defer(*bodies).order_by("-published_on", "pk")

    def related_to(self, article: "Article") -> Self:
        """Other articles, those that share most professions and terms with this one first."""
        shared = Count(
            "professions", filter=Q(professions__articles=article), distinct=True
        ) + Count("terms", filter=Q(terms__articles=article), distinct=True)
        return (
            self.exclude(pk=article.pk)
            .annotate(shared=shared)
            .filter(shared__gt=0)
            .order_by("-shared", "-published_on", "pk")
        )

    def matching(self, query: list[str]) -> Self:
        """Articles whose title or summary holds every word."""
        return self.filter(words.matches("search", query)) if query else self


@content()
class Article(models.Model):
    """A text of the magazine, in Markdown; without a publication day it is a draft."""

    key = fields.key()
    slug = fields.slug()
    kind = models.CharField(_("kind"), choices=ArticleKind, default=ArticleKind.ARTICLE)
    title = fields.text(_("title"), length=200)
    summary = fields.text(_("summary"))
    body = fields.text(_("text"))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )
    professions = models.ManyToManyField(
        Profession, blank=True, related_name="articles", verbose_name=_("professions")
    )
    terms = models.ManyToManyField(
        GlossaryTerm, blank=True, related_name="articles", verbose_name=_("glossary terms")
    )
    search = words.search_column("title_fr", "title_nl", "title_de", "title_en", "summary_fr")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:detail", args=[self.slug])

    @property
    def reading_minutes(self) -> int:
        """At 200 words a minute, never under one."""
        return max(1, round(len(self.body.split()) / WORDS_A_MINUTE))


@content()
class EmployerStory(models.Model):
    """What an employer says of working there, in short."""

    key = fields.key()
    employer = models.CharField(_("employer"), max_length=150)
    employer_page = models.ForeignKey(
        Employer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("page of the employer"),
    )
    title = fields.text(_("title"), length=200)
    text = fields.text(_("text"))
    sector = models.ForeignKey(
        Sector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("sector"),
    )
    country = models.CharField(_("country"), choices=Country, default=Country.BE)
    professions = models.ManyToManyField(
        Profession, blank=True, related_name="stories", verbose_name=_("professions")
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))
    sort_key = words.plain_sort_key("employer")

    class Meta:
        verbose_name = _("employer story")
        verbose_name_plural = _("employer stories")
        constraints = [
            models.CheckConstraint(
                name="employerstory_names_its_employer",
                condition=~Q(employer=""),
                violation_error_message=_("Name the employer."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.title}"
