from itertools import product

import pytest
from django.http import QueryDict
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from careers.professions.filters import CombinationFilterSet, ProfessionFilterSet
from careers.professions.models import Profession
from portal import kept
from tests.careers.professions.factories import (
    CriterionFactory,
    GuideFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
    ProfessionNameFactory,
    SectorFactory,
    published_guide,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    """Three sectors, two levels, two criteria, in all combinations."""
    sectors = [SectorFactory(slug_fr=slug, name_fr=slug.title()) for slug in ("a", "b", "c")]
    outdoors, manual = (
        CriterionFactory(slug_fr=slug, name_fr=slug) for slug in ("outdoors", "manual")
    )
    for sector, level, chips in product(
        sectors, ["bachelor", "master"], [[], [outdoors], [outdoors, manual]]
    ):
        profession = ProfessionFactory(sector=sector, study_level=level)
        for criterion in chips:
            ProfessionCriterionFactory(profession=profession, criterion=criterion)


def titles(response):
    return [
        row.split("</a>")[0].split(">")[-1]
        for row in response.content.decode().split("row-title")[1:]
    ]


def found(filterset, query):
    return filterset(QueryDict(query), Profession.objects.listed().for_cards())


def url(query=""):
    return f"{reverse('professions:list')}?{query}"


def test_listed_professions_are_shown_by_title_whatever_the_accents(client):
    for name in ["zingueur", "ébéniste", "étudiant", "eau"]:
        ProfessionFactory(name_masculine_fr=name)
    ProfessionFactory(name_masculine_fr="caché", is_listed=False)

    response = client.get(url())

    assert titles(response) == ["Eau", "Ébéniste", "Étudiant", "Zingueur"]


def test_a_published_guide_is_announced_and_a_draft_is_not(client):
    published_guide(profession__name_masculine_fr="soudeur")
    GuideFactory(profession__name_masculine_fr="plombier")

    assertContains(client.get(url("q=soudeur")), 'class="tag"')
    assertNotContains(client.get(url("q=plombier")), 'class="tag"')


@pytest.mark.parametrize("words", ["boulangere", "Boulangère", "boul", "patissier", "BP"])
def test_all_names_are_found_hidden_ones_too(client, words):
    bakery = ProfessionFactory(name_masculine_fr="boulanger", name_feminine_fr="boulangère")
    ProfessionNameFactory(profession=bakery, text="pâtissier")
    ProfessionNameFactory(profession=bakery, text="BP", is_hidden=True)
    ProfessionFactory(name_masculine_fr="soudeur")

    assert titles(client.get(url(f"q={words}"))) == ["Boulanger\xa0/ Boulangère"]


def test_titles_that_begin_with_the_words_come_first(client):
    other = ProfessionFactory(name_masculine_fr="aide")
    ProfessionNameFactory(profession=other, text="assistant cuisinier")
    ProfessionFactory(name_masculine_fr="commis cuisinier")
    ProfessionFactory(name_masculine_fr="cuisinier")

    by_relevance = titles(client.get(url("q=cuisinier")))
    by_title = titles(client.get(url("q=cuisinier&sort=title")))

    assert by_relevance == ["Cuisinier", "Commis cuisinier", "Aide"]
    assert by_title == ["Aide", "Commis cuisinier", "Cuisinier"]


def test_sorting_by_level_goes_from_no_diploma_to_doctorate(client):
    for level in ["doctorate", "none", "master"]:
        ProfessionFactory(name_masculine_fr=level, study_level=level)

    assert titles(client.get(url("sort=level"))) == ["None", "Master", "Doctorate"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "sector=a",
        "sector=a&sector=b&level=master",
        "criteria=outdoors",
        "criteria=outdoors&criteria=manual",
        "criteria=outdoors&criteria=manual&match=any&level=bachelor",
        "guide=1",
        "letter=P&regulated=1",
    ],
)
def test_each_count_is_what_choosing_the_value_gives(catalogue, query):
    filterset = found(ProfessionFilterSet, query)

    for facet in filterset.facets:
        for option in facet.options:
            chosen = QueryDict(query, mutable=True)
            if facet.kind == "radio":
                chosen[facet.name] = option.value
            elif filterset.mode_of(facet.name).name == "ANY":
                chosen.setlist(facet.name, [option.value])
            else:
                chosen.appendlist(facet.name, option.value)
            expected = found(ProfessionFilterSet, chosen.urlencode()).qs.count()
            assert option.count == expected, (facet.name, option.value)


