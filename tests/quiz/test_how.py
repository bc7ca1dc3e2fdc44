import re

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from quiz import how, versions
from quiz.engine import VERSION
from quiz.models import ModelVersion
from tests.careers.professions.factories import InterestProfileFactory
from tests.portal.sources.factories import SourceFactory
from tests.quiz.factories import ItemFactory, ModelVersionFactory
from tests.quiz.shipped import load_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def get(client):
    return client.get(reverse("quiz:how"))


def test_the_page_says_what_the_quiz_has_today(client):
    load_bank()
    versions.renew()

    response = get(client)

    assertContains(response, f"Version of the engine: {VERSION}.")
    assertContains(response, "from 60 activities")
    assertContains(response, "French (60), Dutch (60), German (60), English (60)")
    assertContains(response, "nobody’s answers are in it yet")


def test_a_quiz_without_anything_yet_is_no_fault(client):
    response = get(client)

    assertContains(response, "from 0 activities")
    assertContains(response, "made from theory")


def test_a_model_that_has_learnt_says_from_how_many(client):
    ModelVersionFactory(is_current=True, respondents=412)

    response = get(client)

    assertContains(response, "learnt from the answers of 412 people")
    assertNotContains(response, "nobody’s answers")


def test_a_new_version_of_the_model_is_told_at_once(client):
    load_bank()
    versions.renew()
    get(client)

    ModelVersion.objects.update(is_current=False)
    ModelVersionFactory(number=2, is_current=True, respondents=412)

    assertContains(get(client), "learnt from the answers of 412 people")


def test_only_written_languages_of_active_items_are_counted(client):
    ItemFactory(text_en="Draw a plan")
    ItemFactory()
    ItemFactory(status="draft", text_en="Mend a wall")

    assertContains(get(client), "French (2), Dutch (0), German (0), English (1)")


def test_profiles_are_counted_by_source(client):
    source = SourceFactory(title="Our estimates", licence="CC BY 4.0")
    InterestProfileFactory(source=source)
    InterestProfileFactory(source=source)
    InterestProfileFactory(profession__is_listed=False)
    InterestProfileFactory()

    text = re.sub(r"<[^>]+>|\s+", " ", get(client).content.decode())
    text = " ".join(text.split())

    assert "The interests of 2 professions: Our estimates (CC BY 4.0)" in text
    assert "The interests of 1 profession: without a source yet" in text


def test_every_figure_has_a_source_with_its_year():
    figures = [*how.studies(), *how.measured()]
    figures += [figure for state in (True, False) for figure in how.simulated(is_taught=state)]

    assert len(figures) > 15
    for figure in figures:
        assert figure.value
        assert re.search(r"\b20\d\d\b", figure.source), figure.text


@pytest.mark.parametrize(("people", "state"), [(0, "prior"), (199, "prior"), (200, "taught")])
def test_the_simulated_figures_are_those_of_the_model_in_use(client, people, state):
    ModelVersionFactory(is_current=True, respondents=people)

    found = get(client).context["simulated"]

    assert found == how.simulated(is_taught=state == "taught")
    assert found[0].value == how._percent(getattr(how.SIMULATED["overlap"], state))
    said = "nobody’s answers have taught yet"
    assert (said in get(client).content.decode()) == (state == "prior")


def test_figures_are_written_as_the_language_writes_them(client):
    with translation.override("fr"):
        assertContains(get(client), ">0,32<")
    assertContains(get(client), ">0.32<")


def test_the_page_costs_three_queries(client, django_assert_num_queries):
    load_bank()

    with django_assert_num_queries(3):
        get(client)
