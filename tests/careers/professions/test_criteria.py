import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from portal import kept
from tests.careers.professions.factories import (
    CriterionFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
)

pytestmark = pytest.mark.django_db


def url(query=""):
    return f"{reverse('criteria:list')}?{query}"


@pytest.fixture
def jobs():
    """A gardener works outdoors with the hands, a guide outdoors, a weaver with the hands."""
    outdoors, manual = (
        CriterionFactory(slug_fr=slug, name_fr=slug) for slug in ("outdoors", "manual")
    )
    for name, criteria in [
        ("jardinier", [outdoors, manual]),
        ("guide nature", [outdoors]),
        ("tisserand", [manual]),
    ]:
        profession = ProfessionFactory(name_masculine_fr=name)
        for criterion in criteria:
            ProfessionCriterionFactory(profession=profession, criterion=criterion)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("all=outdoors&all=manual", ["Jardinier"]),
        ("any=outdoors&any=manual", ["Guide nature", "Jardinier", "Tisserand"]),
        ("all=outdoors&without=manual", ["Guide nature"]),
        ("without=outdoors&without=manual", []),
        ("all=outdoors&without=outdoors", []),
    ],
)
def test_criteria_are_combined_by_and_or_and_not(client, jobs, query, names):
    response = client.get(url(query))

    for name in ["Guide nature", "Jardinier", "Tisserand"]:
        check = assertContains if name in names else assertNotContains
        check(response, name)


def test_chips_say_all_or_not(client, jobs):
    for name, said in [("all", "all:"), ("any", "or:"), ("without", "not:")]:
        with translation.override("en"):
            response = client.get(url(f"{name}=outdoors"))
        assertContains(response, f"{said} outdoors")


def test_every_criterion_has_its_count(client, jobs):
    CriterionFactory(name_fr="Rien encore")

    response = client.get(url())

    assertContains(response, 'outdoors <span class="count">2</span>')
    assertContains(response, "Rien encore")


@pytest.mark.parametrize(
    "query", ["all=outdoors&without=outdoors", "any=outdoors&without=outdoors&without=manual"]
)
def test_wanting_and_refusing_the_same_is_told(client, jobs, query):
    response = client.get(url(query))

    assert response.context["filterset"].contradictions == ["outdoors"]
    assertContains(response, "notice-warning")


def test_refusing_one_of_several_that_would_do_contradicts_nothing(client, jobs):
    response = client.get(url("any=outdoors&any=manual&without=outdoors"))

    assert response.context["filterset"].contradictions == []


def test_unknown_criteria_are_left_out_and_said(client, jobs):
    response = client.get(url("all=zzz&without=manual&page=1000000000"))

    assertContains(response, "zzz")
    assertContains(response, "Guide nature")


def test_a_parameter_that_the_page_does_not_read_is_said(client, jobs):
    response = client.get(url("all=outdoors&none=outdoors&utm_source=a&fbclid=b&page=1"))

    assert response.context["filterset"].ignored == ["none=outdoors"]
    assertContains(response, "none=outdoors")


def test_htmx_gets_the_results_and_the_new_counts_alone(client, jobs):
    response = client.get(url("all=manual"), headers={"HX-Request": "true", "HX-Target": "results"})

    assertNotContains(response, "<html")
    assertContains(response, 'id="facet-without" data-hx-swap-oob="true"')


def test_a_criterion_shows_its_professions_the_strongest_first(client):
    criterion = CriterionFactory()
    for name, value in [("faible", 59), ("moyen", 60), ("fort", 100)]:
        ProfessionCriterionFactory(
            criterion=criterion, value=value, profession__name_masculine_fr=name
        )
    ProfessionCriterionFactory(
        criterion=criterion, profession__name_masculine_fr="caché", profession__is_listed=False
    )

    html = client.get(criterion.get_absolute_url()).content.decode()

    assert html.index("Fort") < html.index("Moyen")
    assert "Faible" not in html
    assert "Caché" not in html
    assert criterion.description in html


def test_a_criterion_without_professions_says_so(client):
    assert client.get(CriterionFactory().get_absolute_url()).status_code == 200


def test_an_old_slug_of_a_criterion_leads_to_the_new_one(client):
    criterion = CriterionFactory(slug_fr="dehors")
    criterion.slug_fr = "en-plein-air"
    criterion.save()

    response = client.get(reverse("criteria:detail", args=["dehors"]))

    assert response.status_code == 301


def test_an_unknown_criterion_answers_404(client):
    assert client.get(reverse("criteria:detail", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_pages_cost_at_most_eight_queries(client, django_assert_max_num_queries, count):
    criterion = CriterionFactory()
    for profession in ProfessionFactory.create_batch(count):
        ProfessionCriterionFactory(profession=profession, criterion=criterion)
    kept.forget()

    with django_assert_max_num_queries(8):
        client.get(url(f"without={CriterionFactory().slug}"))
    with django_assert_max_num_queries(8):
        client.get(criterion.get_absolute_url())
