"""What people type finds the offers they mean."""

import pytest
from django.utils import timezone

from careers.offers import search
from careers.offers.search import names
from careers.offers.search.query import Query
from careers.offers.search.terms import query_words
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory, ProfessionNameFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    profession = ProfessionFactory(
        name_masculine_fr="infirmier", name_feminine_fr="infirmière", name_short_fr="infirmier"
    )
    ProfessionNameFactory(profession=profession, text="Verpleegkundige", language="nl")
    ProfessionNameFactory(profession=profession, text="IDE", is_hidden=True)
    return profession


def found(text: str) -> list[int]:
    words = search.repair(query_words(text))
    return search.search(Query(timezone.localdate(), words=words)).ids


@pytest.mark.parametrize(
    "text", ["Infirmière", "infirmiere", "INFIRMIER", "infirmeir", "verpleegkundige", "ide"]
)
def test_a_profession_is_found_by_each_of_its_names_however_it_is_written(nurse, text):
    titled = JobOfferFactory(title="Infirmier de nuit", profession=nurse)
    other = JobOfferFactory(title="Un poste à l’hôpital", profession=nurse)
    JobOfferFactory(title="Soudeur")

    assert found(text) == [other.pk, titled.pk]


def test_titles_and_names_of_professions_come_before_texts(nurse):
    titled = JobOfferFactory(title="Infirmière cheffe")
    mentioned = JobOfferFactory(title="Secrétaire", description="Pour nos infirmières.")

    assert found("infirmier") == [titled.pk, mentioned.pk]


def test_words_may_stand_in_different_texts(nurse):
    employer = EmployerFactory(name="Clinique Saint-Luc")
    offer = JobOfferFactory(profession=nurse, employer=employer, description="De nuit.")
    JobOfferFactory(profession=nurse)

    assert found("infirmière de nuit Saint-Luc") == [offer.pk]


def test_a_word_that_offers_use_is_not_repaired(nurse):
    offer = JobOfferFactory(title="Infirmeur")

    assert search.repair(["infirmeur", "infirmuer"]) == ("infirmeur", "infirmier")
    assert names.repair(["infirmuer"], lambda number: True) == ("infirmuer",)
    assert found("infirmeur") == [offer.pk]


def test_a_word_that_nobody_knows_stays_and_finds_nothing(nurse):
    JobOfferFactory(profession=nurse)

    assert search.repair(["xylophagie"]) == ("xylophagie",)
    assert found("infirmier xylophagie") == []


def test_nothing_typed_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search.repair([]) == ()
