"""Conditioning, calibration and what stays of a model."""

import json
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine import Bank, EngineError, Model, calibration_state, recalibrated, reliability
from tests.quiz.engine.worlds import (
    BANK,
    RESPONDENTS,
    calibrated,
    people,
    prior,
    properties,
    session_of,
    some_answers,
)


@properties
@given(some_answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(answers, rng: random.Random):
    mixed = list(answers.items())
    rng.shuffle(mixed)

    one, other = session_of(answers), session_of(dict(mixed))

    assert np.array_equal(one.posterior.scales, other.posterior.scales)
    assert one.report() == other.report()
    assert one.next_item() == other.next_item()


@properties
@given(some_answers)
def test_all_answers_at_once_are_worth_one_after_the_other(answers):
    expected, left = calibrated().mean.copy(), calibrated().covariance.copy()
    for j, value in answers.items():
        expected += left[:, j] * (value - expected[j]) / left[j, j]
        left -= np.outer(left[:, j], left[j]) / left[j, j]

    posterior = session_of(answers).posterior

    assert np.allclose(posterior.items, expected, atol=1e-9)
    assert np.allclose(posterior.scales, BANK.scale_weights @ expected, atol=1e-9)


@properties
@given(some_answers, st.integers(0, 23))
def test_raising_an_item_never_lowers_its_own_interest(answers, place):
    item = list(answers)[place % len(answers)]
    own = RESPONDENTS.dimension[item]

    scales = [session_of(answers | {item: v}).posterior.scales[own] for v in range(1, 6)]

    assert (np.diff(scales) >= 0).all()


@properties
@given(st.integers(0, 10_000), st.integers(2, 300))
def test_not_even_after_an_odd_calibration(seed, count):
    rng = np.random.default_rng(seed)
    bank = Bank(enumerate("RRRIIASSEC"))
    answers = rng.integers(1, 6, (count, 1)) + rng.integers(-4, 5, 10) * rng.integers(0, 2, 10)
    model = Model.calibrated(bank, np.clip(answers, 1, 5))

    weights = model.posterior([0, 1, 3, 6], [1.0, 5.0, 2.0, 3.0]).weights

    assert (weights[bank.dimension[[0, 1, 3, 6]], range(4)] >= 0).all()


def test_after_all_items_the_scales_are_the_means_of_the_answers():
    row = people(1)[0]

    for model in (calibrated(), prior()):
        posterior = session_of(dict(enumerate(row.tolist())), model).posterior
        assert np.allclose(posterior.scales, row @ BANK.scale_weights.T, atol=1e-9)
        assert np.abs(posterior.covariance).max() < 1e-9


def test_many_answers_make_their_own_mean_and_covariance():
    answers = RESPONDENTS.answers(8000, 9)

    model = Model.calibrated(BANK, answers)

    assert np.abs(model.mean - answers.mean(axis=0)).max() < 0.01
    assert np.abs(model.covariance - np.cov(answers.T)).max() < 0.05


def test_gaps_are_learnt_around():
    answers = RESPONDENTS.answers(1500, 9)
    gaps = answers.copy()
    gaps[np.random.default_rng(1).random(gaps.shape) < 0.5] = np.nan

    learnt = Model.calibrated(BANK, gaps).covariance
    error = np.abs(learnt - np.cov(answers.T)).mean()

    assert error < 0.06
    assert error < 0.5 * np.abs(prior().covariance - np.cov(answers.T)).mean()


def test_few_answers_stay_near_what_is_believed():
    few = Model.calibrated(BANK, RESPONDENTS.answers(5, 9))

    assert np.linalg.eigvalsh(few.covariance).min() > 0
    assert np.abs(few.covariance - prior().covariance).mean() < 0.2


def test_nobody_answering_is_the_prior():
    for answers in ([], None, np.empty((0, len(BANK)))):
        assert np.array_equal(Model.calibrated(BANK, answers).covariance, prior().covariance)


def test_an_item_that_everybody_answers_alike_breaks_nothing():
    answers = RESPONDENTS.answers(300, 9)
    answers[:, 0] = 3

    model = Model.calibrated(BANK, answers)

    assert np.isfinite(session_of({0: 5, 1: 1}, model).report().width)


def test_a_new_item_borrows_from_those_of_its_interest():
    answers = RESPONDENTS.answers(300, 9)
    answers[:, 0] = np.nan

    model = Model.calibrated(BANK, answers)
    correlation = model.covariance[0] / np.sqrt(model.covariance[0, 0] * np.diag(model.covariance))

    assert correlation[1:8].mean() > correlation[8:].mean() + 0.1


def test_a_model_survives_json_and_holds_nobody():
    model = calibrated()
    data = json.loads(json.dumps(model.data()))

    again = Model.restored(BANK, data)

    assert session_of({1: 5, 20: 2}, again).report() == session_of({1: 5, 20: 2}, model).report()
    assert set(data) == {"items", "mean", "covariance", "scale", "people", "limits", "norm"}
    with pytest.raises(EngineError):
        Model.restored(Bank({1: "R"}), data)


def test_each_language_gets_its_model_once_enough_have_answered():
    answers = {"fr": RESPONDENTS.answers(250, 1), "nl": RESPONDENTS.answers(30, 2)}

    models = recalibrated(BANK, answers)

    assert models["fr"].people == 250
    assert models["nl"].people == 280
    assert recalibrated(BANK, {"de": RESPONDENTS.answers(199, 1)})["de"].people == 0


@pytest.mark.parametrize("scale", range(2, 11))
def test_any_scale_is_learnt_for_each_language(scale):
    bank = Bank(enumerate("RIASEC"))
    answers = np.random.default_rng(1).integers(1, scale + 1, (220, 6))

    models = recalibrated(bank, {"fr": answers, "nl": answers[:20]}, scale)

    assert models["fr"].people == 220
    assert np.array_equal(
        models["nl"].mean, Model.calibrated(bank, [*answers, *answers[:20]], scale).mean
    )


def test_the_order_of_people_does_not_matter():
    answers = RESPONDENTS.answers(1200, 3)

    one, other = (Model.calibrated(BANK, rows) for rows in (answers, answers[::-1]))

    assert one.data() == other.data()


def test_people_are_compared_with_the_norm_that_is_given():
    norm = [[2, 3, 3, 3, 3, 3], [0.5, 1, 1, 1, 1, 1]]
    model = Model.calibrated(BANK, RESPONDENTS.answers(300, 9), norm=norm)
    own = Model.calibrated(BANK, RESPONDENTS.answers(300, 9))
    answers = {0: 4, 10: 1, 20: 4}

    interests = session_of(answers, model).report().interests
    again = Model.restored(BANK, json.loads(json.dumps(model.data())))

    assert [i.mean for i in interests] == [
        i.mean for i in session_of(answers, own).report().interests
    ]
    assert interests[0].normed == pytest.approx((interests[0].mean - 2) / 0.5)
    assert session_of(answers, again).report() == session_of(answers, model).report()
    assert Model.prior(BANK, norm=norm).norm_mean.tolist() == norm[0]
    for bad in ([1, 2], [norm[0], [0] * 6], [norm[0], [float("nan")] * 6]):
        with pytest.raises(EngineError):
            Model.prior(BANK, norm=bad)


def test_nothing_of_a_model_can_be_changed_from_outside():
    mean, covariance = np.full(48, 3.0), np.eye(48)
    model = Model(BANK, mean, covariance)
    mean[0] = covariance[0, 0] = 9
    posterior = session_of({0: 5}).posterior
    arrays = [model.mean, model.norm_mean, model.norm_sd, posterior.scales, BANK.dimension]

    assert model.mean[0] == 3
    assert not any(array.flags.writeable for array in arrays)


@pytest.mark.parametrize(
    ("people", "state"), [(0, "prior"), (199, "prior"), (200, "first"), (400, "second")]
)
def test_the_state_of_calibration_has_two_steps(people, state):
    assert calibration_state(people) == state


def test_three_points_are_counted_on_the_five_point_scale():
    answers = RESPONDENTS.answers(800, 9)
    coarse = np.digitize(answers, [1.5, 4.5]) + 1

    model = Model.calibrated(BANK, coarse, scale=3)

    assert set(np.unique(coarse)) == {1, 2, 3}
    assert np.abs(model.mean - answers.mean(axis=0)).max() < 0.5


def test_reliability_is_that_of_the_answers():
    answers = RESPONDENTS.answers(3000, 9)
    inside = np.cov(answers[:, :8].T)
    alpha = 8 / 7 * (1 - np.trace(inside) / inside.sum())

    found = reliability(BANK, answers)

    assert [scale.dimension for scale in found] == list("RIASEC")
    assert abs(found[0].alpha - alpha) < 0.01
    assert 0 < found[0].split_half < alpha
    assert reliability(Bank({1: "R"}), [[3]] * 5)[0].alpha is None
