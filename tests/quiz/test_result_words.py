"""What a result says in words of the answers it rests on."""

import pytest
from django.utils import translation

from portal import kept
from quiz import results
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


def test_what_attracts_least_is_said_only_where_it_is_known():
    found = results.of(finished({**ALIKE, "I": 5, "S": 2, "A": 2}))

    assert "attracts you most is finding out how things work" in found.sentences[0]
    assert "found in" in found.sentences[1]
    assert "least" not in found.sentences[1]
    assert found.least == ""


def test_a_clear_profile_names_what_attracts_most_and_least():
    found = results.of(finished({**ALIKE, "S": 5, "E": 1}))

    assert not found.is_open
    assert "helping people" in found.sentences[0]
    assert "leading and convincing attracts you least" in found.sentences[1]


@pytest.mark.parametrize(
    ("likes", "situation", "said"),
    [
        (ALIKE, Situation.WORKER, "lie close together"),
        (CARING, Situation.PUPIL, "Under 16, flat profiles are normal"),
        (dict.fromkeys("RIASEC"), Situation.WORKER, "You answered 0 questions"),
    ],
)
def test_doubts_are_said_softly(likes, situation, said):
    notes = results.of(finished(likes, situation=situation)).notes

    assert any(said in note for note in notes)


def test_answers_that_contradict_each_other_are_told_without_blame():
    session = finished()
    data = results.stored(session) | {"may_be_random": True}

    Report.objects.update(snapshot=data)

    (note,) = [n for n in results.of(session).notes if "different directions" in n]
    assert "random" not in note


def test_a_clear_profile_of_a_worker_needs_no_doubt():
    assert results.of(finished(CARING, situation=Situation.WORKER)).notes == []
