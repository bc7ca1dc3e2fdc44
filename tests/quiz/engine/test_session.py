"""Which items are asked, and which answers are taken."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given

from quiz.engine import (
    AlreadyAnswered,
    Model,
    Session,
    SessionComplete,
    UnknownItem,
    ValueOutOfRange,
    fixed_form,
)
from tests.quiz.engine.worlds import (
    BANK,
    calibrated,
    catalogue,
    people,
    prior,
    properties,
    session_of,
    some_answers,
    walked,
)


def test_the_first_six_are_the_same_for_everybody_one_an_interest():
    sessions = [walked(Session(calibrated(), catalogue()), row) for row in people(5)]

    openings = {tuple(session.answers)[:6] for session in sessions}
    (opening,) = openings

    assert sorted(BANK.dimension[list(opening)]) == list(range(6))
    assert len({tuple(session.answers) for session in sessions}) > 1


@pytest.mark.parametrize("model", [calibrated(), prior()])
def test_it_asks_each_item_once_and_ends(model):
    session = walked(Session(model, catalogue(), max_items=20), people(1)[0])

    assert len(session.answers) == 20
    assert session.is_complete
    assert session.next_item() is None


def test_the_next_item_stays_until_it_is_answered():
    session = session_of({3: 5, 9: 1, 17: 4, 25: 2, 33: 3, 41: 1})

    assert session.next_item() == session.next_item()


def test_the_same_answers_lead_the_same_way():
    row = people(1)[0]

    one, other = (walked(Session(calibrated(), catalogue()), row) for _ in range(2))

    assert list(one.answers) == list(other.answers)
    assert repr(one.report()) == repr(other.report())


def test_the_way_adapts_to_the_answers():
    low, high = (dict.fromkeys(range(0, 48, 5), 3) | {0: v, 5: v} for v in (1, 5))

    asked = [walked(session_of(answers), people(1)[0]) for answers in (low, high)]

    assert list(asked[0].answers) != list(asked[1].answers)


def test_equal_items_are_asked_in_the_order_of_their_ids():
    reverse = [(f"{47 - place:02}", dimension) for place, dimension in enumerate(BANK.dimension)]
    bank = type(BANK)(reverse)

    first = Session(Model.prior(bank), catalogue()).next_item()

    assert first == min(
        item.id for item in bank.items if item.dimension == bank.items[bank.index(first)].dimension
    )


@pytest.mark.parametrize("value", [0, 6, -1, 2.5, "3", True, float("nan"), [3], np.float64(9)])
def test_a_value_outside_the_scale_changes_nothing(value):
    session = session_of({1: 3})
    before = session.report()

    with pytest.raises(ValueOutOfRange):
        session.answer(2, value)

    assert session.report() == before
    assert session.asked == 1


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), np.float64(3)])
def test_a_number_is_a_number(value):
    assert session_of({1: value}).report() == session_of({1: 3}).report()


def test_an_item_is_answered_once():
    session = session_of({1: 3})
    session.skip(2)

    for item in (1, 2):
        with pytest.raises(AlreadyAnswered):
            session.answer(item, 4)

    assert session.answers == {1: 3}


def test_an_unknown_item_is_refused():
    with pytest.raises(UnknownItem):
        session_of({}).answer("nothing", 3)


def test_nothing_is_taken_after_the_end():
    session = Session(calibrated(), catalogue(), max_items=1)
    session.answer(0, 3)

    with pytest.raises(SessionComplete):
        session.answer(1, 3)


def test_a_skipped_item_stays_unknown_and_is_not_asked_again():
    session = Session(calibrated(), catalogue(), max_items=20)
    skipped = session.next_item()
    session.skip(skipped)

    report = session.report()
    walked(session, people(1)[0])

    assert report.professions == Session(calibrated(), catalogue()).report().professions
    assert skipped not in session.answers
    assert session.asked == 20


def test_everything_can_be_skipped():
    session = Session(prior(), catalogue(), max_items=48)
    while (item := session.next_item()) is not None:
        session.skip(item)

    assert session.report().quality.answered == 0


def test_an_answer_can_be_taken_back():
    session = session_of({1: 3, 2: 5})
    session.take_back(2)

    assert session.report() == session_of({1: 3}).report()


@properties
@given(some_answers)
def test_what_is_asked_next_was_not_asked_before(answers):
    session = session_of(answers)

    assert session.next_item() not in session.answers


def test_a_fixed_form_serves_where_nothing_can_adapt():
    form = fixed_form(calibrated(), 20)

    assert len(set(form)) == 20
    assert sorted(BANK.dimension[list(form[:6])]) == list(range(6))
    assert min(np.bincount(BANK.dimension[list(form)])) >= 2
    assert len(fixed_form(calibrated(), 99)) == 48


def test_three_answers_to_choose_from_do_too():
    session = Session(calibrated(), catalogue(), scale=3)

    with pytest.raises(ValueOutOfRange):
        session.answer(0, 4)
    session.answer(0, 3)
    coarse, fine = session.posterior, session_of({0: 5}).posterior

    assert calibrated().norm_mean[0] < coarse.scales[0] < fine.scales[0]
    assert coarse.covariance[0, 0] > fine.covariance[0, 0]


def test_another_process_says_the_same_to_the_byte():
    code = """
import random
from tests.quiz.engine.worlds import calibrated, catalogue, people, walked
from quiz.engine import Catalogue, Session, similar
session = walked(Session(calibrated(), catalogue()), people(1)[0])
rows = [{"id": n, "interests": (n, 2, 3, 1, 5, 2), "skills": {*"abc", str(n)}} for n in range(1, 8)]
print(list(session.answers), session.report(), similar(Catalogue(rows), 3))
draw = random.Random(1)
texts = [" ".join(draw.choices([f"word{n}" for n in range(400)], k=30)) for _ in range(300)]
worded = Catalogue(range(300), [(1, 2, 3, 4, 5, 6)] * 300, text=texts)
print(*(similar(worded, index) for index in range(0, 300, 30)))
"""
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert len(said[0]) > 10_000
    assert said[0] == said[1]
