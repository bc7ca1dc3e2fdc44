"""How long the quiz is and how long it is kept are told as they are set."""

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains

from portal import kept
from quiz import how, links, views, views_class, views_compatibility
from tests.careers.professions.factories import ProfessionFactory
from tests.quiz.one_profession import begin_url, page, said

pytestmark = pytest.mark.django_db

DAYS, LENGTH = 17, 23


@pytest.fixture(autouse=True)
def _set(monkeypatch):
    for module in [how, links, views, views_class, views_compatibility]:
        monkeypatch.setattr(module, "DAYS_KEPT", DAYS, raising=False)
        monkeypatch.setattr(module, "MAIN_LENGTH", LENGTH, raising=False)
    kept.forget()
    with translation.override("en"):
        yield
    kept.forget()


def test_the_pages_on_the_whole_quiz_tell_both(client):
    for name in ["start", "class", "how"]:
        response = client.get(reverse(f"quiz:{name}"))
        assertContains(response, f"{DAYS} days")
        assertContains(response, f"{LENGTH} ")
        assert "20 questions" not in response.content.decode().partition('id="figures"')[0]


def test_the_page_on_no_quiz_tells_the_days(client):
    response = client.get(reverse("quiz:question", args=["nobody"]))

    assertContains(response, f"erased after {DAYS} days", status_code=404)


def test_the_quiz_about_one_profession_tells_both(client, finished_one):
    response = client.get(begin_url(finished_one.profession))
    assertContains(response, f"erased after {DAYS} days")
    assertContains(response, f"the quiz of {LENGTH} questions")

    said(finished_one, "yes")
    response = client.get(page("result", finished_one))
    assertContains(response, f"the quiz of {LENGTH} questions")


def test_a_profession_without_a_quiz_leads_to_the_whole_one(client):
    response = client.get(begin_url(ProfessionFactory()))

    assertContains(response, f"the quiz of {LENGTH} questions", status_code=404)
