import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quiz import actions
from quiz.models import Answer, QuizSession, Report
from tests.quiz.answered import finished
from tests.quiz.days import on_day
from tests.quiz.factories import ClassGroupFactory
from tests.quiz.shipped import HERE, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

PAGES = ["pdf", "send", "research", "delete", "class_desk"]
BAD = ["unknown", "a" * 5_000, "%00", "%F0%9F%8D%9E", "%ED%A0%80", "'--", "..%2F", "<script>"]


@pytest.fixture
def session(nurse):
    return finished()


def shared(session, name="result"):
    return reverse(f"quiz:{name}", args=[session.share_token])


# The bar of the result


def bar(rf, session, is_owner):
    context = {"session": session, "is_owner": is_owner}
    return render_to_string("quiz/_owner.html", context, request=rf.get("/"))


def test_its_owner_may_do_everything_with_a_result(rf, session):
    html = bar(rf, session, is_owner=True)

    for name in ["send", "research", "delete"]:
        assert f'"{page_of(session, name)}"' in html
    assert f'data-share="http://testserver{shared(session)}"' in html
    assert f">http://testserver{shared(session)}</a>" in html
    assert date_format(session.erase_on) in html
    assert f'"{page_of(session, "result")}"' not in html


def test_whoever_got_the_link_may_print_and_save_alone(rf, session):
    html = bar(rf, session, is_owner=False)

    assert shared(session, "pdf") in html
    assert "data-print" in html
    assert "<form" not in html
    assert session.edit_token not in html


def test_the_page_of_the_result_has_the_bar(client, session):
    assertContains(client.get(page_of(session, "result")), page_of(session, "delete"))
    page = client.get(shared(session))
    assertContains(page, shared(session, "pdf"))
    assertNotContains(page, session.edit_token)


def test_on_paper_the_result_has_a_code_of_the_link_that_only_shows(rf, session):
    html = bar(rf, session, is_owner=True)

    assert f"<figcaption>http://testserver{shared(session)}</figcaption>" in html


# Erasing


def test_erasing_is_asked_once_and_done_at_once(client, session):
    page = client.get(page_of(session, "delete"))
    assertContains(page, "Delete everything now")
    assert QuizSession.objects.exists()

    response = client.post(page_of(session, "delete"))

    assertRedirects(response, reverse("quiz:erased"))
    assertContains(client.get(response.url), "It is gone")
    for model in [QuizSession, Answer, Report]:
        assert not model.objects.exists()
    assert client.get(shared(session)).status_code == 404
    assert client.post(page_of(session, "delete")).status_code == 404


def test_a_quiz_under_way_is_erased_and_the_browser_forgets_it(nurse):
    client = Client(headers=HERE)
    start = {"study_level": "any", "situation": "", "language": "en", "class_code": ""}
    client.post(reverse("quiz:start"), start)
    session = QuizSession.objects.get()
    assert client.session["quiz"] == session.edit_token

    client.post(page_of(session, "delete"))

    assert not QuizSession.objects.exists()
    assert "quiz" not in client.session


def test_erasing_another_quiz_leaves_the_one_of_this_browser(nurse):
    mine, other = finished(), finished()
    client = Client()
    browser = client.session
    browser["quiz"] = mine.edit_token
    browser.save()

    client.post(page_of(other, "delete"))

    assert client.session["quiz"] == mine.edit_token
    assert list(QuizSession.objects.all()) == [mine]


# Research


def test_answers_are_left_to_research_and_taken_back(client, session):
    response = client.post(page_of(session, "research"), {"consents": "yes"}, follow=True)
    session.refresh_from_db()
    assert session.consent_research
    assertContains(response, "You can still take them back")
    assertContains(response, 'value="yes" checked')

    client.post(page_of(session, "research"))
    session.refresh_from_db()
    assert not session.consent_research


def test_the_quiz_about_one_profession_is_not_left_to_research(client, rf, nurse):
    session = actions.start_compatibility(language="en", profession=nurse)
    values = {item.key: 4 for item in actions.form_items(session)}
    session = actions.answer_form(token=session.edit_token, values=values)

    client.post(page_of(session, "research"), {"consents": "yes"})

    session.refresh_from_db()
    assert not session.consent_research
    assert page_of(session, "research") not in bar(rf, session, is_owner=True)


def test_reading_the_address_of_research_changes_nothing(client, session):
    response = client.get(page_of(session, "research"))

    assertRedirects(response, page_of(session, "result") + "#keep")
    session.refresh_from_db()
    assert not session.consent_research


def test_what_consent_means_is_said_to_the_young_too(rf, session):
    html = bar(rf, session, is_owner=True)

    for words in ["the time each took", "the language", "under 16", "Until that day you can"]:
        assert words in html


# Links


@pytest.mark.parametrize("name", ["send", "research", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_link_that_shows_changes_nothing(client, session, name, method):
    data = {"consents": "yes", "email": "a@example.org"}

    response = getattr(client, method)(shared(session, name), data)

    assert response.status_code == 404
    session.refresh_from_db()
    assert (session.consent_research, session.mails) == (False, 0)


@pytest.mark.parametrize("name", ["send", "research", "delete"])
def test_no_other_site_can_act_for_the_owner(session, name):
    stranger = Client(enforce_csrf_checks=True)

    response = stranger.post(page_of(session, name), {"consents": "yes"})

    assert response.status_code == 403
    assert QuizSession.objects.filter(consent_research=False).exists()


@pytest.mark.parametrize("token", BAD)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bad_link_is_a_clear_page(client, name, token, method):
    folder = reverse(f"quiz:{name}", args=["TOKEN"])

    response = getattr(client, method)(folder.replace("TOKEN", token))

    assert response.status_code in {400, 404, 405}
    assert response.status_code == 405 or b"<h1" in response.content


@pytest.mark.parametrize("name", ["pdf", "send", "research", "delete"])
def test_after_its_day_a_link_leads_nowhere(client, session, name):
    with on_day(30):
        response = client.get(page_of(session, name))

    assertContains(response, "There is no quiz here", status_code=404)


@pytest.mark.parametrize("name", ["pdf", "send", "delete", "class_desk"])
def test_nobody_keeps_or_indexes_these_pages_nor_learns_their_link(client, session, name):
    token = ClassGroupFactory().desk_token if name == "class_desk" else session.edit_token

    response = client.get(reverse(f"quiz:{name}", args=[token]))

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("name", "most"), [("send", 1), ("delete", 1), ("pdf", 8)])
def test_a_page_of_a_result_costs_few_queries(
    client, session, name, most, django_assert_max_num_queries
):
    client.get(page_of(session, "pdf"))

    with django_assert_max_num_queries(most):
        client.get(page_of(session, name))


def test_a_quiz_under_way_has_nothing_to_print_or_send(client, nurse):
    session = actions.start(language="en")

    assertRedirects(client.get(page_of(session, "send")), page_of(session))
    response = client.get(page_of(session, "pdf"))
    assertRedirects(response, page_of(session, "result"), fetch_redirect_response=False)
