"""The quiz about a profession that was taken from the public since, or is not known to it yet."""

import pytest
from django.urls import reverse
from justhtml import JustHTML
from pytest_django.asserts import assertContains, assertNotContains

from careers.professions.enums import SimilarKind
from careers.professions.models import SimilarProfession
from portal import kept
from quiz import compatibility_result
from quiz.engine.compatibility import ALTERNATIVES
from tests.careers.professions.factories import InterestProfileFactory
from tests.quiz.one_profession import begin_url, begun, page, said, take
from tests.quiz.shipped import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def hide(profession):
    profession.is_listed = False
    profession.save()
    kept.forget()


def links(response):
    page = JustHTML(response.content, sanitize=False)
    return [link.attrs["href"] for link in page.query("main a")]


def test_a_result_that_nobody_read_in_time_says_so_and_can_be_deleted(client, finished_one):
    said(finished_one)
    hide(finished_one.profession)

    own = client.get(page("result", finished_one))
    shared = client.get(page("result", finished_one, share=True))

    for response in [own, shared]:
        assertContains(response, "no longer shown", status_code=404)
        assertNotContains(response, "no sign is missing", status_code=404)
        assertContains(response, str(finished_one.profession), status_code=404)
    assert page("delete", finished_one) in links(own)
    assertNotContains(shared, finished_one.edit_token, status_code=404)


@pytest.mark.parametrize("name", ["question", "form"])
def test_no_question_is_asked_about_it(client, guided, name):
    session = begun(client, guided)
    hide(guided)
    data = {"item": session.next_item.key, "value": "3"}

    for response in [client.get(page(name, session)), client.get(page("result", session))]:
        if response.status_code == 302:
            response = client.get(response.url)
        assertContains(response, "no longer shown", status_code=404)
        assert page("delete", session) in links(response)
    answered = client.post(page("question", session), data, headers=HERE | {"HX-Request": "true"})
    assert answered.status_code == 404
    assert answered.headers["Referrer-Policy"] == "same-origin"


def test_its_stored_result_leads_nowhere_that_is_gone(client, guided):
    session = take(begun(client, guided), likes="R")
    said(session)
    client.get(page("result", session))
    other = compatibility_result.of(session).alternatives[0]
    for gone in [guided, type(guided).objects.get(pk=other.pk)]:
        hide(gone)

    for share in [False, True]:
        response = client.get(page("result", session, share=share))

        found = links(response)
        assert "" not in found
        assert begin_url(guided) not in found
        assertNotContains(response, other.title)
        assert all(guided.slug not in url for url in found)


def test_a_profession_newer_than_the_model_is_asked_for_tomorrow(client, guided):
    begun(client, guided)
    newcomer = InterestProfileFactory().profession
    kept.forget()

    response = client.get(begin_url(newcomer))

    assertContains(response, "tomorrow", status_code=404)
    assert not JustHTML(response.content, sanitize=False).query("main form")


def heading(response):
    return JustHTML(response.content, sanitize=False).query("#alternatives-title")[0].to_text()


def test_alternatives_are_like_it(client, guided):
    session = take(begun(client, guided), likes="R")
    said(session)
    nearest = compatibility_result.find(session)["alternatives"]
    assert len(nearest) == ALTERNATIVES
    for score, other in enumerate([nearest[0], nearest[2], nearest[1], guided.pk], start=1):
        if other != guided.pk:
            SimilarProfession.objects.create(
                profession=guided, other_id=other, kind=SimilarKind.CLOSE, score=score, version=1
            )

    response = client.get(page("result", session))

    found = compatibility_result.of(session)
    assert [match.pk for match in found.alternatives] == [nearest[1], nearest[2], nearest[0]]
    assert heading(response) == "Like it, and nearer to your interests"


def test_alternatives_that_are_not_like_it_do_not_say_so(client, guided):
    session = take(begun(client, guided), likes="R")
    said(session)

    assert heading(client.get(page("result", session))) == "Nearer to your interests"
    assert reverse("quiz:start") in links(client.get(page("result", session)))
