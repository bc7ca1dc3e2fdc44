"""A few items about one profession."""

import numpy as np
import pytest

from quiz.engine import Session, UnknownProfession, compatibility, counterfactual
from tests.quiz.engine.worlds import BANK, calibrated, catalogue, people, prior, walked


def long_form(row, profession):
    scales = row @ BANK.scale_weights.T
    return np.corrcoef(scales, catalogue().interests[profession])[0, 1]


def test_it_asks_eight_items_and_reports_one_profession():
    quiz = walked(compatibility(calibrated(), catalogue(), 5), people(1)[0])

    report = quiz.report()

    assert len(quiz.answers) == 8
    own = report.own

    assert report.profession == own.id == 5
    assert own.low <= report.match <= own.high
    assert abs(sum(own.contributions) - own.score) < 1e-9


def test_it_asks_also_about_what_the_profession_is_not():
    profession = 5
    quiz = walked(compatibility(calibrated(), catalogue(), profession), people(1)[0])

    strongest = np.argsort(-catalogue().interests[profession])[:2]

    assert set(BANK.dimension[list(quiz.answers)]) - set(strongest)


def test_each_profession_has_its_own_items():
    asked = [
        set(walked(compatibility(calibrated(), catalogue(), index), people(1)[0]).answers)
        for index in range(8)
    ]

    assert len(set(map(frozenset, asked))) > 4


def test_ten_items_come_near_the_long_form():
    rows = people(80)
    wanted = np.random.default_rng(1).integers(0, 120, len(rows)).tolist()
    truth = [long_form(row, profession) for row, profession in zip(rows, wanted, strict=True)]

    found = [
        walked(compatibility(calibrated(), catalogue(), profession, max_items=10), row)
        .report("pearson")
        .match
        for row, profession in zip(rows, wanted, strict=True)
    ]

    assert np.corrcoef(truth, found)[0, 1] > 0.85


def test_after_the_main_quiz_four_more_are_enough():
    row = people(1)[0]
    main = walked(Session(calibrated(), catalogue()), row)

    quiz = compatibility(calibrated(), catalogue(), 5, session=main)
    before = {match.id: match.match for match in main.report().professions}[5]
    begun = quiz.report().match
    walked(quiz, row)

    assert begun == before
    assert len(quiz.answers) == 24
    assert list(main.answers) == list(quiz.answers)[:20]


def test_a_far_profession_comes_with_three_nearer_ones():
    quiz = walked(compatibility(prior(), catalogue(), 5), people(1)[0])
    matches = Session(prior(), catalogue(), max_items=48)
    for item, value in quiz.answers.items():
        matches.answer(item, value)
    last = matches.report().professions[-1].id
    first = matches.report().professions[0].id

    far, near = (
        compatibility(prior(), catalogue(), profession, session=matches)
        for profession in (last, first)
    )
    alternatives = far.alternatives(far.report())

    assert len(alternatives) == 3
    assert all(other.rank < far.report().own.rank for other in alternatives)
    assert near.alternatives(near.report()) == ()


def test_it_has_counterfactuals_as_the_main_quiz_has():
    quiz = walked(compatibility(calibrated(), catalogue(), 5), people(1)[0])

    found = counterfactual(quiz, 5, top=quiz.report().own.rank)

    assert found is not None
    assert found.rank_after > found.top


def test_an_unknown_profession_is_refused():
    with pytest.raises(UnknownProfession):
        compatibility(calibrated(), catalogue(), "nothing")
