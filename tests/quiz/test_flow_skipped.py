"""A quiz whose questions are skipped one after the other: from nothing, nothing is told."""

import pytest
from django.test import Client
from django.urls import reverse

from quiz import actions
from tests.quiz.shipped import HERE, page_of, send, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MORE = "Answer at least 6 questions"


@pytest.fixture
def client():
    return Client(headers=HERE)


@pytest.fixture
def session(nurse):
    return actions.start(language="en")


def go_through(client, session, *values):
    for value in values:
        session.refresh_from_db()
        response = send(client, session, value)
    session.refresh_from_db()
    return response


def test_who_skips_too_many_is_led_back_to_the_first_that_was_skipped(client, session):
    response = go_through(client, session, "4", *["skip"] * 19)

    assert not session.is_finished
    assert response.url == page_of(session)
    page = client.get(response.url)
    assert MORE in shown(page, ".notice")
    assert shown(page, "#question-count") == "Question 2 of 20"
    assert session.answers.get(order=2).item == session.next_item
    assert client.get(reverse("quiz:result", args=[session.edit_token])).url == page_of(session)


def test_enough_answers_end_it(client, session):
    go_through(client, session, "4", *["skip"] * 19)

    response = go_through(client, session, *["2"] * 5)

    assert session.is_finished
    assert response.url == reverse("quiz:result", args=[session.edit_token])
    given = session.answers.order_by("order").values_list("value", flat=True)
    assert list(given) == [4] + [2] * 5 + [None] * 14


def test_what_is_skipped_again_leads_to_the_next_one(client, session):
    go_through(client, session, *["skip"] * 20)

    for number in [2, 3]:
        page = client.get(go_through(client, session, "skip").url)
        assert shown(page, "#question-count") == f"Question {number} of 20"
        assert MORE in shown(page, ".notice")
    earlier = client.get(page_of(session) + "?question=9")
    assert "To question 3" in shown(earlier, ".quiz-ways")
    go_through(client, session, *["skip"] * 18)
    assert shown(client.get(page_of(session)), "#question-count") == "Question 1 of 20"


def test_an_earlier_question_answered_meanwhile_counts(client, session):
    go_through(client, session, *["5"] * 5, *["skip"] * 15)

    send(client, session, "1", item=session.answers.get(order=20).item.key)

    session.refresh_from_db()
    assert session.is_finished


def test_half_of_a_short_quiz_is_needed(client, nurse):
    session = actions.start_compatibility(language="en", profession=nurse)
    go_through(client, session, *["5"] * 3, *["skip"] * 5)
    assert not session.is_finished
    assert "Answer at least 4 questions" in shown(client.get(page_of(session)), ".notice")

    go_through(client, session, "1")

    assert session.is_finished


def test_the_next_question_of_htmx_says_it_too(client, session):
    go_through(client, session, *["skip"] * 19)
    session.refresh_from_db()
    data = {"item": session.next_item.key, "value": "skip"}

    page = client.post(page_of(session), data, headers={"HX-Request": "true"})

    assert MORE in shown(page, ".notice")
    assert shown(page, "#question-count") == "Question 1 of 20"
