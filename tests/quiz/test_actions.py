from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from quiz import actions
from quiz.enums import FACETS, Interest, SessionKind, Situation, StudyOpenness
from quiz.models import Answer, QuizSession, Report
from tests.careers.professions.factories import InterestProfileFactory, ProfessionFactory
from tests.quiz.days import on_day
from tests.quiz.factories import ClassGroupFactory, ItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return [
        ItemFactory(dimension=interest, facet=facets[number % 4])
        for interest, facets in FACETS.items()
        for number in range(4)
    ]


@pytest.fixture
def nurse():
    InterestProfileFactory(realistic=7, social=1)
    return InterestProfileFactory(realistic=2, social=7, artistic=3).profession


@pytest.fixture
def session(bank, nurse):
    return actions.start(language="fr")


def give(session, value=4, **more):
    """Answer the item on the screen."""
    values = {"item": session.next_item.key, "value": value} | more
    return actions.answer(token=session.edit_token, **values)


def take(session, value=4):
    """Answer every item there is."""
    while session.next_item:
        session = give(session, value)
    return session


# Beginning


def test_a_quiz_begins_with_an_item_and_what_the_person_told(bank, nurse):
    session = actions.start(
        language="nl", study_level=StudyOpenness.MASTER, situation=Situation.WORKER
    )

    session.refresh_from_db()
    assert session.next_item in bank
    assert (session.kind, session.length) == (SessionKind.MAIN, 20)
    assert (session.study_level, session.situation) == ("master", "worker")
    assert session.model_version.is_current


def test_everybody_begins_with_the_same_item(session):
    assert actions.start(language="fr").next_item == session.next_item


def test_without_items_there_is_no_quiz(nurse):
    with pytest.raises(actions.NotReady):
        actions.start(language="fr")


def test_a_pupil_joins_a_class_by_its_code_as_people_type_it(session):
    group = ClassGroupFactory(code="ABCD2345")

    pupil = actions.start(language="fr", class_code=" abcd 2345 ")

    assert pupil.class_group == group
    for code in ["ABCD9999", "\0", "x" * 500]:
        with pytest.raises(actions.NoSuchClass):
            actions.start(language="fr", class_code=code)


# Answering


def test_a_quiz_ends_after_twenty_answers_and_keeps_their_order_and_times(session):
    shown = []
    while session.next_item:
        shown.append(session.next_item.key)
        session = give(session, milliseconds=3000 + len(shown))

    stored = session.answers.order_by("order").values_list("item__key", "order", "milliseconds")
    assert list(stored) == [(key, n, 3000 + n) for n, key in enumerate(shown, start=1)]
    assert len(set(shown)) == 20
    assert session.is_finished
    assert session.finished_at is not None


def test_the_first_six_items_are_one_an_interest(session):
    interests = []
    for _item in range(6):
        interests.append(session.next_item.dimension)
        session = give(session)

    assert sorted(interests) == sorted(Interest.values)


def test_a_skipped_item_stays_unknown_and_counts_as_asked(session):
    session = give(session, None)

    assert Answer.objects.get().value is None
    assert actions.resumed(session).asked == 1


def test_an_earlier_answer_can_be_changed(session):
    first = session.next_item
    session = give(session, 1)
    again = actions.answer(token=session.edit_token, item=first.key, value=5)

    assert [(a.item, a.value, a.order) for a in session.answers.all()] == [(first, 5, 1)]
    assert again.next_item != first


def test_the_same_answer_twice_is_one_answer(session):
    first = session.next_item.key
    for _time in range(2):
        session = actions.answer(token=session.edit_token, item=first, value=2)

    assert session.answers.count() == 1
    assert session.next_item.key != first


def test_a_long_break_has_no_time(session):
    give(session, milliseconds=3_600_001)

    assert Answer.objects.get().milliseconds is None


@pytest.mark.parametrize("value", [0, 6, -1, "4", 3.5, True, [3]])
def test_what_is_no_answer_is_refused(session, value):
    with pytest.raises(actions.NoAnswer):
        give(session, value)
    assert not Answer.objects.exists()


def test_an_item_that_was_not_asked_is_refused(session, bank):
    other = next(item for item in bank if item != session.next_item)

    for key in [other.key, "unknown", ""]:
        with pytest.raises(actions.NotAsked):
            give(session, item=key)
    assert not Answer.objects.exists()


