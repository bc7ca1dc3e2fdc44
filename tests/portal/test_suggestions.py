import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from portal import kept
from portal.suggestions import MOST, suggest
from tests.careers.articles.factories import GlossaryTermFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import ProgrammeFactory
from tests.careers.zones.factories import MunicipalityFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def names():
    kept.forget()
    baker = ProfessionFactory(
        name_masculine_fr="boulanger",
        name_feminine_fr="boulangère",
        name_masculine_nl="bakker",
        slug_fr="boulanger",
    )
    baker.other_names.create(text="artisan de la pâte")
    ProfessionFactory(
        name_masculine_fr="directeur d’hôtel",
        name_feminine_fr="directrice d’hôtel",
        slug_fr="hotel",
    )
    zone = ZoneFactory(name_fr="Bassin mosan", slug_fr="bassin-mosan")
    zone.municipalities.add(MunicipalityFactory(name_fr="Liège"))


def first(text: str) -> str:
    return next((suggestion.entry.url for suggestion in suggest(text)), "")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("bo", "boulanger"),
        ("Boulangè", "boulanger"),
        ("bakk", "boulanger"),
        ("pate", "boulanger"),
        ("pâte artisan", "boulanger"),
        ("boulnag", "boulanger"),
        ("boulnager", "boulanger"),
        ("d'hotel", "hotel"),
        ("directrice hot", "hotel"),
        ("direcrice hot", "hotel"),
        ("lieg", "bassin-mosan"),
    ],
)
def test_names_are_found_while_they_are_typed(text, slug):
    assert slug in first(text)


@pytest.mark.parametrize("text", ["", "b", "  ", "zzzz", "!?", "'"])
def test_too_little_or_unknown_suggests_nothing(text):
    assert suggest(text) == []


def test_a_name_typed_in_full_comes_first():
    GlossaryTermFactory(term_fr="COO")
    ProfessionFactory(name_masculine_fr="coordinateur")
    director = ProfessionFactory(name_masculine_fr="directeur", slug_fr="directeur")
    director.other_names.create(text="COO", kind="acronym")

    assert [suggestion.entry.kind for suggestion in suggest("coo")[:2]] == [
        "professions",
        "glossary",
    ]
    assert "directeur" in first("coo")


def test_programmes_of_the_same_name_are_told_apart_by_their_school():
    ProgrammeFactory(name_fr="Bachelier en droit", school__name="École du Nord")

    assert suggest("droit")[0].hint == "École du Nord"


def test_a_page_is_suggested_once_and_no_more_than_ten_are():
    ProfessionFactory.create_batch(
        15, name_masculine_fr="bouquiniste", name_feminine_fr="bouquiniste"
    )

    found = suggest("bo")

    assert len(found) == MOST
    assert len({suggestion.entry.pk for suggestion in found}) == MOST


def test_the_answer_is_a_list_of_options_by_kind(client, django_assert_num_queries):
    suggest("bo")

    with django_assert_num_queries(1):  # the version of the content
        response = client.get(reverse("portal:suggest"), {"q": "bas"})

    assertContains(response, 'role="option"', 1)
    assertContains(response, "Bassin mosan")
    assert "<html" not in response.content.decode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_answered(text):
    assert len(suggest(text)) <= MOST
