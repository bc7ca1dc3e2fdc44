from django.utils import timezone
from django.utils.text import slugify
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from careers.articles.models import Article, EmployerStory, GlossaryTerm
from portal.sources.models import Source


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    title = Sequence("Source {}".format)
    publisher = "Office"
    year = 2025


class GlossaryTermFactory(DjangoModelFactory[GlossaryTerm]):
    class Meta:
        model = GlossaryTerm

    term_fr = Sequence("Terme {}".format)
    slug_fr = LazyAttribute(lambda term: slugify(term.term_fr))
    definition_fr = "Ce que cela veut dire."


class ArticleFactory(DjangoModelFactory[Article]):
    """An article published today. Say `draft=True` for one without a day."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    class Params:
        draft = Trait(published_on=None)

    title_fr = Sequence("Article {}".format)
    slug_fr = LazyAttribute(lambda article: slugify(article.title_fr))
    summary_fr = "En deux phrases."
    body_fr = "Du texte."
    published_on = LazyFunction(timezone.localdate)
    source = SubFactory(SourceFactory)

    @post_generation
    def professions(article, create, extracted):
        if create and extracted:
            article.professions.set(extracted)

    @post_generation
    def terms(article, create, extracted):
        if create and extracted:
            article.terms.set(extracted)


class EmployerStoryFactory(DjangoModelFactory[EmployerStory]):
    class Meta:
        model = EmployerStory
        skip_postgeneration_save = True

    employer = Sequence("Employeur {}".format)
    title_fr = "Travailler ici"
    text_fr = "L’entreprise dit être attentive à chacun."
    source = SubFactory(SourceFactory)

    @post_generation
    def professions(story, create, extracted):
        if create and extracted:
            story.professions.set(extracted)
