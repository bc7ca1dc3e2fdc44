"""The two results of the quiz about one profession."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from justhtml import JustHTML
from pytest_django.asserts import assertContains, assertNotContains

from portal import kept
from quiz import compatibility_result, mails, pdf
from quiz.enums import SelfCheckAnswer
from quiz.models import Report
from tests.careers.professions.factories import (
    InterestProfileFactory,
    SimilarProfessionFactory,
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
    assert 1 <= found.low <= found.value <= found.high <= 99
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


def test_three_nearer_ones_are_shown_though_one_alone_is_like_it(client, guided):
    session = take(begun(client, guided), likes="R")
    nearer = compatibility_result.find(session)["alternatives"]
    SimilarProfessionFactory(profession=guided, other_id=nearer[-1])
    Report.objects.all().delete()

    found = compatibility_result.of(session)

    shown = [match.pk for match in found.alternatives]
    assert shown == [nearer[-1], *nearer[:2]]
    with translation.override("en"):
        assert found.alternatives_title == "Nearer to your interests"


def test_answers_that_are_all_alike_make_no_verdict(client, guided):
    session = take(begun(client, guided), likes="none", others=3)
    said(session, "yes")

    with translation.override("en"):
        response = client.get(page("result", session))
        found = compatibility_result.of(session)

    main = main_of(response)
    assert "all your answers are the same" in main
    for sign in ["match-bar", 'class="reason', "In figures", "Far from", 'id="alternatives"']:
        assert sign not in main
    assert (found.figures, found.alternatives, found.is_low) == ("", [], False)
    assert mails.result_text(session)
    assert pdf.pdf_of(session, "https://jalon.be/")


@pytest.mark.parametrize(("share", "shown"), [(0.0, 1), (0.004, 1), (0.5, 50), (0.999, 99)])
def test_nobody_is_said_to_stand_at_the_very_end(finished_one, share, shown):
    data = compatibility_result.find(finished_one)
    for row in data["professions"].values():
        row |= {"match": share, "low": share, "high": share}
    Report.objects.create(session=finished_one, snapshot=data, engine_version="1")

    found = compatibility_result.of(finished_one)

    assert (found.low, found.value, found.high) == (shown, shown, shown)


def test_the_verdict_stands_at_the_head_and_the_figures_are_folded(client, finished_one):
    said(finished_one, "yes", "no")
    with translation.override("en"):
        found = compatibility_result.of(finished_one)
        band, figures = found.band, found.figures
        response = client.get(page("result", finished_one))

    page_ = JustHTML(response.content, sanitize=False)
    assert band in page_.query(".page-header")[0].to_text()
    [details] = page_.query("#interests details")
    assert "open" not in details.attrs
    assert figures in " ".join(details.to_text().split())


def test_what_was_said_stands_before_the_question(client, finished_one):
    said(finished_one, "yes", "no", "depends")

    with translation.override("en"):
        response = client.get(page("result", finished_one))

    lines = JustHTML(response.content, sanitize=False).query(".compat-said")
    texts = [" ".join(line.to_text().split()) for line in lines]
    assert texts == [
        "critère Aimez you said yes",
        "critère Trava you said it depends",
        "critère Suppo you said no",
    ]


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
    assertContains(response, '<p class="small muted" lang="fr">Aimez-vous la nuit')


@pytest.mark.parametrize("likes", ["S", "R"])
def test_a_result_costs_few_queries(client, guided, django_assert_max_num_queries, likes):
    session = take(begun(client, guided), likes)
    said(session, "yes", "no", "depends")
    client.get(page("result", session))

    with django_assert_max_num_queries(14):
        client.get(page("result", session))
