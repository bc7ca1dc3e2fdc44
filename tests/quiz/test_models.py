import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.models import ContentVersion
from quiz.enums import (
    Facet,
    Interest,
    ItemStatus,
    SessionKind,
    SessionState,
    StudyOpenness,
)
from quiz.models import Answer, Item, ModelVersion, QuizSession, ScalePoint
from tests.quiz.factories import (
    AnswerFactory,
    ClassGroupFactory,
    ItemFactory,
    ModelVersionFactory,
    QuizSessionFactory,
)

pytestmark = pytest.mark.django_db


def refused(act):
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return str(error)
    return ""


# Item bank


def test_the_bank_that_ships_is_loaded_once(capsys):
    for _time in range(2):
        capsys.readouterr()
        call_command("load_content", only="items", json=True)
    counts = json.loads(capsys.readouterr().out)["counts"]
    call_command("load_content", only="scale", json=True)

    assert counts == {"items": {"same": 60}}
    assert Item.objects.active().count() == 60
    assert [point.label_fr for point in ScalePoint.objects.all()][2] == "Ni oui ni non"


def test_an_item_keeps_to_the_facets_of_its_interest():
    item = ItemFactory.build(dimension=Interest.SOCIAL, facet=Facet.MACHINES)

    with pytest.raises(ValidationError):
        item.full_clean()
    assert "item_facet_belongs" in refused(item.save)


def test_no_two_items_have_the_same_text():
    ItemFactory(text_fr="Jouer", text_nl="")
    ItemFactory(text_fr="Chanter", text_nl="")

    assert "item_one_a_text_fr" in refused(lambda: ItemFactory(text_fr="Jouer"))


def test_a_new_text_is_content_that_pages_show():
    before = ContentVersion.current()

    ItemFactory()

    assert ContentVersion.current() > before


# Versions of the model


def test_a_version_can_be_corrected_until_a_session_uses_it():
    version = ModelVersionFactory()
    version.parameters = {"mean": [3.1]}
    version.save()

    QuizSessionFactory(model_version=version)
    QuizSessionFactory(model_version=version)

    version.refresh_from_db()
    assert version.is_frozen
    for change in [
        {"parameters": {"mean": [1]}},
        {"bank": []},
        {"catalogue": {"1": [7] * 6}},
        {"number": 99},
        {"used_at": None},
    ]:
        act = ModelVersion.objects.filter(pk=version.pk).update
        assert "Cannot update" in refused(lambda act=act, change=change: act(**change)), change


def test_a_used_version_may_still_be_replaced_and_annotated():
    version = ModelVersionFactory(is_current=True)
    QuizSessionFactory(model_version=version)

    ModelVersion.objects.filter(pk=version.pk).update(is_current=False, notes="Trop court.")

    version.refresh_from_db()
    assert (version.is_current, version.notes) == (False, "Trop court.")


def test_a_used_version_stays_after_its_sessions():
    version = ModelVersionFactory()
    session = QuizSessionFactory(model_version=version)
    session.delete()

    raw = f"DELETE FROM quiz_modelversion WHERE id = {version.pk}"

    assert "Cannot delete" in refused(lambda: connection.cursor().execute(raw))


def test_an_item_of_a_version_stays_and_a_draft_may_go():
    known, draft = ItemFactory(), ItemFactory(status=ItemStatus.DRAFT)
    ModelVersionFactory(bank=[["other", "R", "building"], [known.key, "R", "building"]])

    assert "Cannot delete an item" in refused(known.delete)
    draft.delete()

    assert list(Item.objects.all()) == [known]


def test_a_session_keeps_its_version():
    session = QuizSessionFactory()
    other = ModelVersionFactory()

    sessions = QuizSession.objects.filter(pk=session.pk)

    assert "Cannot update" in refused(lambda: sessions.update(model_version=other))


