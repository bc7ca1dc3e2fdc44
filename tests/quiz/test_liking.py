"""No sentence claims a liking that the answers themselves contradict."""

import random
from statistics import median

import pytest
from django.utils import translation

from portal import kept
from quiz import findings, lookups, sentences, versions
from quiz.engine import Session
from quiz.reasons import ReasonKind
from tests.quiz.shipped import load_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

PEOPLE = 60
LIKING, DISLIKING = ("You like ",), ("You are less drawn to ",)


@pytest.fixture(autouse=True)
def bank():
    kept.forget()
    load_bank()
    with translation.override("en"):
        yield


def reports():
    """Reports of people who like some interests and answer as high or low as they please."""
    loaded, luck = versions.load(versions.version_for("en")), random.Random(7)
    for _person in range(PEOPLE):
        level, liked = luck.uniform(1, 5), {letter: luck.gauss(0, 1.2) for letter in "RIASEC"}
        session = Session(loaded.model, loaded.catalogue, 20)
        while (key := session.next_item()) is not None:
            letter = loaded.model.bank.items[loaded.model.bank.index(key)].dimension
            value = round(luck.gauss(level + liked[letter], 0.7))
            session.answer(key, min(max(value, 1), 5))
        yield session.report()


def means(report):
    return {interest.dimension: interest.mean for interest in report.interests}


def test_a_reason_of_liking_is_borne_out_by_the_mean_answers():
    known, told = lookups.professions(), set()

    for report in reports():
        own = means(report)
        middle = median(own.values())
        listed = [match for match in report.professions if match.id in known]
        rows = findings.professions(listed[:15] + listed[-15:], report, known)
        for row in rows.values():
            for reason in [*row["strengths"], row["friction"]]:
                said, letter = sentences.of_reason(reason), reason["letter"]
                if said.startswith(LIKING):
                    assert own[letter] >= max(3, middle), said
                if said.startswith(DISLIKING):
                    assert own[letter] < middle, said
                told.add((reason["kind"], reason.get("plain")))

    both = {ReasonKind.SHARED, ReasonKind.SPARED, ReasonKind.MISSING, ReasonKind.HEAVY}
    assert {(kind, plain) for kind in both for plain in (True, False)} <= told


def test_the_headline_names_as_most_and_least_what_the_mean_answers_do():
    most, compared = 0, 0

    for report in reports():
        own = means(report)
        order = [str(sentences.short(letter)) for letter in sorted(own, key=own.get, reverse=True)]
        data = {
            "open": report.open_profile,
            "interests": findings.interests(report),
            "families": [],
        }
        first, *rest = sentences.of_profile(data)
        if first.startswith("What attracts you most"):
            most += 1
            assert first == f"What attracts you most is {order[0]}; next comes {order[1]}."
            assert sorted(own.values())[-2] >= 3
        elif "stand out" in first:
            compared += 1
        if rest:
            assert rest[0].casefold() == f"{order[-1]} attracts you least.".casefold()

    assert most
    assert compared
