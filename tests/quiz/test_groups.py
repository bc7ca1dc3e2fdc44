from datetime import timedelta

import pytest
from django.utils import timezone

from quiz.enums import Facet, Interest, SessionState
from quiz.groups import results
from quiz.models.session import CODE_SIGNS
from tests.quiz.factories import (
    AnswerFactory,
    ClassGroupFactory,
    ItemFactory,
    ModelVersionFactory,
    QuizSessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return ClassGroupFactory()


@pytest.fixture
def pupil(group):
    """Lets pupils finish, one a second, who give one value to every item of a bank of two."""
    version = ModelVersionFactory()
    items = [ItemFactory(), ItemFactory(dimension=Interest.SOCIAL, facet=Facet.CARE)]
    start = timezone.now()

    def finish(value, number, second_item=True):
        session = QuizSessionFactory(
            class_group=group,
            model_version=version,
            state=SessionState.FINISHED,
            finished_at=start + timedelta(seconds=number),
        )
        for order, item in enumerate(items[: 1 + second_item], start=1):
            AnswerFactory(session=session, item=item, value=value, order=order)

    return finish


def test_a_class_says_nothing_before_five_have_finished(group, pupil):
    for number in range(4):
        pupil(5, number)
    QuizSessionFactory(class_group=group)

    assert results(group) is None


def test_five_pupils_are_a_mean(group, pupil, django_assert_num_queries):
    for number, value in enumerate([1, 2, 3, 4, 5]):
        pupil(value, number)

    with django_assert_num_queries(2):
        found = results(group)

    assert found.pupils == 5
    assert found.interests == {Interest.REALISTIC: 3, Interest.SOCIAL: 3}


def test_a_sixth_pupil_changes_nothing_until_the_tenth(group, pupil):
    for number in range(5):
        pupil(2, number)
    before = results(group)

    for number in range(5, 9):
        pupil(5, number)
        assert results(group) == before
    pupil(5, 9)

    assert results(group).interests[Interest.REALISTIC] == 3.5


def test_an_interest_that_four_answered_is_left_out(group, pupil):
    for number in range(5):
        pupil(4, number, second_item=number > 0)

    assert list(results(group).interests) == [Interest.REALISTIC]


def test_codes_hold_no_sign_that_is_mistaken_for_another():
    codes = "".join(ClassGroupFactory().code for _time in range(20))

    assert set(codes) <= set(CODE_SIGNS)
    assert not set("01OI") & set(CODE_SIGNS)
