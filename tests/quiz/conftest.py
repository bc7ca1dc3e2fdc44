import pytest
from django.utils import translation

from careers.professions import actions
from careers.professions.enums import Section
from portal import kept
from quiz.enums import FACETS
from tests.careers.professions.factories import (
    CriterionFactory,
    GuideFactory,
    GuideItemFactory,
    InterestProfileFactory,
)
from tests.quiz.factories import ItemFactory, ScalePointFactory
from tests.quiz.one_profession import begun, take
from tests.quiz.shipped import load_bank

STATEMENTS = ["Aimez-vous la nuit ?", "Supportez-vous le bruit ?", "Travaillez-vous en équipe ?"]


@pytest.fixture
def in_english():
    """Pages in English, with nothing kept of other tests."""
    kept.forget()
    with translation.override("en"):
        yield
    kept.forget()


@pytest.fixture
def nurse():
    """One of two professions, beside all items and answers that ship."""
    return load_bank()


@pytest.fixture
def questions():
    """Items of all interests, and the five answers."""
    for interest, facets in FACETS.items():
        for number in range(4):
            ItemFactory(dimension=interest, facet=facets[number % 4])
    for value in range(1, 6):
        ScalePointFactory(value=value)


@pytest.fixture
def guided(questions):
    """A profession for social people with a published guide, among others without."""
    for realistic, social in [(7, 1), (6, 2), (1, 4), (5, 5), (3, 6)]:
        InterestProfileFactory(realistic=realistic, social=social)
    guide = GuideFactory(profession__name_masculine_fr="infirmier", profession__slug_fr="infirmier")
    for text in STATEMENTS:
        criterion = CriterionFactory(name_fr=f"critère {text[:5]}")
        GuideItemFactory(
            guide=guide, section=Section.SELF_CHECKS, text_fr=text, criterion=criterion
        )
    InterestProfileFactory(profession=guide.profession, realistic=2, social=7, artistic=3)
    actions.publish(guide=guide)
    return guide.profession


@pytest.fixture
def finished_one(client, guided):
    """A finished quiz about it, of somebody who likes it; nothing said to the statements."""
    return take(begun(client, guided))
