"""The smallest change of one answer that brings a profession in, or out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine import UnknownProfession, counterfactual
from tests.quiz.engine.worlds import formulas, properties, session_of, some_answers


def rank(session, profession, formula):
    matches = session.report(formula).professions
    return next(match.rank for match in matches if match.id == profession)


@properties
@given(some_answers, st.integers(0, 119), formulas)
def test_it_holds_when_the_answer_is_given(answers, profession, formula):
    session = session_of(answers)

    found = counterfactual(session, profession, formula=formula)

    if found is not None:
        changed = session_of(answers | {found.item: found.after})
        assert answers[found.item] == found.before != found.after
        assert found.rank_before == rank(session, profession, formula)
        assert found.rank_after == rank(changed, profession, formula)
        assert found.enters == (found.rank_before > 10) == (found.rank_after <= 10)


@properties
@given(st.dictionaries(st.integers(0, 47), st.integers(1, 5), min_size=3, max_size=6), formulas)
def test_no_smaller_change_does_it(answers, formula):
    session = session_of(answers)
    profession = session.report(formula).professions[12].id

    found = counterfactual(session, profession, formula=formula)
    smallest = abs(found.after - found.before) if found else 5

    for item, old in answers.items():
        for new in range(1, 6):
            if abs(new - old) in range(1, smallest):
                changed = session_of(answers | {item: new})
                assert rank(changed, profession, formula) > 10


def test_a_profession_that_is_in_can_be_brought_out():
    session = session_of({0: 5, 10: 1, 20: 4})
    first = session.report().professions[9].id

    found = counterfactual(session, first)

    assert not found.enters
    assert found.rank_after > 10


def test_where_no_single_answer_does_it_there_is_none():
    session = session_of(dict(enumerate([5] * 8 + [1] * 40)))
    last = session.report().professions[-1].id

    assert counterfactual(session, last, top=1) is None


def test_an_unknown_profession_is_refused():
    with pytest.raises(UnknownProfession):
        counterfactual(session_of({0: 5}), 999)


def test_the_session_itself_stays_as_it_is():
    session = session_of({0: 5, 10: 1})
    before = session.report()

    counterfactual(session, before.professions[11].id)

    assert session.report() == before
