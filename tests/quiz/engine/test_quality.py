"""Random clicks are noticed, softly."""

from dataclasses import replace

import numpy as np

from quiz.engine import Bank, Model, Session
from quiz.engine.quality import surprise
from tests.quiz.engine.worlds import BANK, RESPONDENTS, calibrated, catalogue, people, prior, walked


def qualities(rows, model=None, items=20):
    return [walked(Session(model or calibrated(), catalogue(), items), row).quality for row in rows]


def clicks(count):
    return np.random.default_rng(5).integers(1, 6, (count, len(BANK))).astype(float)


def test_random_clicks_are_found_and_people_are_not_accused():
    real, fake = qualities(people(120)), qualities(clicks(120))

    assert np.mean([q.may_be_random for q in real]) < 0.10
    assert np.mean([q.may_be_random for q in fake]) > 0.65


def test_even_without_calibration_few_people_are_accused():
    real, fake = qualities(people(100), prior()), qualities(clicks(100), prior())

    assert np.mean([q.may_be_random for q in real]) < 0.12
    assert np.mean([q.may_be_random for q in fake]) > 0.75


def test_limits_of_the_prior_are_those_of_people_drawn_from_it():
    model = Model.prior(Bank(range(48), [index // 8 for index in range(48)]))
    drawn = np.random.default_rng(3).multivariate_normal(model.mean, model.covariance, 3000)
    items = np.random.default_rng(4).permutation(48)[:20]
    given = np.clip(np.rint(drawn), 1, 5)[:, items]

    found = surprise(given, model.mean[items], model.covariance[np.ix_(items, items)])
    limits = [limit for _, limit in model.limits]

    assert 0.90 < np.mean(found < dict(model.limits)[20]) < 0.97
    assert limits == sorted(limits, reverse=True)


def test_few_people_who_calibrate_do_not_make_others_suspect():
    small = Model.calibrated(BANK, RESPONDENTS.answers(150, 8))

    assert np.mean([q.may_be_random for q in qualities(people(100), small)]) < 0.15


def test_a_few_answers_say_nothing():
    session = Session(calibrated(), catalogue())

    assert session.quality.surprise is None
    for item, value in zip(range(0, 48, 8), (1, 5, 1, 5, 1, 5), strict=True):
        session.answer(item, value)
    assert session.quality.surprise is not None
    assert not session.quality.may_be_random


def test_the_flag_changes_nothing_else():
    session = walked(Session(calibrated(), catalogue()), clicks(1)[0])
    unflagged = Session(replace(calibrated(), limits=()), catalogue())
    for item, value in session.answers.items():
        unflagged.answer(item, value)

    report, other = session.report(), unflagged.report()

    assert (report.quality.may_be_random, other.quality.may_be_random) == (True, False)
    assert report == replace(other, quality=report.quality)
