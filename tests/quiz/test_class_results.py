import pytest
from django.utils import timezone

from quiz import actions, versions
from quiz.class_results import results
from quiz.enums import Interest, SessionState
from quiz.models import Item
from quiz.models.session import CODE_SIGNS
from tests.quiz.answered import ALIKE, CARING, LEADING, MAKING, finished
from tests.quiz.factories import AnswerFactory, ClassGroupFactory, QuizSessionFactory
from tests.quiz.shipped import load_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    load_bank()
    return ClassGroupFactory()


def pupils(group, *likes):
    return [finished(each, class_code=group.code) for each in likes]


def answered(group, values):
    """A finished session with these answers, by the interests of the items."""
    session = QuizSessionFactory(
        class_group=group,
        model_version=versions.version_for("fr"),
        state=SessionState.FINISHED,
        finished_at=timezone.now(),
    )
    used = set()
    for order, (interest, value) in enumerate(values, start=1):
        item = Item.objects.filter(dimension=interest).exclude(pk__in=used).order_by("key").first()
        used.add(item.pk)
        AnswerFactory(session=session, item=item, value=value, order=order)
    return session


def test_a_class_says_nothing_before_five_have_finished(group):
    pupils(group, *[CARING] * 4)
    QuizSessionFactory(class_group=group, model_version=versions.version_for("fr"))

    assert results(group) is None


def test_five_pupils_are_the_mean_of_their_estimates_in_halves(group, django_assert_num_queries):
    found = pupils(group, CARING, CARING, MAKING, LEADING, ALIKE)
    rows = [actions.resumed(session).report().interests for session in found]
    means = [sum(row[place].mean for row in rows) / 5 for place in range(6)]

    with django_assert_num_queries(2):
        shown = results(group)

    assert shown.pupils == 5
    assert list(shown.interests) == list(Interest)
    for value, mean in zip(shown.interests.values(), means, strict=True):
        assert value * 2 == int(value * 2)
        assert abs(value - mean) <= 0.25


def test_each_pupil_weighs_alike_however_much_each_was_asked(group):
    answered(group, [(Interest.SOCIAL, 5)] * 8)
    for _pupil in range(4):
        answered(group, [(Interest.SOCIAL, 1), (Interest.REALISTIC, 3)])

    # Answers alone would give 3.7.
    assert results(group).interests[Interest.SOCIAL] <= 3


def test_four_invented_pupils_do_not_tell_what_the_fifth_answered(group):
    pupils(group, *[ALIKE] * 4)
    pupils(group, {**MAKING, "R": 4})
    other = ClassGroupFactory()
    pupils(other, *[ALIKE] * 4)
    pupils(other, MAKING)

    assert results(group) == results(other)


def test_a_sixth_pupil_changes_nothing_until_the_tenth(group):
    pupils(group, *[CARING] * 5)
    before = results(group)

    for _pupil in range(4):
        pupils(group, MAKING)
        assert results(group) == before
    pupils(group, MAKING)

    assert results(group).interests[Interest.REALISTIC] > before.interests[Interest.REALISTIC]


def test_who_answered_nothing_is_not_counted(group):
    pupils(group, *[CARING] * 4)
    session = answered(group, [(Interest.SOCIAL, None)])

    assert results(group) is None

    session.answers.update(value=4)
    assert results(group).pupils == 5


def test_codes_hold_no_sign_that_is_mistaken_for_another():
    codes = "".join(ClassGroupFactory().code for _time in range(20))

    assert set(codes) <= set(CODE_SIGNS)
    assert not set("01OI") & set(CODE_SIGNS)
