import re

import pytest
from django.test import Client
from django.urls import reverse
from justhtml import JustHTML
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal import kept
from quiz import actions, questions
from quiz.models import Answer, QuizSession
from tests.quiz.days import on_day
from tests.quiz.shipped import HERE, START, begin, page_of, send, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HTMX = {"HX-Request": "true", "HX-Target": "question"}


@pytest.fixture
def client():
    return Client(headers=HERE)


@pytest.fixture
def session(nurse):
    return actions.start(language="en")


def refresh(session):
    session.refresh_from_db()
    return session


# One question


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_person_of_any_language_comes_to_a_result(client, nurse, language):
    response = client.post(reverse("quiz:start"), START | {"language": language}, follow=True)
    session = QuizSession.objects.get()
    for number in range(1, 21):
        item = refresh(session).next_item
        assert shown(response, "#question-count") == f"Question {number} of 20"
        assert shown(response, "h1") == str(questions.item_text(item, language))
        assert f'<h1 id="question-title" tabindex="-1" data-focus lang="{language}"' in str(
            response.content
        )
        response = send(client, session, str(number % 5 + 1), milliseconds="2500")
        if number < 20:
            response = client.get(response.url)

    assertRedirects(
        response, reverse("quiz:result", args=[session.edit_token]), fetch_redirect_response=False
    )
    assert refresh(session).is_finished
    assert set(session.answers.values_list("milliseconds", flat=True)) == {2500}
    for page in ["question", "form"]:
        response = client.get(page_of(session, page))
        assert response.url == reverse("quiz:result", args=[session.edit_token])


def test_htmx_gets_the_next_question_alone(client, session):
    response = client.post(
        page_of(session), {"item": session.next_item.key, "value": "3"}, headers=HTMX
    )

    assertNotContains(response, "<html")
    assert shown(response, "title").startswith("Question 2 of 20")
    assert shown(response, "h1") == refresh(session).next_item.text


def test_htmx_is_led_to_the_result(client, session):
    session.length = 1
    session.save()

    response = client.post(
        page_of(session), {"item": session.next_item.key, "value": "3"}, headers=HTMX
    )

    assert response.headers["HX-Redirect"] == reverse("quiz:result", args=[session.edit_token])


def test_an_earlier_answer_is_marked_and_changed(client, session):
    first = session.next_item
    send(client, session, "2")
    earlier = client.get(page_of(session) + "?question=1")
    assert shown(earlier, "h1") == first.text
    assert shown(earlier, ".is-given").startswith("2")

    response = send(client, session, "5", item=first.key)

    assert session.answers.get().value == 5
    assert shown(client.get(response.url), "#question-count") == "Question 2 of 20"


def test_a_question_is_skipped_and_answered_later(client, session):
    first = session.next_item
    send(client, session, "skip")
    assertContains(client.get(page_of(session) + "?question=1"), "You skipped this question")
    assert session.answers.get().value is None

    send(client, session, "1", item=first.key)

    assert session.answers.get().value == 1


def test_a_question_that_there_is_not_shows_the_one_that_waits(client, session):
    for number in ["0", "7", "-1", "x", "1e3", "٣", "9" * 30, "", "1 OR 1=1"]:
        response = client.get(page_of(session), {"question": number})

        assert shown(response, "#question-count") == "Question 1 of 20"


def test_the_link_to_go_on_is_shown_with_its_last_day(client, session):
    response = client.get(page_of(session))

    assertContains(response, f"http://testserver{page_of(session)}")
    assertContains(response, str(session.erase_on.year))
    assertContains(response, reverse("quiz:delete", args=[session.edit_token]))


def test_nobody_keeps_or_learns_the_link(client, session):
    for page in ["question", "form"]:
        response = client.get(page_of(session, page))
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "same-origin"
        assertContains(response, '<meta name="robots" content="noindex">')


def test_the_quiz_about_a_profession_names_it(client, nurse):
    session = actions.start_compatibility(language="en", profession=nurse)

    response = client.get(page_of(session))
    assertContains(response, f"Compatibility with: {nurse}")
    assert shown(response, "#question-count") == "Question 1 of 8"
    for _item in range(8):
        send(client, refresh(session))
    assert refresh(session).is_finished


# What is refused


def assert_nothing_changed(session, answers=0):
    waiting = session.next_item
    assert refresh(session).next_item == waiting
    assert Answer.objects.count() == answers


