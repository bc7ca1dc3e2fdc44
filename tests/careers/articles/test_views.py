from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal import kept
from tests.careers.articles.factories import (
    ArticleFactory,
    EmployerStoryFactory,
    GlossaryTermFactory,
)
from tests.careers.professions.factories import ProfessionFactory
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db

TEXT = "## Un titre\n\nDu **texte**"


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()


def test_the_list_shows_what_is_published_newest_first(client):
    ArticleFactory(title_fr="Ancien", published_on=timezone.localdate() - timedelta(days=9))
    ArticleFactory(title_fr="Récent")
    ArticleFactory(title_fr="Brouillon", draft=True)
    ArticleFactory(title_fr="Demain", published_on=timezone.localdate() + timedelta(days=1))

    response = client.get(reverse("articles:list"))

    assert [str(article) for article in response.context["page"]] == ["Récent", "Ancien"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_four_queries(client, django_assert_num_queries, count):
    ArticleFactory.create_batch(count)
    EmployerStoryFactory.create_batch(count)

    with django_assert_num_queries(4):  # the version, the total, the page, the stories
        client.get(reverse("articles:list"))


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        ("articles:list", "kind=zz", "<code>kind=zz</code>"),
        ("articles:list", "page=9999", "There is no page “9999”: this is page 1 of 1."),
        ("articles:stories", "page=x", "There is no page “x”: this is page 1 of 1."),
        ("professions:list", "page=9999", "There is no page “9999”: this is page 1 of 1."),
        ("glossary:list", "q=erp&utm_source=x", "<code>q=erp</code></p>"),
    ],
)
def test_what_a_list_does_not_read_is_told(client, name, query, told):
    ArticleFactory()
    EmployerStoryFactory()
    with translation.override("en"):
        url = reverse(name)

        assertContains(client.get(f"{url}?{query}"), told)
        assertNotContains(client.get(url), "notice-warning")
        assertNotContains(client.get(f"{url}?utm_source=x"), "notice-warning")


@pytest.mark.parametrize("count", [1, 20])
def test_the_stories_cost_four_queries(client, django_assert_num_queries, count):
    for _number in range(count):
        EmployerStoryFactory(professions=[ProfessionFactory()])

    with django_assert_num_queries(4):  # the version, the total, the page, the professions
        client.get(reverse("articles:stories"))


def test_a_story_names_its_source_and_leads_to_its_professions(client):
    profession = ProfessionFactory(slug_fr="brasseur")
    EmployerStoryFactory(employer="Brasserie X", professions=[profession], source__title="Portrait")

    response = client.get(reverse("articles:stories"))

    assertContains(response, "Brasserie X")
    assertContains(response, "Portrait")
    assertContains(response, reverse("professions:detail", args=["brasseur"]))


@pytest.mark.parametrize(
    ("year", "told"), [(2019, "Portrait, Office, 2019"), (None, "Portrait, Office, year unknown")]
)
def test_a_retold_source_has_its_year_or_says_that_nobody_knows_it(client, year, told):
    source = SourceFactory(title="Portrait", publisher="Office", year=year)
    EmployerStoryFactory(source=source)
    article = ArticleFactory(source=source)

    with translation.override("en"):
        pages = [client.get(reverse("articles:stories")), client.get(article.get_absolute_url())]

    for page in pages:
        assertContains(page, told)


def test_an_article_shows_its_text_its_professions_and_what_to_read_next(client):
    profession = ProfessionFactory(slug_fr="brasseur")
    hidden = ProfessionFactory(is_listed=False, slug_fr="cache")
    article = ArticleFactory(
        body_fr="## Un titre\n\nDu **texte**", professions=[profession, hidden]
    )
    ArticleFactory(title_fr="Sur le même métier", professions=[profession])
    ArticleFactory(title_fr="Sans rapport")

    response = client.get(article.get_absolute_url())

    assertContains(response, '<h2 id="section-un-titre">Un titre</h2>')
    assertContains(response, "<strong>texte</strong>")
    assertContains(response, reverse("professions:detail", args=["brasseur"]))
    assertNotContains(response, reverse("professions:detail", args=["cache"]))
    assertContains(response, "Sur le même métier")
    assertNotContains(response, "Sans rapport")


def test_an_article_explains_the_terms_of_the_glossary(client):
    GlossaryTermFactory(term_fr="ERP", definition_fr="Un logiciel pour tout.")
    article = ArticleFactory(body_fr="Un ERP relie les services.")

    response = client.get(article.get_absolute_url())

    assertContains(response, 'class="term"')
    assertContains(response, "Un logiciel pour tout.")


def test_an_article_left_in_french_explains_its_terms_with_what_an_acronym_stands_for(client):
    GlossaryTermFactory(term_fr="PGI", term_en="ERP", expansion_en="Enterprise resource planning")
    article = ArticleFactory(body_fr="Un PGI relie les services.")

    with translation.override("en"):
        response = client.get(article.get_absolute_url())

    assertContains(response, "Enterprise resource planning. ")


@pytest.mark.parametrize("count", [1, 20])
def test_an_article_costs_five_queries(client, django_assert_num_queries, count):
    professions = ProfessionFactory.create_batch(count)
    article = ArticleFactory(professions=professions)
    ArticleFactory.create_batch(count, professions=professions)
    GlossaryTermFactory.create_batch(count)

    with django_assert_num_queries(5):  # version, article, terms, professions, related
        client.get(article.get_absolute_url())
    with django_assert_num_queries(1):  # the version: the page is kept
        client.get(article.get_absolute_url())


def test_a_change_of_the_article_is_seen_at_once(client):
    article = ArticleFactory(body_fr="Avant")
    client.get(article.get_absolute_url())

    article.body_fr = "Après"
    article.save()

    assertContains(client.get(article.get_absolute_url()), "Après")


def test_an_old_address_leads_to_the_new_one(client):
    article = ArticleFactory(slug_fr="avant")
    article.slug_fr = "apres"
    article.save()

    response = client.get(reverse("articles:detail", args=["avant"]))

    assertRedirects(response, reverse("articles:detail", args=["apres"]), status_code=301)


def test_a_draft_is_not_found(client):
    article = ArticleFactory(draft=True)

    assert client.get(article.get_absolute_url()).status_code == 404


def test_the_glossary_has_an_anchor_for_each_term_and_names_the_articles(client):
    term = GlossaryTermFactory(term_fr="Éco-conception", expansion_fr="", slug_fr="eco-conception")
    GlossaryTermFactory(term_fr="COO", expansion_fr="Chief Operating Officer")
    ArticleFactory(title_fr="Concevoir", terms=[term])
    ArticleFactory(title_fr="Pas encore", terms=[term], draft=True)

    response = client.get(reverse("glossary:list"))

    assertContains(response, 'id="eco-conception"')
    assertContains(response, 'href="#letter-E"')
    assertContains(response, "Chief Operating Officer")
    assertContains(response, "Concevoir")
    assertNotContains(response, "Pas encore")


@pytest.mark.parametrize("count", [1, 20])
def test_the_glossary_costs_three_queries(client, django_assert_num_queries, count):
    ArticleFactory(terms=GlossaryTermFactory.create_batch(count))

    with django_assert_num_queries(3):  # the version, the terms, their articles
        client.get(reverse("glossary:list"))
