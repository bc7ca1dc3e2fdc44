from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.jobs.queue import TASKS
from quiz import tasks
from quiz.enums import SessionKind, SessionState, Situation
from quiz.models import Answer, ClassGroup, QuizSession, Report
from tests.careers.professions.factories import ProfessionFactory
from tests.quiz.factories import AnswerFactory, ClassGroupFactory, QuizSessionFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 9, 14, 8, 30, tzinfo=UTC)


def session(*, answers=2, **values):
    """A session of two answers with a report, begun on START."""
    with days_later(0):
        made = QuizSessionFactory(situation=Situation.PUPIL, **values)
    for order in range(1, answers + 1):
        AnswerFactory(session=made, order=order)
    Report.objects.create(session=made, snapshot={"text": "R"}, engine_version="1")
    return made


def finished(**values):
    return session(state=SessionState.FINISHED, finished_at=START, **values)


def days_later(count):
    return time_machine.travel(START + timedelta(days=count), tick=False)


def run_on(day):
    with days_later(day):
        tasks.erase_sessions.call()
        tasks.erase_classes.call()


def test_rounds_are_made_every_night():
    assert {TASKS[f"quiz.tasks.{name}"].cron for name in ["erase_sessions", "erase_classes"]} == {
        "20 3 * * *",
        "25 3 * * *",
    }


def test_a_session_lives_thirty_days_and_not_one_more():
    finished(), session()

    run_on(29)
    assert QuizSession.objects.count() == 2
    assert Answer.objects.count() == 4

    run_on(30)
    assert not QuizSession.objects.exists()
    assert not Answer.objects.exists()
    assert not Report.objects.exists()


def test_answers_left_to_research_stay_without_what_leads_to_a_person():
    kept = finished(consent_research=True, class_group=ClassGroupFactory(), mails=1)
    with days_later(5):
        newer = QuizSessionFactory(based_on=kept)

    run_on(30)

    kept.refresh_from_db()
    newer.refresh_from_db()
    assert (kept.edit_token, kept.share_token, kept.class_group) == (None, None, None)
    assert (kept.situation, kept.mails) == ("", 0)
    assert kept.anonymised_on.isoformat() == "2026-10-01"
    assert timezone.localdate(kept.started_at).isoformat() == "2026-09-01"
    assert newer.based_on is None
    assert kept.answers.count() == 2
    assert not Report.objects.filter(session=kept).exists()


def test_nothing_stays_that_the_person_was_not_told_of():
    kept = finished(consent_research=True, is_flagged=True, length=12)
    QuizSession.objects.filter(pk=kept.pk).update(
        started_at=START - timedelta(days=20), finished_at=START
    )

    run_on(30)

    row = QuizSession.objects.values().get(pk=kept.pk)
    told = {"language", "study_level", "model_version_id", "length", "is_flagged"}
    always = {"id", "kind", "state", "consent_research"}
    months = {row.pop(name) for name in ["started_at", "finished_at"]}
    assert len(months) == 1
    assert row.pop("anonymised_on").day == 1
    assert {name for name, value in row.items() if value not in {None, "", 0}} == told | always


def test_what_was_made_anonymous_is_left_alone():
    kept = finished(consent_research=True)
    run_on(30)
    run_on(200)

    kept.refresh_from_db()
    assert kept.anonymised_on.isoformat() == "2026-10-01"


def test_half_a_quiz_and_a_short_one_are_no_use_to_research():
    session(consent_research=True)
    finished(consent_research=True, kind=SessionKind.COMPATIBILITY, profession=ProfessionFactory())

    run_on(30)

    assert not QuizSession.objects.exists()


def test_a_session_is_out_of_reach_on_its_day_even_before_the_round():
    made = session()

    with days_later(29):
        assert made in QuizSession.objects.reachable()
    with days_later(30):
        assert made not in QuizSession.objects.reachable()


def test_a_class_is_erased_after_thirty_days_and_newer_pupils_stay():
    with days_later(0):
        group = ClassGroupFactory()
        assert group in ClassGroup.objects.open()
    with days_later(5):
        pupil = QuizSessionFactory(class_group=group)

    run_on(30)

    pupil.refresh_from_db()
    assert not ClassGroup.objects.exists()
    assert pupil.class_group is None


def test_many_sessions_are_erased_in_few_queries(django_assert_max_num_queries):
    for _number in range(12):
        session(answers=1)

    with django_assert_max_num_queries(12):
        run_on(30)

    assert not QuizSession.objects.exists()