def test_an_answer_out_of_range_is_refused(client, session):
    for value in ["", "0", "6", "-1", "3.5", "1e0", "٣", "x", "\0", "9" * 400]:
        response = send(client, session, value)

        assert response.status_code == 200
        assert shown(response, ".notice-error") == "Choose one of the five answers."
        assert shown(response, "h1") == session.next_item.text
        assert shown(response, "title").startswith("Error: ")
    assert_nothing_changed(session)


def test_no_answer_at_all_is_refused(client, session):
    assert client.post(page_of(session), {}).status_code == 200
    assert client.post(page_of(session), {"value": "3"}).status_code == 409
    assert_nothing_changed(session)


def test_an_answer_out_of_order_is_refused(client, session):
    other = questions.Item.objects.exclude(pk=session.next_item.pk).first()
    for key in [other.key, "unknown", "\0", "x" * 5000, "🍎", "' OR 1=1"]:
        response = send(client, session, item=key)

        assert response.status_code == 409
        assert "not the one that waits" in shown(response, ".notice-error")
        assert shown(response, "h1") == session.next_item.text
    assert_nothing_changed(session)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_answer_of_another_window_stays_and_is_shown(client, session, headers):
    first = session.next_item
    stale = {"item": first.key, "value": "1", "before": ""}
    send(client, session, "4")

    response = client.post(page_of(session), stale, headers=headers)

    assert response.status_code == 409
    assert "answered in another window" in shown(response, ".notice-error")
    assert shown(response, "h1") == first.text
    assert shown(response, ".is-given").startswith("4")
    assert "To question 2" in shown(response, ".quiz-ways")
    assert session.answers.get().value == 4
    assertContains(response, 'name="before" value="4"', status_code=409)


def test_the_page_says_what_it_showed_as_answered(client, session):
    assertContains(client.get(page_of(session)), 'name="before" value=""')
    send(client, session, "skip")
    send(client, refresh(session), "2")

    for number, seen in [("1", "skip"), ("2", "2"), ("3", "")]:
        page = client.get(page_of(session), {"question": number})
        assertContains(page, f'name="before" value="{seen}"')


def test_an_answer_sent_twice_is_one_answer(client, session):
    first = session.next_item.key
    for _time in range(2):
        assertRedirects(send(client, session, "4", item=first), page_of(session))

    assert session.answers.count() == 1


def test_a_time_that_is_none_is_left_out(client, session):
    for time in ["", "-5", "x", "1e9", "9" * 40, "3600001", "٣"]:
        send(client, refresh(session), milliseconds=time)

    assert set(Answer.objects.values_list("milliseconds", flat=True)) == {None}


def test_a_finished_quiz_leads_to_its_result_and_stays_as_it_is(client, session):
    first = session.next_item.key
    actions.answer_form(token=session.edit_token, values={first: 2})
    for page in ["question", "form"]:
        response = client.post(page_of(session, page), {"item": first, "value": "5"})
        assert response.url == reverse("quiz:result", args=[session.edit_token])

    assert session.answers.get(item__key=first).value == 2


BAD_TOKENS = ["x", "a" * 3000, "%F0%9F%8D%9E", "%ED%A0%80", "..%2F..%2Fx", "'%20OR%201=1", "%0A"]


def test_a_tampered_link_has_a_clear_page(client, session):
    for token in [*BAD_TOKENS, session.edit_token[:-1], session.edit_token.swapcase()]:
        for part in ["", "one-page/"]:
            address = f"{reverse('quiz:start')}{token}/{part}"
            for response in [client.get(address), client.post(address, {"value": "3"})]:
                assert response.status_code == 404
                assert shown(response, "h1")
    assert_nothing_changed(session)


def test_a_link_with_nul_is_refused(client):
    assert client.get(f"{reverse('quiz:start')}a%00b/").status_code == 400


def test_the_link_that_shows_does_not_answer(client, session):
    for page in ["question", "form"]:
        address = reverse(f"quiz:{page}", args=[session.share_token])
        data = {"item": session.next_item.key, "value": "3"}
        for response in [client.get(address), client.post(address, data)]:
            assert response.status_code == 404
            assert shown(response, "h1") == "There is no quiz here"
    assert_nothing_changed(session)


def test_an_expired_quiz_has_a_clear_page(client, session):
    with on_day(30):
        assert send(client, session).status_code == 404
        assert client.get(page_of(session)).status_code == 404
        assert client.get(page_of(session, "form")).status_code == 404
    assert_nothing_changed(session)


