from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from quiz import versions
from quiz.engine import Session
from quiz.enums import FACETS, Interest, SessionState
from quiz.models import Answer, ModelVersion, QuizSession
from tests.careers.professions.factories import InterestProfileFactory
from tests.quiz.factories import ItemFactory, QuizSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return [
        ItemFactory(dimension=interest, facet=facets[number % 4])
        for interest, facets in FACETS.items()
        for number in range(2)
    ]


@pytest.fixture
def professions():
    return [
        InterestProfileFactory(realistic=7, social=1).profession,
        InterestProfileFactory(realistic=1, social=7).profession,
    ]


def answer(bank, version, people, language="fr", **values):
    """Whole sessions whose answers are left to research."""
    draw = np.random.default_rng(people)
    sessions = QuizSession.objects.bulk_create(
        QuizSession(
            model_version=version,
            language=language,
            state=SessionState.FINISHED,
            **{"consent_research": True, "finished_at": timezone.now()} | values,
        )
        for _person in range(people)
    )
    Answer.objects.bulk_create(
        Answer(session=session, item=item, value=draw.integers(1, 6), order=order)
        for session in sessions
        for order, item in enumerate(bank, start=1)
    )


def test_without_items_or_professions_there_is_no_version(bank):
    assert versions.version_for("fr") is None


def test_the_first_session_has_a_version_made_of_theory(bank, professions):
    version = versions.version_for("fr")

    assert (version.number, version.language, version.respondents) == (1, "", 0)
    assert versions.version_for("nl") == version
    assert versions.renew() == []


def test_a_version_makes_the_engine_work(bank, professions, django_assert_num_queries):
    version = versions.version_for("fr")
    loaded = versions.load(version)
    session = Session(loaded.model, loaded.catalogue, max_items=12)
    interests = {item.key: item.dimension for item in bank}
    while (item := session.next_item()) is not None:
        session.answer(item, 5 if interests[item] == Interest.SOCIAL else 2)

    best = session.report().professions[0]

    assert best.id == professions[1].pk
    with django_assert_num_queries(0):
        assert versions.load(version) is loaded


def test_what_is_loaded_is_what_was_made(bank, professions):
    version = versions.version_for("fr")

    again = versions.load(ModelVersion.objects.get(pk=version.pk)).model

    assert again.data() == version.parameters
    assert [item.facet for item in again.bank.items] == [item[2] for item in version.bank]


def test_a_profile_comes_with_level_family_and_confidence(professions):
    profession = professions[0]
    profession.interests.confidence = 1
    profession.interests.save()

    found = {entry["id"]: entry for entry in versions.profiles()}

    assert found[profession.pk] == {
        **{"id": profession.pk, "interests": [7, 5, 4, 1, 2, 1]},
        **{"level": 4, "family": profession.sector_id, "confidence": 1},
    }
    assert found[professions[1].pk]["confidence"] == 0.5


def test_a_new_item_or_profile_is_followed_by_a_new_version(bank, professions):
    first = versions.version_for("fr")
    QuizSessionFactory(model_version=first)

    ItemFactory()
    [second] = versions.renew()
    professions[0].interests.delete()
    [third] = versions.renew()

    assert [len(version.bank) for version in [first, second, third]] == [12, 13, 13]
    assert third.parameters == second.parameters
    assert [entry["id"] for entry in third.catalogue] == [professions[1].pk]
    assert ModelVersion.objects.get(is_current=True) == third


def test_a_model_is_made_of_answers_at_200_and_400(bank, professions):
    version = versions.version_for("fr")
    answer(bank, version, 199)
    assert versions.renew() == []

    answer(bank, version, 1, language="nl")
    [first] = versions.renew()
    answer(bank, version, 10, language="nl")
    assert versions.renew() == []
    answer(bank, version, 190, language="nl")
    followed = versions.renew()

    assert (first.language, first.respondents) == ("", 200)
    assert {made.language: made.respondents for made in followed} == {"": 400, "nl": 201}


def test_models_are_made_of_the_newest_people(bank, professions, monkeypatch):
    monkeypatch.setattr(versions, "MOST_PEOPLE", 3)
    version = versions.version_for("fr")
    answer(bank, version, 2, finished_at=timezone.now() - timedelta(days=40))
    answer(bank, version, 2)
    answer(bank, version, 4, language="nl")
    keys = {item.key for item in bank}
    newest = QuizSession.objects.filter(language="fr").order_by("-finished_at", "-pk")[:3]

    found = versions.research_answers(keys)
    given = [dict(one.answers.values_list("item__key", "value")) for one in reversed(newest)]

    assert {code: len(rows) for code, rows in found.items() if rows} == {"fr": 3, "nl": 3}
    assert sorted(found["fr"], key=str) == sorted(given, key=str)
    assert versions.research_people(keys) == {code: len(rows) for code, rows in found.items()}


def test_answers_are_read_only_where_a_model_is_due(bank, professions, django_assert_num_queries):
    answer(bank, versions.version_for("fr"), 5)

    with django_assert_num_queries(7):
        assert versions.renew() == []


def test_a_language_has_its_own_model_from_200_people_on(bank, professions):
    version = versions.version_for("nl")
    answer(bank, version, 200, language="nl")

    made = {one.language: one for one in versions.renew()}

    assert set(made) == {"", "nl"}
    assert versions.version_for("nl") == made["nl"]
    assert versions.version_for("de") == made[""]
    assert versions.renew() == []


def test_only_answers_left_to_research_teach_the_model(bank, professions):
    version = versions.version_for("fr")
    answer(bank, version, 200, consent_research=False)

    assert versions.renew() == []
