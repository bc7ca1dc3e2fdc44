"""Versions of the model: made of items, profiles and answers, and loaded to work with.

A version is never changed but followed by another one, so that what is loaded can be kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from careers.professions.enums import StudyLevel
from careers.professions.models import InterestProfile
from quiz.engine import VERSION, Bank, Catalogue, Model, calibration_state, recalibrated
from quiz.engine.languages import FIRST
from quiz.models import Answer, Item, ModelVersion, QuizSession

LEVELS = list(StudyLevel)
# Any number: whoever holds it is the only one that makes versions.
VERSIONS_LOCK = 715_218
# Versions in memory: those of four languages, before and after a change.
LOADED = 8

Answers = dict[str, list[dict[str, int]]]


@dataclass(frozen=True)
class Loaded:
    """A version as the engine takes it; professions have their primary keys as ids."""

    model: Model
    catalogue: Catalogue


def load(version: ModelVersion) -> Loaded:
    """What the engine works with; costs one query the first time a process asks for a version.

    `version` may come with `bank`, `parameters` and `catalogue` deferred.
    """
    return _load(version.pk, version.created_at)


@lru_cache(maxsize=LOADED)
def _load(pk: int, _created_at: datetime) -> Loaded:
    version = ModelVersion.objects.get(pk=pk)
    bank = Bank(version.bank)
    return Loaded(Model.restored(bank, version.parameters), Catalogue(version.catalogue))


def version_for(language: str) -> ModelVersion | None:
    """The version for a new session, made now if there is none yet; None without items."""
    version = current(language)
    if version is None and renew():
        version = current(language)
    return version


def current(language: str) -> ModelVersion | None:
    """The version for a new session, None while none is made."""
    light = ModelVersion.objects.defer("bank", "parameters", "catalogue")
    return light.for_language(language)


@transaction.atomic
def renew() -> list[ModelVersion]:
    """Follow each version in use that is behind the items, the profiles or the answers.

    The answers left to research make a new model at 200 people and at 400; a language gets a
    model of its own from 200 people on. The new versions are used for new sessions at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERSIONS_LOCK])
    bank = [list(item) for item in Item.objects.active().values_list("key", "dimension", "facet")]
    catalogue = profiles()
    if not bank or not catalogue:
        return []
    answers = research_answers({key for key, *_rest in bank})
    people = {code: len(rows) for code, rows in answers.items()}
    # The model of all languages is that of a language in which nobody has answered.
    own = {code for code, count in people.items() if count >= FIRST}
    wanted = {"": sum(people.values())} | {code: people[code] for code in own}
    current = {
        version.language: version for version in ModelVersion.objects.filter(is_current=True)
    }
    due = {
        code
        for code, count in wanted.items()
        if code not in current or _needs_model(current[code], bank, count)
    }
    models = recalibrated(Bank(bank), {**answers, "": []}) if due else {}
    made = []
    for code in sorted(wanted):
        if code in due:
            made.append(_follow(code, bank, models[code].data(), catalogue))
        elif current[code].catalogue != catalogue:
            made.append(_follow(code, bank, current[code].parameters, catalogue))
    return made


def profiles() -> list[dict[str, Any]]:
    """The listed professions as `Catalogue` takes them and JSON holds them, by primary key."""
    found = InterestProfile.objects.filter(profession__is_listed=True).select_related("profession")
    return [
        {
            "id": profile.profession_id,
            "interests": profile.values,
            "level": LEVELS.index(StudyLevel(profile.profession.study_level)),
            "family": profile.profession.sector_id,
            "confidence": float(profile.confidence),
        }
        for profile in found.order_by("profession_id")
    ]


def research_answers(keys: set[str]) -> Answers:
    """For each language, the answers left to research: one {item: value} a person."""
    sessions = QuizSession.objects.for_research()
    given = Answer.objects.filter(session__in=sessions, value__isnull=False, item__key__in=keys)
    columns = ["session__language", "session", "item__key", "value"]
    cells: Iterable[Any] = given.order_by("session", "order").values_list(*columns)
    people: dict[str, dict[int, dict[str, int]]] = {code: {} for code, _ in settings.LANGUAGES}
    for language, session, item, value in cells:
        people[language].setdefault(session, {})[item] = value
    return {language: list(rows.values()) for language, rows in people.items()}


def _needs_model(version: ModelVersion, bank: list[Any], people: int) -> bool:
    return version.bank != bank or calibration_state(version.respondents) != calibration_state(
        people
    )


def _follow(
    language: str, bank: list[Any], parameters: dict[str, Any], catalogue: list[Any]
) -> ModelVersion:
    last = ModelVersion.objects.aggregate(last=Max("number"))["last"] or 0
    ModelVersion.objects.filter(language=language, is_current=True).update(is_current=False)
    return ModelVersion.objects.create(
        number=last + 1,
        language=language,
        bank=bank,
        parameters=parameters,
        catalogue=catalogue,
        engine_version=VERSION,
        respondents=parameters["people"],
        is_current=True,
    )
