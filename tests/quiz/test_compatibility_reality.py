"""What a person says to the statements of a guide, after the quiz about its profession."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions import actions as guide_actions
from careers.professions.enums import Section
from portal import kept
from quiz import actions, reality, tasks
from quiz.models import QuizSession, SelfCheck
from tests.careers.professions.factories import (
    GuideFactory,
    GuideItemFactory,
    InterestProfileFactory,
)
from tests.quiz.conftest import STATEMENTS
from tests.quiz.one_profession import begun, page, said, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


def test_the_statements_come_after_the_questions(client, finished_one):
    response = client.get(page("result", finished_one))

    assertRedirects(response, page("reality", finished_one))
    shown = client.get(page("reality", finished_one))
    for text in STATEMENTS:
        # A question mark stands behind a space that does not break.
        assertContains(shown, text.replace(" ?", "\N{NO-BREAK SPACE}?"))


def test_what_was_said_is_kept_and_told(client, finished_one):
    version = finished_one.profession.guide.published_version_id

    response = client.post(
        page("reality", finished_one),
        {"version": version, "statement-1": "yes", "statement-2": "no", "statement-3": ""},
    )

    assertRedirects(response, page("result", finished_one))
    rows = finished_one.self_checks.order_by("order").values_list("order", "answer")
    assert list(rows) == [(1, "yes"), (2, "no"), (3, "")]
    told = reality.said(finished_one)
    assert [row.order for row in told.agreements] == [1]
    assert [row.order for row in told.open_points] == [3]
    assert [row.order for row in told.deal_breakers] == [2]
    shown = client.get(page("result", finished_one))
    assertContains(shown, f"{finished_one.profession.get_absolute_url()}#check-2")
    assertContains(shown, "critère Suppo")


def test_an_answer_can_be_changed(client, finished_one):
    said(finished_one, "yes", "yes", "no")
    said(finished_one, "no")

    assert list(finished_one.self_checks.order_by("order").values_list("answer", flat=True)) == [
        *["no", "", ""]
    ]
    assertContains(client.get(page("reality", finished_one)), 'value="no"')


def test_the_part_may_be_skipped(client, finished_one):
    response = client.post(page("reality", finished_one), {"skip": "1"})

    assertRedirects(response, page("result", finished_one))
    assert reality.said(finished_one).is_silent


def test_skipping_it_later_leaves_what_was_said(client, finished_one):
    said(finished_one, "yes", "no")

    client.post(page("reality", finished_one), {"skip": "1", "statement-2": "yes"})

    told = reality.said(finished_one)
    assert [row.order for row in told.agreements] == [1]
    assert [row.order for row in told.deal_breakers] == [2]


@pytest.mark.parametrize(
    "values",
    [
        {"statement-1": "maybe"},
        {"statement-1": "\0"},
        {"version": "0", "statement-1": "yes"},
        {"version": "x" * 5000, "statement-1": "yes"},
        {"version": "\0"},
    ],
)
def test_what_is_no_answer_is_told_and_changes_nothing(client, finished_one, values):
    version = finished_one.profession.guide.published_version_id

    response = client.post(page("reality", finished_one), {"version": version} | values)

    assertContains(response, 'role="alert"')
    assert not SelfCheck.objects.exists()


def test_statements_that_changed_meanwhile_are_shown_anew(client, finished_one):
    old = finished_one.profession.guide.published_version_id
    guide = finished_one.profession.guide
    GuideItemFactory(guide=guide, section=Section.SELF_CHECKS, text_fr="Nouveau ?")
    guide_actions.publish(guide=guide)

    response = client.post(page("reality", finished_one), {"version": old, "statement-1": "yes"})

    assertContains(response, "Nouveau")
    assert f'value="{old}"' not in response.content.decode()


def test_what_was_said_stays_what_was_read(client, finished_one):
    said(finished_one, "no")
    guide = finished_one.profession.guide
    guide.items.all().delete()
    guide_actions.publish(guide=guide)

    told = reality.said(finished_one)

    assert told.deal_breakers[0].text.startswith("Aimez-vous la nuit")
    assert told.deal_breakers[0].url == ""
    assert client.get(page("result", finished_one)).status_code == 200


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({4: "yes"}, actions.NotAsked),
        ({0: "yes"}, actions.NotAsked),
        ({1: "maybe"}, actions.NoAnswer),
        ({1: None}, actions.NoAnswer),
    ],
)
def test_the_action_refuses_what_was_not_asked(finished_one, answers, refusal):
    version = finished_one.profession.guide.published_version_id

    with pytest.raises(refusal):
        reality.answer(token=finished_one.edit_token, version=version, answers=answers)
    assert not SelfCheck.objects.exists()


def test_statements_of_another_guide_are_refused(finished_one):
    other = GuideFactory()
    GuideItemFactory(guide=other, section=Section.SELF_CHECKS)
    guide_actions.publish(guide=other)

    with pytest.raises(actions.NotAsked):
        reality.answer(
            token=finished_one.edit_token, version=other.published_version_id, answers={1: "yes"}
        )


def test_a_main_quiz_and_an_unfinished_one_have_no_statements(client, guided):
    version = guided.guide.published_version_id
    main, started = take(actions.start(language="fr")), begun(client, guided)

    for session in [main, started]:
        with pytest.raises(actions.NotAsked):
            reality.answer(token=session.edit_token, version=version, answers={1: "yes"})
    assertRedirects(client.get(page("reality", started)), page("question", started))
    assertRedirects(
        client.get(page("reality", main)), page("result", main), fetch_redirect_response=False
    )


def test_without_a_guide_the_part_is_left_out(client, guided):
    profession = InterestProfileFactory().profession
    session = take(begun(client, profession))

    response = client.get(page("result", session))

    assertContains(response, 'id="interests"')
    assertNotContains(response, 'id="reality"')
    assertRedirects(client.get(page("reality", session)), page("result", session))


@pytest.mark.parametrize("token", ["x", "%00", "é" * 40, "a" * 3000])
def test_a_token_of_nobody_gets_a_clear_page(client, token):
    address = reverse("quiz:reality", args=["token"]).replace("token", token)

    assert client.get(address).status_code in {400, 404}


def test_the_link_that_shows_does_not_answer(client, finished_one):
    assert client.get(page("reality", finished_one, share=True)).status_code == 404


def test_a_forged_form_is_refused(finished_one, client):
    client.handler.enforce_csrf_checks = True

    assert client.post(page("reality", finished_one), {"skip": "1"}).status_code == 403


# Constraints


@pytest.mark.parametrize(
    "wrong", [{"order": 0}, {"answer": "maybe"}, {"order": 1}], ids=["order", "answer", "twice"]
)
def test_the_database_refuses_what_cannot_be(finished_one, wrong):
    version = finished_one.profession.guide.published_version
    SelfCheck.objects.create(session=finished_one, version=version, order=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        SelfCheck.objects.create(
            **({"session": finished_one, "version": version, "order": 2} | wrong)
        )


def test_what_was_said_is_erased_with_the_session(finished_one):
    said(finished_one, "yes")

    actions.erase(token=finished_one.edit_token)

    assert not SelfCheck.objects.exists()


def test_consent_to_research_does_not_keep_it(finished_one):
    said(finished_one, "yes")
    actions.leave_to_research(token=finished_one.edit_token, consents=True)
    QuizSession.objects.update(erase_on=finished_one.started_at.date())

    tasks.erase_sessions.call()

    assert not QuizSession.objects.exists()
    assert not SelfCheck.objects.exists()
