"""How the quiz about one profession begins."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from portal import kept
from quiz.models import QuizSession
from tests.careers.professions.factories import (
    InterestProfileFactory,
    ProfessionFactory,
)
from tests.quiz.one_profession import begin_url, begun, page, take
from tests.quiz.shipped import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


def test_the_page_says_length_and_storage_and_begins(client, guided):
    response = client.get(begin_url(guided))

    assertContains(response, guided.title)
    assertContains(response, 'id="stored"')
    assert response.context["count"] == 8
    assert not response.cookies

    session = begun(client, guided, language="nl")

    assert (session.profession, session.language, session.length) == (guided, "nl", 8)
    assert session.based_on is None


def test_it_leads_to_the_first_question(client, guided):
    response = client.post(begin_url(guided), {"language": "fr"}, headers=HERE)

    session = QuizSession.objects.get()
    assertRedirects(response, page("question", session))
    assertContains(client.get(page("question", session)), guided.title)


def test_after_the_main_quiz_in_this_browser_four_questions_are_enough(client, guided):
    client.post(reverse("quiz:start"), {"language": "fr", "study_level": "any"}, headers=HERE)
    main = take(QuizSession.objects.get())

    response = client.get(begin_url(guided))

    assert response.context["count"] == 4
    assert begun(client, guided).based_on == main
    assert begun(client, guided, anew="on").based_on is None


def test_an_unfinished_main_quiz_does_not_count(client, guided):
    client.post(reverse("quiz:start"), {"language": "fr", "study_level": "any"}, headers=HERE)

    assert client.get(begin_url(guided)).context["count"] == 8
    assert begun(client, guided).based_on is None


def test_a_profession_without_profile_says_so_and_leads_on(client, questions):
    profession = ProfessionFactory()

    for response in [
        client.get(begin_url(profession)),
        client.post(begin_url(profession), {"language": "fr"}, headers=HERE),
    ]:
        assertContains(response, profession.get_absolute_url(), status_code=404)
        assertContains(response, reverse("quiz:start"), status_code=404)
    assert not QuizSession.objects.exists()


def test_a_profile_newer_than_the_model_is_not_ready_yet(client, guided):
    begun(client, guided)
    newcomer = InterestProfileFactory().profession

    response = client.post(begin_url(newcomer), {"language": "fr"}, headers=HERE)

    assertContains(response, newcomer.get_absolute_url(), status_code=404)


def test_an_old_slug_leads_to_the_new_one(client, guided):
    guided.slug_fr = "soignant"
    guided.save()

    response = client.get(reverse("compatibility:begin", args=["infirmier"]))

    assertRedirects(response, begin_url(guided), status_code=301)


@pytest.mark.parametrize("slug", ["nowhere", "a" * 200])
def test_an_unknown_or_hidden_profession_answers_404(client, slug):
    hidden = InterestProfileFactory(profession__is_listed=False).profession

    for address in [reverse("compatibility:begin", args=[slug]), begin_url(hidden)]:
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["", "xx", "\0", "fr" * 500])
def test_what_is_no_language_is_told(client, guided, language):
    response = client.post(begin_url(guided), {"language": language}, headers=HERE)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not QuizSession.objects.exists()


def test_another_site_cannot_begin_it(client, guided):
    headers = {"Sec-Fetch-Site": "cross-site"}

    response = client.post(begin_url(guided), {"language": "fr"}, headers=headers)

    assert response.status_code == 403
    assert not QuizSession.objects.exists()


def test_the_page_costs_the_same_for_each_profession(client, guided, django_assert_num_queries):
    client.get(begin_url(guided))

    # The profession; the version of the model; what is published of the guide.
    with django_assert_num_queries(3):
        client.get(begin_url(guided))


def test_whoever_begins_without_end_is_stopped(client, guided, settings):
    settings.ACCOUNT_RATE_LIMITS = {"start_quiz": "1/h/ip"}
    begun(client, guided)

    response = client.post(begin_url(guided), {"language": "fr"}, headers=HERE)

    assert response.status_code == 429
    assert QuizSession.objects.count() == 1
