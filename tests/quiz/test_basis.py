"""A quiz about one profession after the main quiz that it was based on is gone."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from quiz import actions, compatibility_result, tasks
from quiz.models import QuizSession
from tests.quiz.answered import finished
from tests.quiz.one_profession import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def erased(main):
    actions.erase(token=main.edit_token)


def due(main):
    QuizSession.objects.filter(pk=main.pk).update(erase_on=timezone.localdate())
    tasks.erase_sessions.call()


def left_to_research(main):
    actions.leave_to_research(token=main.edit_token, consents=True)
    due(main)


GONE = [erased, due, left_to_research]


def based(nurse):
    """A main quiz of today and a shorter one that starts from it a day later."""
    main = finished()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        return main, actions.start_compatibility(language="fr", profession=nurse, main=main)


@pytest.mark.parametrize("leave", GONE)
def test_a_quiz_under_way_asks_all_its_questions(nurse, leave):
    main, short = based(nurse)
    assert short.length == 4
    actions.answer(token=short.edit_token, item=short.next_item.key, value=4)

    leave(main)

    short = QuizSession.objects.get(pk=short.pk)
    assert (short.based_on, short.length) == (None, 8)
    short = take(short)
    assert (short.is_finished, short.answers.count()) == (True, 8)
    assert compatibility_result.of(short).asked == 8


@pytest.mark.parametrize("leave", GONE)
def test_a_finished_one_says_on_how_little_it_rests(nurse, leave):
    main, short = based(nurse)
    short = take(short)

    leave(main)

    [note] = compatibility_result.of(QuizSession.objects.get(pk=short.pk)).notes
    assert note.startswith("You answered 4 questions")


def test_eight_answers_are_enough_and_so_are_those_of_before(nurse):
    alone = take(actions.start_compatibility(language="fr", profession=nurse))
    _main, short = based(nurse)

    assert [compatibility_result.of(session).notes for session in [alone, take(short)]] == [[], []]
