"""Versions of the model: made of items, profiles and answers, and loaded to work with.

A version is never changed but followed by another one, so that what is loaded can be kept.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Exists, Max, OuterRef

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
# Of one language. More change a model no more (docs/decisions/0012), and renewing must not last.
MOST_PEOPLE = 1000

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
    model of its own from 200 people on. The new versions are used for new sessions at once. Where
    models are due it costs 4 s for 1,000 people, who count twice: half a minute at most.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERSIONS_LOCK])
    bank = [list(item) for item in Item.objects.active().values_list("key", "dimension", "facet")]
    catalogue = profiles()
    if not bank or not catalogue:
        return []
    keys = {key for key, *_rest in bank}
    people = research_people(keys)
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
    models = recalibrated(Bank(bank), research_answers(keys) | {"": []}) if due else {}
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


def research_people(keys: set[str]) -> dict[str, int]:
    """For each language, of how many people a model is made: those of `research_answers`."""
    given = Answer.objects.filter(session=OuterRef("pk"), value__isnull=False, item__key__in=keys)
    answered = QuizSession.objects.for_research().filter(Exists(given))
    counts = dict(answered.order_by().values_list("language").annotate(count=Count("pk")))
    return {code: min(counts.get(code, 0), MOST_PEOPLE) for code, _name in settings.LANGUAGES}


def research_answers(keys: set[str]) -> Answers:
    """For each language, the answers left to research by its newest 1,000 people: one
    {item: value} a person. One query a language."""
    return {code: _answers(code, keys) for code, _name in settings.LANGUAGES}


def _answers(language: str, keys: set[str]) -> list[dict[str, int]]:
    known = Answer.objects.filter(value__isnull=False, item__key__in=keys)
    sessions = QuizSession.objects.for_research().filter(
        Exists(known.filter(session=OuterRef("pk"))), language=language
    )
    newest = sessions.order_by("-finished_at", "-pk").values("pk")[:MOST_PEOPLE]
    given = known.filter(session__in=newest).order_by("session", "order")
    people: dict[Any, dict[str, Any]] = {}
    for session, item, value in given.values_list("session_id", "item__key", "value"):
        people.setdefault(session, {})[item] = value
    return list(people.values())


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
