import numpy as np
import pytest

from quiz.reliability import HALVES_PEOPLE, PAIR_PEOPLE, alpha, split_half


def answers(people, items, shared=0.5, seed=1):
    """Answers whose items correlate `shared` with each other."""
    draw = np.random.default_rng(seed)
    common = draw.normal(size=(people, 1)) * np.sqrt(shared)
    return 3 + common + draw.normal(size=(people, items)) * np.sqrt(1 - shared)


def test_without_gaps_alpha_is_the_textbook_figure():
    given = answers(60, 4)
    size = given.shape[1]
    textbook = size / (size - 1) * (1 - given.var(0, ddof=1).sum() / given.sum(1).var(ddof=1))

    assert alpha(given) == pytest.approx(textbook, abs=1e-12)


def test_alpha_of_a_known_correlation():
    # Spearman and Brown: ten items that correlate .5 have 10 · .5 / (1 + 9 · .5) = .909.
    assert alpha(answers(5000, 10)) == pytest.approx(10 * 0.5 / 5.5, abs=0.01)


def test_gaps_change_alpha_little():
    given = answers(4000, 10)
    given[np.random.default_rng(2).random(given.shape) < 0.6] = np.nan

    assert alpha(given) == pytest.approx(10 * 0.5 / 5.5, abs=0.03)


def test_nothing_is_said_of_too_few_people():
    assert alpha(answers(PAIR_PEOPLE - 1, 5)) is None
    assert alpha(answers(PAIR_PEOPLE, 5)) is not None
    assert split_half(answers(HALVES_PEOPLE - 1, 5)) is None
    assert split_half(answers(HALVES_PEOPLE, 5)) is not None


def test_nothing_is_said_of_items_that_nobody_answered_together():
    given = np.full((400, 4), np.nan)
    for person in range(400):
        given[person, person % 4] = 3

    assert alpha(given) is None
    assert split_half(given) is None


@pytest.mark.parametrize("shape", [(0, 0), (200, 0), (200, 1), (0, 5)])
def test_an_empty_bank_has_no_reliability(shape):
    assert alpha(np.ones(shape)) is None
    assert split_half(np.ones(shape)) is None


def test_people_who_all_answer_the_same_have_no_reliability():
    assert alpha(np.full((200, 5), 3.0)) is None
    assert split_half(np.full((200, 5), 3.0)) is None


def test_split_half_is_lengthened_to_all_items():
    # Halves of five items correlate 5 · .5 / (1 + 4 · .5) = .833, both together .909.
    assert split_half(answers(5000, 10)) == pytest.approx(10 * 0.5 / 5.5, abs=0.01)