def test_a_language_has_one_current_version_and_falls_back_to_that_of_all():
    everyone = ModelVersionFactory(is_current=True)
    dutch = ModelVersionFactory(is_current=True, language="nl")
    ModelVersionFactory(language="de")

    assert ModelVersion.objects.for_language("nl") == dutch
    assert ModelVersion.objects.for_language("de") == everyone
    assert "modelversion_one_current" in refused(lambda: ModelVersionFactory(is_current=True))


def test_there_may_be_no_version_yet():
    assert ModelVersion.objects.for_language("fr") is None


# Sessions and answers


def test_a_session_has_two_links_and_a_day_of_erasure():
    session = QuizSessionFactory()

    assert len({session.edit_token, session.share_token}) == 2
    assert min(len(session.edit_token), len(session.share_token)) >= 43
    assert session.erase_on == timezone.localdate() + timedelta(days=30)


def test_a_session_holds_nothing_that_names_a_person():
    names = {field.name for model in [QuizSession, Answer] for field in model._meta.local_fields}

    assert not names & {"name", "email", "user", "sex", "gender", "ip", "ip_address", "birth_date"}
    assert not {f.related_model.__name__ for f in QuizSession._meta.fields if f.related_model} & {
        "User"
    }


def test_people_and_their_answers_leave_no_history_and_no_new_content_version():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgrelid::regclass::text ~ '^quiz_(quizsession|answer|report|classgroup)$'"
        )
        triggers = {name for _table, name in cursor.fetchall()}
    before = ContentVersion.current()
    item = ItemFactory()
    bumped = ContentVersion.current()
    assert bumped > before

    AnswerFactory(item=item, session=QuizSessionFactory(class_group=ClassGroupFactory()))

    assert ContentVersion.current() == bumped
    assert not [name for name in triggers if "insert_insert" in name or "bump" in name]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"kind": SessionKind.COMPATIBILITY}, "compatibility_names_a_profession"),
        ({"state": SessionState.FINISHED}, "finished_ones_have_an_end"),
        ({"edit_token": None}, "has_links_until_it_is_anonymous"),
        ({"anonymised_on": timezone.localdate()}, "has_links_until_it_is_anonymous"),
        ({"language": "xx"}, "language_is_known"),
        ({"study_level": "phd"}, "study_level_is_known"),
        ({"situation": "famous"}, "situation_is_known"),
    ],
)
def test_the_database_refuses_sessions_that_make_no_sense(values, rule):
    assert rule in refused(lambda: QuizSessionFactory(**values))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"value": 0}, "answer_value_between_1_and_5"),
        ({"value": 6}, "answer_value_between_1_and_5"),
        ({"order": 0}, "answer_order_starts_at_1"),
        ({"milliseconds": 3_600_001}, "answer_time_is_within_an_hour"),
    ],
)
def test_the_database_refuses_answers_out_of_range(values, rule):
    assert rule in refused(lambda: AnswerFactory(**values))


def test_an_item_is_answered_once_and_a_place_taken_once():
    first = AnswerFactory(order=1)

    again = {"session": first.session, "order": 2, "item": first.item}
    same_place = {"session": first.session, "order": 1}

    assert "answer_one_an_item_and_session" in refused(lambda: AnswerFactory(**again))
    assert "answer_one_a_place_and_session" in refused(lambda: AnswerFactory(**same_place))


def test_a_skipped_item_has_no_value():
    assert str(AnswerFactory(value=None, order=4)) == "4: –"


def test_an_answered_item_is_not_deleted():
    answer = AnswerFactory()

    raw = f"DELETE FROM quiz_item WHERE id = {answer.item_id}"
    act = lambda: (connection.cursor().execute(raw), connection.check_constraints())  # noqa: E731

    assert "foreign key" in refused(act)


def test_levels_of_study_are_shared_out_between_the_choices():
    chosen = [level for openness in StudyOpenness for level in openness.levels]

    assert sorted(chosen) == sorted(StudyOpenness.ANY.levels * 2)
