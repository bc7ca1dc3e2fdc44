"""What a result says in words of the answers it rests on."""

import pytest
from django.urls import reverse
from django.utils import translation

from portal import kept
from quiz import actions, mails, pdf, results
from quiz.enums import Situation
from quiz.models import Report
from tests.quiz.answered import ALIKE, CARING, finished
from tests.quiz.shipped import load_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.fixture(autouse=True)
def bank():
    kept.forget()
    load_bank()
    with translation.override("en"):
        yield


def test_an_open_profile_names_several_interests_and_no_first():
    found = results.of(finished({**ALIKE, "I": 4, "A": 4, "E": 1}))

    assert found.is_open
    assert "open" in found.sentences[0]


@pytest.mark.parametrize("value", [1, 3, 5, None])
def test_answers_that_are_all_alike_make_no_profile(value):
    found = results.of(finished(dict.fromkeys("RIASEC", value)))

    said = " ".join(found.sentences)
    assert "Nothing in your answers tells what attracts you more" in said
    assert "least" not in said
    assert found.least == ""


def six_fours():
    """A quiz of which six questions were answered, all alike, and the others skipped."""
    session = actions.start(language="en")
    keys = [item.key for item in actions.form_items(session)]
    values = dict.fromkeys(keys[:6], 4) | dict.fromkeys(keys[6:])
    return actions.answer_form(token=session.edit_token, values=values)


@pytest.mark.parametrize("value", [1, 3, 5])
def test_answers_that_are_all_alike_rank_and_explain_nothing(client, value):
    assert_nothing_is_told(client, finished(dict.fromkeys("RIASEC", value)))


def test_six_answers_that_are_alike_rank_and_explain_nothing(client):
    assert_nothing_is_told(client, six_fours())


def assert_nothing_is_told(client, session):
    found = results.of(session)
    assert found.families
    assert (found.nearest, found.choices, found.change, found.bridge) == ([], [], None, None)
    for match in found:
        assert (match.strengths, match.friction) == ([], None)
        assert (match.band_name, match.interval, match.is_likely_top) == ("", "", False)

    page = client.get(reverse("quiz:result", args=[session.edit_token])).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    for sign in ['class="match-bar"', 'class="band', 'class="match-why"', 'class="nearest"']:
        assert sign not in main
    assert "A first look around" in main
    assert "very close" not in mails.result_text(session)
    assert pdf.pdf_of(session, "https://jalon.be/")


def test_what_attracts_least_is_said_only_where_it_is_known():
    found = results.of(finished({**ALIKE, "I": 5, "S": 2, "A": 2}))

    assert "finding out how things work" in found.sentences[0]
    assert "found in" in found.sentences[1]
    assert "least" not in found.sentences[1]
    assert found.least == ""


def test_a_clear_profile_names_what_attracts_most_and_least():
    found = results.of(finished({**ALIKE, "S": 5, "E": 1}))

    assert not found.is_open
    assert "helping people" in found.sentences[0]
    assert "leading and convincing attracts you least" in found.sentences[1]


@pytest.mark.parametrize(
    ("situation", "said"),
    [
        (Situation.WORKER, "the order of the professions says little"),
        (Situation.PUPIL, "Before 16 it is normal"),
        ("", "Before 16 it is normal"),
    ],
)
def test_doubts_about_close_answers_are_said_softly(situation, said):
    session = actions.start(language="en", situation=situation)
    first, *others = [item.key for item in actions.form_items(session)]
    actions.answer_form(token=session.edit_token, values={first: 4} | dict.fromkeys(others, 3))
    session.refresh_from_db()

    assert any(said in note for note in results.of(session).notes)


def test_a_result_of_no_answers_says_so():
    notes = results.of(finished(dict.fromkeys("RIASEC"), situation=Situation.WORKER)).notes

    assert any("You answered 0 questions" in note for note in notes)


def test_answers_that_contradict_each_other_are_told_without_blame():
    session = finished()
    data = results.stored(session) | {"may_be_random": True}

    Report.objects.update(snapshot=data)

    (note,) = [n for n in results.of(session).notes if "different directions" in n]
    assert "random" not in note


@pytest.mark.parametrize("situation", ["", *Situation.values])
def test_a_clear_profile_needs_no_doubt(situation):
    assert results.of(finished(CARING, situation=situation)).notes == []
