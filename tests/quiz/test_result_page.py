import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import translation
from justhtml import JustHTML
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions.models import InterestProfile, Profession
from portal import kept
from quiz import actions, results
from quiz.enums import StudyOpenness
from quiz.models import Report
from tests.quiz.answered import LEADING, MAKING, finished
from tests.quiz.factories import ClassGroupFactory
from tests.quiz.result_pages import address, text_of
from tests.quiz.shipped import load_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

# The session, the version of the content, the findings; then the offers: the state of their index,
# and a search in a transaction of its own, which memory answers without any query on a live site.
QUERIES = 3 + 1 + 4
# The answers and their times besides, and what guides and criteria say of the professions shown.
IMAGINED_QUERIES = QUERIES + 4


@pytest.fixture(autouse=True)
def bank():
    kept.forget()
    load_bank()
    with translation.override("en"):
        yield


@pytest.fixture
def session():
    return finished(LEADING)


# Who sees it


def test_the_owner_sees_the_result_and_what_to_do_with_it(client, session):
    response = client.get(address(session))

    assertContains(response, "Your result")
    assertContains(response, reverse("quiz:delete", args=[session.edit_token]))
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    assertContains(response, '<meta name="robots" content="noindex">')


def test_the_shared_page_shows_the_same_and_never_the_link_that_changes(client, session):
    own = client.get(address(session))

    shared = client.get(address(session, shared=True))

    assertContains(shared, "A result shared with you")
    assertNotContains(shared, session.edit_token)
    posts = JustHTML(shared.content, sanitize=False).query("form[method=post]")
    assert {form.attrs["action"] for form in posts} == {reverse("portal:shortlist_change")}
    assert shared.context["result"] == own.context["result"]


def test_what_is_imagined_on_the_shared_page_stays_there(client, session):
    response = client.get(address(session, shared=True, query="?social=2"))

    assertNotContains(response, session.edit_token)
    assertContains(response, "if it were so")


def test_an_unfinished_quiz_goes_on_for_its_owner_and_is_hidden_from_others(client):
    session = actions.start(language="en")

    assertRedirects(
        client.get(address(session)), reverse("quiz:question", args=[session.edit_token])
    )
    assertContains(client.get(address(session, shared=True)), "not finished yet", status_code=404)


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "é", "../..", "%ED%A0%80"])
def test_a_link_that_leads_nowhere_has_a_clear_page(client, token):
    response = client.get(f"/en/quiz/result/{token}/")

    assert response.status_code == (400 if token == "%00" else 404)


def test_a_pupil_of_a_class_is_told_what_the_teacher_sees(client, session):
    assertNotContains(client.get(address(session)), "its teacher sees")

    session.class_group = ClassGroupFactory()
    session.save()

    assertContains(client.get(address(session)), "its teacher sees")


# What it says


def test_every_share_of_a_hundred_is_that_of_the_interval(client, session):
    text = text_of(client.get(address(session)))

    assert set(re.findall(r"(\w+)\s*%", text)) == {"80"}


def test_no_code_of_letters_stands_anywhere(client, session):
    assert re.findall(r"\b[RIASEC]{2,3}\b", text_of(client.get(address(session)))) == []


def test_it_says_how_it_was_made(client, session):
    text = text_of(client.get(address(session)))

    assert "20 of 20" in text
    assert "not measured" in text
    assert f"version {results.of(session).engine}" in text


@pytest.mark.parametrize("likes", [LEADING, MAKING])
def test_the_friction_is_found_on_the_page_that_it_links_to(client, likes):
    session = finished(likes)
    reasons = [match.friction for match in results.of(session)]
    reasons += [reason for match in results.of(session) for reason in match.strengths]

    for reason in reasons:
        target = urlsplit(reason.url)
        page = JustHTML(client.get(target.path).content, sanitize=False)
        (found,) = page.query(f"#{target.fragment}")
        if reason.quote:
            assert reason.quote in " ".join(found.to_text().split())


@pytest.mark.parametrize("likes", [LEADING, MAKING])
def test_each_of_the_first_ten_says_why_folded(client, likes):
    response = client.get(address(finished(likes)))

    rows = JustHTML(response.content, sanitize=False).query(".nearest > li")
    nearest = response.context["result"].nearest
    assert len(rows) == len(nearest) == 10
    for row, match in zip(rows, nearest, strict=True):
        (why,) = row.query("details")
        assert "open" not in why.attrs
        assert match.title in why.query("summary")[0].to_text()
        said = " ".join(why.to_text().split())
        for reason in [*match.strengths, match.friction]:
            assert reason.text in said
            assert reason.quote in said


def test_a_guide_says_its_hard_side(client):
    quotes = [match.friction.quote for match in results.of(finished(LEADING))]

    assert any(quotes)


def test_the_reasons_of_a_profession_stand_once_on_the_page(client, session):
    response = client.get(address(session))

    page, found = JustHTML(response.content, sanitize=False), response.context["result"]
    ten = {match.pk for match in found.nearest}
    assert ten & {match.pk for match in found}
    for match in found:
        (card,) = page.query(f"#match-{match.pk}")
        there = [link.attrs["href"] for link in card.query("a")]
        if match.pk in ten:
            assert not card.query("details")
            assert f"#{match.anchor}" in there
            assert len(page.query(f"#{match.anchor} .reasons")) == 1
        else:
            (why,) = card.query("details")
            assert "open" not in why.attrs


