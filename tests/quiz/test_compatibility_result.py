"""The two results of the quiz about one profession."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from portal import kept
from quiz import compatibility_result
from quiz.enums import SelfCheckAnswer
from quiz.models import Report
from tests.careers.professions.factories import (
    InterestProfileFactory,
)
from tests.quiz.one_profession import begun, page, said, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


def main_of(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_interests_and_reality_are_two_results(client, finished_one):
    said(finished_one, *SelfCheckAnswer.values)

    response = client.get(page("result", finished_one))

    html = main_of(response)
    found = compatibility_result.of(finished_one)
    assert html.index('id="interests"') < html.index('id="reality"')
    assertContains(response, found.band)
    assertContains(response, found.match.interval)
    assert "%" not in re.sub(r"<[^>]*>", "", html)
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_who_likes_it_is_near_and_gets_no_alternatives(client, finished_one):
    said(finished_one)

    found = compatibility_result.of(finished_one)

    assert not found.is_low
    assert found.alternatives == []
    assert 0 <= found.low <= found.value <= found.high <= 100
    assertNotContains(client.get(page("result", finished_one)), 'id="alternatives"')


def test_who_likes_other_things_gets_three_nearer_ones(client, guided):
    session = take(begun(client, guided), likes="R")
    said(session)

    response = client.get(page("result", session))

    found = compatibility_result.of(session)
    assert found.is_low
    assert len(found.alternatives) == 3
    assert guided.pk not in {match.pk for match in found.alternatives}
    for match in found.alternatives:
        assert match.rank < found.match.rank
        assertContains(response, match.url)
    assert found.match.friction.url.startswith(guided.get_absolute_url())


def test_these_answers_are_not_asked_for_research(client, finished_one):
    said(finished_one)

    assertNotContains(client.get(page("result", finished_one)), page("research", finished_one))


def test_the_result_is_stored_once(client, finished_one):
    said(finished_one)
    client.get(page("result", finished_one))
    snapshot = Report.objects.get(session=finished_one).snapshot

    InterestProfileFactory._meta.model.objects.update(social=1)
    client.get(page("result", finished_one, share=True))

    assert Report.objects.get(session=finished_one).snapshot == snapshot


def test_the_same_answers_make_the_same_findings(finished_one):
    assert compatibility_result.find(finished_one) == compatibility_result.find(finished_one)


def test_the_link_that_shows_reads_all_and_changes_nothing(client, finished_one):
    said(finished_one, "yes", "no")

    response = client.get(page("result", finished_one, share=True))

    assertContains(response, 'id="reality"')
    assertNotContains(response, finished_one.edit_token)
    assertNotContains(response, reverse("quiz:reality", args=[finished_one.share_token]))


def test_the_link_that_shows_waits_for_nobody(client, finished_one):
    response = client.get(page("result", finished_one, share=True))

    assertContains(response, 'id="interests"')
    assertNotContains(response, 'id="reality"')


def test_a_profession_hidden_since_is_told(client, finished_one):
    finished_one.profession.is_listed = False
    finished_one.profession.save()

    assert client.get(page("result", finished_one)).status_code == 404

    finished_one.profession.is_listed = True
    finished_one.profession.save()
    said(finished_one)
    client.get(page("result", finished_one))
    finished_one.profession.is_listed = False
    finished_one.profession.save()

    response = client.get(page("result", finished_one))

    assertNotContains(response, finished_one.profession.get_absolute_url())


def test_it_reads_in_the_language_of_the_page(client, finished_one):
    said(finished_one, "no")

    with translation.override("en"):
        response = client.get(page("result", finished_one))

    assertContains(response, "Reality of the job")
    assertContains(response, '<span lang="fr">Aimez-vous la nuit')


@pytest.mark.parametrize("likes", ["S", "R"])
def test_a_result_costs_few_queries(client, guided, django_assert_max_num_queries, likes):
    session = take(begun(client, guided), likes)
    said(session, "yes", "no", "depends")
    client.get(page("result", session))

    with django_assert_max_num_queries(14):
        client.get(page("result", session))