def test_an_answer_for_another_session_is_refused(client, session):
    other = actions.start(language="en")
    for _item in range(8):
        send(client, refresh(other), "5")

    response = send(client, session, item=refresh(other).next_item.key)

    assert response.status_code == 409
    assert_nothing_changed(session, answers=8)


def test_an_answer_from_another_site_is_refused(session):
    client = Client(enforce_csrf_checks=True)

    assert send(client, session).status_code == 403
    assert_nothing_changed(session)


# What it costs

# The session of the browser, that of the quiz, how many were answered, the five labels.
SHOWN = 4


def test_kept_pages_are_kept_for_who_took_the_quiz_too(client, nurse, django_assert_num_queries):
    begin(client)
    kept.forget()
    first = client.get(reverse("portal:sources"))

    with django_assert_num_queries(2):  # the session of the browser, the version of the content
        assert client.get(reverse("portal:sources")).content == first.content


def test_a_question_costs_four_queries(client, nurse, django_assert_num_queries):
    begin(client)
    session = QuizSession.objects.get()
    for _item in range(3):
        with django_assert_num_queries(SHOWN):
            client.get(page_of(session))
        send(client, refresh(session))

    with django_assert_num_queries(SHOWN + 1):
        client.get(page_of(session), {"question": "2"})
    with django_assert_num_queries(6):
        client.get(page_of(session, "form"))


def test_an_answer_costs_six_queries_and_two_more_with_the_next_question(
    client, nurse, django_assert_num_queries
):
    begin(client)
    session = QuizSession.objects.get()
    send(client, session)
    for headers, count in [({}, 6), (HTMX, 8)]:
        data = {"item": refresh(session).next_item.key, "value": "2"}
        # Two of them are the savepoint that stands for the transaction here.
        with django_assert_num_queries(2 + count):
            client.post(page_of(session), data, headers=headers)


# All on one page


def test_all_questions_on_one_page_lead_to_a_result(client, session):
    page = client.get(page_of(session, "form"))
    fieldsets = JustHTML(page.content, sanitize=False).query("fieldset")
    keys = [fieldset.attrs["id"].removeprefix("id_") for fieldset in fieldsets]
    assert len(keys) == 20

    response = client.post(page_of(session, "form"), dict.fromkeys(keys[:6], "4"))

    assert response.url == reverse("quiz:result", args=[session.edit_token])
    assert refresh(session).is_finished
    assert list(session.answers.order_by("order").values_list("value", flat=True)) == (
        [4] * 6 + [None] * 14
    )


def test_the_page_begins_with_what_was_answered(client, session):
    first = session.next_item.key
    send(client, session, "5")

    page = client.get(page_of(session, "form"))

    checked = JustHTML(page.content, sanitize=False).query("input[checked]")
    assert [(radio.attrs["name"], radio.attrs["value"]) for radio in checked] == [(first, "5")]


def test_too_few_answers_are_asked_for_more_and_kept(client, session):
    keys = [item.key for item in actions.form_items(session)]

    response = client.post(page_of(session, "form"), dict.fromkeys(keys[:5], "4"))

    assert "at least 6 questions" in shown(response, ".error-summary")
    assert len(re.findall("<input[^>]* checked", response.content.decode())) == 5
    assert_nothing_changed(session)


def test_a_value_that_is_none_is_shown_where_it_stands(client, session):
    keys = [item.key for item in actions.form_items(session)]
    for value in ["0", "6", "x", "\0", "٣"]:
        data = dict.fromkeys(keys, "4") | {keys[2]: value}
        response = client.post(page_of(session, "form"), data)

        assert shown(response, f'.error-summary a[href="#id_{keys[2]}"]')
        assert shown(response, f"#id_{keys[2]}_error") == "Choose one of the five answers."
    assert_nothing_changed(session)


def test_questions_that_were_not_asked_are_refused(client, session):
    keys = [item.key for item in actions.form_items(session)]

    response = client.post(page_of(session, "form"), dict.fromkeys([*keys, "other"], "4"))

    assert response.status_code == 409
    assert "have changed meanwhile" in shown(response, ".error-summary")
    assert_nothing_changed(session)


def test_half_of_a_short_quiz_is_enough(client, nurse):
    session = actions.start_compatibility(language="en", profession=nurse)
    keys = [item.key for item in actions.form_items(session)]

    client.post(page_of(session, "form"), dict.fromkeys(keys[:3], "4"))
    assert not refresh(session).is_finished
    client.post(page_of(session, "form"), dict.fromkeys(keys[:4], "4"))

    assert refresh(session).is_finished