def test_no_programme_in_the_sample_is_not_said_to_be_none(client, session):
    for query in ["", "?where=Namur&radius=5"]:
        response = client.get(address(session, query=query))

        page = JustHTML(response.content, sanitize=False)
        assert not re.search(r"\b0 programme", text_of(response))
        said = [a for a in page.query(".match-next a") if "in our sample" in a.to_text()]
        assert said
        assert {a.attrs["href"] for a in said} == {reverse("schools:list")}


def test_the_place_in_the_catalogue_is_said_of_all_professions(client, session):
    response = client.get(address(session, query="?level=secondary"))

    assert not re.search(r"number \d+ of", text_of(response))
    count = InterestProfile.objects.filter(profession__is_listed=True).count()
    assert response.context["result"].top_said.endswith(f"of all {count} professions.")
    assert response.context["result"].total < count


# What-ifs


def test_the_place_comes_first_and_the_weights_are_folded_until_one_is_set(client, session):
    for query, is_open in [("", False), ("?level=bachelor", False), ("?social=2", True)]:
        response = client.get(address(session, query=query))
        (form,) = JustHTML(response.content, sanitize=False).query("#what-if")
        assert "Near a place" in form.query("legend")[0].to_text()
        (weights,) = form.query("details")
        assert ("open" in weights.attrs) == is_open


def test_what_is_imagined_ranks_again_with_the_gain_and_is_not_stored(client, session):
    client.get(address(session))
    before = Report.objects.get().snapshot

    response = client.get(address(session, query="?social=0&artistic=2"))

    assertContains(response, "if it were so")
    assert re.search(r"\d places? (won|lost)", text_of(response))
    assert Report.objects.get().snapshot == before
    assert response.context["result"].nearest != results.of(session).nearest


def test_a_filter_is_said_beside_the_places_won(client, session):
    said = "a filter alone moves none"

    assertContains(client.get(address(session, query="?level=bachelor&social=2")), said)
    assertNotContains(client.get(address(session, query="?social=2")), said)
    assertNotContains(client.get(address(session)), said)


def test_htmx_gets_the_list_alone(client, session):
    response = client.get(address(session, query="?social=2"), headers={"HX-Target": "results"})

    assertNotContains(response, "<html")
    assertContains(response, 'id="results"')
    assert "HX-Target" in response.headers["Vary"]


def test_the_form_shows_what_was_chosen(client, session):
    query = "?level=bachelor&others=1&no_shifts=1&social=1.5&where=Namur&radius=10"

    response = client.get(address(session, query=query))

    page = JustHTML(response.content, sanitize=False)
    chosen = {option.attrs["value"] for option in page.query("#what-if option[selected]")}
    assert {"bachelor", "1.5", "10"} <= chosen
    assert len(page.query("#what-if input[checked]")) == 2
    assertContains(response, 'value="Namur"')


@pytest.mark.parametrize(
    "query",
    [
        "level=phd",
        "others=yes",
        "no_shifts=2",
        "social=3",
        "social=-1",
        "social=nan",
        "where=Xyzzyville",
        "where=Namur&radius=wide",
        "metier=nobody",
        "metier=%2F..",
        "colour=blue",
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(client, session, query):
    name, _, value = query.rpartition("&")[2].partition("=")

    response = client.get(address(session, query=f"?{query}"))

    assertContains(response, "Not understood and left out:")
    assertContains(response, f"<code>{name}=")


@pytest.mark.parametrize("query", ["no_shifts=1", "level=bachelor"])
def test_a_profession_that_the_form_sends_along_is_no_misunderstanding(client, query):
    session = finished()
    left = client.get(address(session, query=f"?{query}")).context["result"]
    gone = {c.slug for c in results.of(session).choices} - {c.slug for c in left.choices}

    response = client.get(address(session, query=f"?{query}&metier={gone.pop()}"))

    assert response.context["result"] == left
    assertNotContains(response, "Not understood and left out:")


def test_nul_is_refused_before_any_view(client, session):
    assert client.get(address(session, query="?level=%00")).status_code == 400


def test_an_address_full_of_nonsense_is_answered(client, session):
    query = "?" + "&".join(f"x{number}={'y' * 50}" for number in range(200))

    assert client.get(address(session, query=query)).status_code == 200


def test_weights_that_leave_nothing_are_left_out(client, session):
    zeros = "&".join(
        f"{name}=0"
        for name in "realistic investigative artistic social enterprising conventional".split()
    )

    response = client.get(address(session, query=f"?{zeros}"))

    assertContains(response, "<code>social=0</code>")
    assert response.context["result"] == results.of(session)


def test_no_profession_of_a_level_is_said_clearly(client, session):
    Profession.objects.filter(study_level="doctorate").delete()
    Profession.objects.filter(study_level="master").update(is_listed=False)
    kept.forget()

    response = client.get(address(session, query="?level=master"))

    assertContains(response, "No profession is left")


# Cost


def test_a_result_costs_few_queries(client, session, django_assert_num_queries):
    client.get(address(session))

    with django_assert_num_queries(QUERIES):
        client.get(address(session))


def test_imagining_costs_few_queries(client, session, django_assert_num_queries):
    query = "?social=2&level=bachelor&no_shifts=1&where=Namur&radius=25"
    client.get(address(session, query=query))

    with django_assert_num_queries(IMAGINED_QUERIES):
        client.get(address(session, query=query))


def test_the_number_of_professions_changes_no_number_of_queries(client, django_assert_num_queries):
    session = finished(MAKING, level=StudyOpenness.SECONDARY)
    client.get(address(session))

    with django_assert_num_queries(QUERIES):
        client.get(address(session))
