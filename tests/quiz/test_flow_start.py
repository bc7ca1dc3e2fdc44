import pytest
from django.test import Client
from django.urls import reverse
from justhtml import JustHTML
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quiz import actions
from quiz.enums import SessionKind, Situation, StudyOpenness
from quiz.models import QuizSession
from tests.quiz.factories import ClassGroupFactory
from tests.quiz.shipped import HERE, START, begin, page_of, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def client():
    return Client(headers=HERE)


def test_the_start_says_what_is_stored_and_sets_no_cookie(client):
    response = client.get(reverse("quiz:start"))

    assertContains(response, "30 days")
    assertContains(response, "20 short questions")
    assert not response.cookies


def test_two_taps_begin_a_quiz_that_the_browser_finds_again(client, nurse):
    response = begin(client, study_level="master", situation="worker", language="nl")

    session = QuizSession.objects.get()
    assertRedirects(response, page_of(session))
    assert (session.language, session.kind) == ("nl", SessionKind.MAIN)
    assert (session.study_level, session.situation) == (StudyOpenness.MASTER, Situation.WORKER)
    assertContains(client.get(reverse("quiz:start")), "question 1 of 20")
    assertNotContains(Client().get(reverse("quiz:start")), "question 1 of 20")


def test_a_finished_quiz_is_found_again_and_an_erased_one_not(client, nurse):
    begin(client)
    session = QuizSession.objects.get()
    actions.answer_form(token=session.edit_token, values={})

    result = reverse("quiz:result", args=[session.edit_token])
    assertContains(client.get(reverse("quiz:start")), f'href="{result}"')

    actions.erase(token=session.edit_token)
    assertNotContains(client.get(reverse("quiz:start")), result)


def test_all_questions_on_one_page_are_a_choice(client, nurse):
    response = begin(client, one_page="1")

    assertRedirects(response, page_of(QuizSession.objects.get(), "form"))


def test_a_class_code_comes_with_the_link(client, nurse):
    group = ClassGroupFactory(code="ABCD2345")
    assertContains(client.get(reverse("quiz:start"), {"classe": "ABCD2345"}), 'value="ABCD2345"')

    begin(client, class_code="abcd2345 ")

    assert QuizSession.objects.get().class_group == group


def test_a_quiz_with_a_class_is_not_remembered_for_the_next_pupil(client, nurse):
    begin(client)
    begin(client, class_code=ClassGroupFactory().code)

    page = client.get(reverse("quiz:start"))

    for session in QuizSession.objects.all():
        assertNotContains(page, session.edit_token)


def test_a_browser_forgets_the_quiz_of_somebody_else(client, nurse):
    begin(client)
    session = QuizSession.objects.get()
    assertContains(client.get(reverse("quiz:start")), "This is not my quiz")

    response = client.post(reverse("quiz:start"), {"forget": "1"}, follow=True)

    assertContains(response, "no longer knows that quiz")
    assertNotContains(response, session.edit_token)
    assert list(QuizSession.objects.all()) == [session]
    assertNotContains(Client().get(reverse("quiz:start")), "This is not my quiz")


def test_a_wrong_class_code_is_refused_and_the_rest_kept(client, nurse):
    for code in ["ABCD9999", "\0", "x" * 500, "🍎", "' OR 1=1"]:
        response = begin(client, class_code=code, study_level="bachelor", situation="pupil")

        assert shown(response, ".error-summary a").startswith("Class code: ")
        checked = JustHTML(response.content, sanitize=False).query("input[checked]")
        assert {"bachelor", "pupil", "en"} == {radio.attrs["value"] for radio in checked}
    assert not QuizSession.objects.exists()


def test_a_choice_that_is_none_is_refused(client, nurse):
    for bad in [{"study_level": "x"}, {"situation": "x"}, {"language": "it"}, {"language": ""}]:
        assert shown(begin(client, **bad), ".error-summary a")
    assert not QuizSession.objects.exists()


def test_without_items_the_page_says_so(client):
    assertContains(begin(client), "no questions yet")


def test_another_site_cannot_begin_a_quiz(nurse):
    for headers in [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]:
        assert Client(headers=headers).post(reverse("quiz:start"), START).status_code == 403
    assert not QuizSession.objects.exists()


def test_whoever_begins_without_end_is_stopped(client, nurse, settings):
    settings.ACCOUNT_RATE_LIMITS = {"start_quiz": "2/h/ip"}
    for _time in range(2):
        begin(client)

    assertContains(begin(client), "in an hour", status_code=429)
    assert QuizSession.objects.count() == 2