@pytest.mark.parametrize(
    "query", ["all=outdoors", "any=outdoors&without=manual", "without=outdoors"]
)
def test_each_count_of_a_combination_is_what_adding_the_value_gives(catalogue, query):
    filterset = found(CombinationFilterSet, query)

    for name in ("all", "without"):
        for option in filterset.facet(name).options:
            chosen = QueryDict(query, mutable=True)
            chosen.appendlist(name, option.value)
            assert option.count == found(CombinationFilterSet, chosen.urlencode()).qs.count()


def test_a_chosen_filter_is_a_chip_that_takes_it_away(catalogue, client):
    response = client.get(url("sector=a&level=master"))

    assertContains(response, 'href="?level=master"')
    assertContains(response, 'href="?sector=a"')


def test_an_empty_list_says_what_to_leave_out_and_what_that_gives(catalogue, client):
    response = client.get(url("sector=a&level=master&guide=1"))

    empty = response.content.decode().split('class="empty"')[1].split("</ul>")[0]
    assert '<span class="count">3</span>' in empty
    assert 'href="?sector=a&amp;level=master"' in empty


def test_a_misspelt_word_leads_to_the_search_of_the_site(client):
    response = client.get(url("q=boulangr"))

    assertContains(response, f"{reverse('portal:search')}?q=boulangr")


def test_letters_lead_to_what_the_other_filters_leave(client):
    ProfessionFactory(name_masculine_fr="ébéniste")
    ProfessionFactory(name_masculine_fr="soudeur")

    assert titles(client.get(url("letter=E"))) == ["Ébéniste"]
    assertContains(client.get(url("letter=E")), 'href="?letter=S"')
    assertNotContains(client.get(url()), 'href="?letter=B"')


@pytest.mark.parametrize(
    "query",
    [
        "sector=nowhere",
        "level=kindergarten",
        "criteria=nothing&criteria=manual",
        "sort=price",
        "guide=perhaps",
        "letter=%C3%89",
        "q=%21%21%21",
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(catalogue, client, query):
    response = client.get(url(query))

    assertContains(response, "notice-warning")


@pytest.mark.parametrize(
    "query",
    ["page=1000000000", "page=-1", "page=x", "q=" + "a" * 10_000, "match=none", "sector=&q=&sort="],
)
def test_strange_addresses_are_answered(catalogue, client, query):
    assert client.get(url(query)).status_code == 200


def test_what_a_visitor_typed_is_shown_not_run(client):
    ProfessionFactory()

    response = client.get(url("q=<script>alert(1)</script>&sector=<b>x</b>"))

    assertNotContains(response, "<script>alert")
    assertNotContains(response, "<b>x</b>")


def test_htmx_gets_the_results_and_the_new_counts_alone(catalogue, client):
    response = client.get(url("sector=a"), headers={"HX-Request": "true", "HX-Target": "results"})

    assertNotContains(response, "<html")
    assertContains(response, 'id="facet-level" data-hx-swap-oob="true"')
    assert "HX-Target" in response.headers["Vary"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_at_most_eight_queries(client, django_assert_max_num_queries, count):
    criterion = CriterionFactory()
    for profession in ProfessionFactory.create_batch(count):
        ProfessionCriterionFactory(profession=profession, criterion=criterion)
    kept.forget()

    with django_assert_max_num_queries(8):
        client.get(url("q=profession&sort=level"))
    with django_assert_max_num_queries(1):
        client.get(url("q=profession&sort=level"))


def test_a_change_of_content_shows_at_the_next_visit(client):
    profession = ProfessionFactory(name_masculine_fr="soudeur")
    client.get(url())

    profession.name_masculine_fr = profession.name_feminine_fr = "braseur"
    profession.save()

    assert titles(client.get(url())) == ["Braseur"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sector=zzz", ["zzz"]),
        ("criteria=zzz&sector=a", ["zzz"]),
        ("secteur=a", ["secteur=a"]),
        ("match=some", ["match=some"]),
        ("sort=zzz", ["zzz"]),
        ("q=metier&match=any&sort=match&letter=A&page=2&secteur=", []),
    ],
)
def test_what_the_list_does_not_understand_is_said(client, catalogue, query, said):
    kept.forget()
    response = client.get(url(query))

    assert response.context["filterset"].ignored == said
    for text in said:
        assertContains(response, f"<code>{text}</code>", html=True)