def test_a_finished_quiz_takes_no_more_answers(session):
    first = session.next_item.key
    session = take(session)

    with pytest.raises(actions.Finished):
        actions.answer(token=session.edit_token, item=first, value=1)
    assert session.answers.count() == 20


def test_a_wrong_link_changes_nothing(session):
    for token in ["", "x", session.share_token, session.edit_token[:-1], "\0"]:
        with pytest.raises(actions.Gone):
            actions.answer(token=token, item=session.next_item.key, value=3)


def test_a_session_of_thirty_days_ago_is_gone(session):
    with on_day(30), pytest.raises(actions.Gone):
        give(session)


def test_an_answer_costs_few_queries(session, django_assert_max_num_queries):
    session = give(session)

    with django_assert_max_num_queries(8):
        give(session)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one_after_the_other(session):
    first = session.next_item.key

    def answer(value):
        try:
            actions.answer(token=session.edit_token, item=first, value=value)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(answer, [1, 2, 3, 4]))

    assert session.answers.count() == 1
    session.refresh_from_db()
    assert session.next_item.key != first


# On one page


def test_the_whole_quiz_fits_on_one_page(session):
    items = actions.form_items(session)
    values = {item.key: 1 + place % 5 for place, item in enumerate(items)}
    values[items[3].key] = None

    done = actions.answer_form(token=session.edit_token, values=values)

    assert len(items) == 20
    assert done.is_finished
    assert dict(done.answers.values_list("item__key", "value")) == values


def test_what_is_left_out_of_the_page_is_skipped(session):
    done = actions.answer_form(token=session.edit_token, values={})

    assert done.is_finished
    assert set(done.answers.values_list("value", flat=True)) == {None}


def test_the_page_keeps_what_was_answered_before(session):
    first = session.next_item
    session = give(session, 5)

    items = actions.form_items(session)
    done = actions.answer_form(token=session.edit_token, values={first.key: 4, items[1].key: 2})

    assert items[0] == first
    assert done.answers.count() == 20
    assert [a.value for a in done.answers.order_by("order")[:2]] == [4, 2]


def test_a_page_with_other_items_or_values_is_refused_whole(session):
    key = session.next_item.key
    for values, refusal in [
        ({key: 3, "unknown": 3}, actions.NotAsked),
        ({key: 9}, actions.NoAnswer),
    ]:
        with pytest.raises(refusal):
            actions.answer_form(token=session.edit_token, values=values)
    assert not Answer.objects.exists()


# One profession


def test_one_profession_takes_eight_items(bank, nurse):
    session = take(actions.start_compatibility(language="fr", profession=nurse), 3)

    assert session.answers.count() == 8
    assert actions.resumed(session).report().profession == nurse.pk


def test_after_the_main_quiz_four_more_are_enough(session, nurse):
    main = take(session)

    short = actions.start_compatibility(language="fr", profession=nurse, main=main)
    assert len(actions.form_items(short)) == 4
    short = take(short, 3)

    assert (short.based_on, short.model_version) == (main, main.model_version)
    assert not {a.item_id for a in short.answers.all()} & {a.item_id for a in main.answers.all()}
    assert actions.resumed(short).asked == 24


def test_half_a_main_quiz_is_not_built_on(session, nurse):
    short = actions.start_compatibility(language="fr", profession=nurse, main=give(session))

    assert (short.based_on, short.length) == (None, 8)


def test_a_short_quiz_outlives_the_main_one(session, nurse):
    main = take(session)
    short = give(actions.start_compatibility(language="fr", profession=nurse, main=main))
    actions.erase(token=main.edit_token)
    short.refresh_from_db()

    assert take(short).is_finished


def test_a_profession_without_interests_has_no_quiz(bank, nurse):
    with pytest.raises(actions.NotReady):
        actions.start_compatibility(language="fr", profession=ProfessionFactory())


# Consent and erasure


def test_a_consent_can_be_given_and_withdrawn(session):
    take(session)
    for consents in [True, False]:
        changed = actions.leave_to_research(token=session.edit_token, consents=consents)
        assert changed.consent_research is consents


def test_a_person_erases_everything_at_once(session):
    session = take(session)
    Report.objects.create(session=session, snapshot={}, engine_version="1")

    actions.erase(token=session.edit_token)

    assert not QuizSession.objects.exists()
    assert not Answer.objects.exists()
    assert not Report.objects.exists()


def test_the_link_that_shows_does_not_erase(session):
    with pytest.raises(actions.Gone):
        actions.erase(token=session.share_token)
    assert QuizSession.objects.exists()
