from time import monotonic

import pytest
from django.http import QueryDict
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers import search
from careers.offers.filters import JobOfferFilterSet
from careers.offers.search import names
from portal import kept
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.zones.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


def url(query=""):
    return f"{reverse('offers:list')}?{query}"


def total(query):
    return JobOfferFilterSet(QueryDict(query)).answer.total


def test_what_is_left_out_is_told_in_the_words_of_the_page(client):
    response = client.get(url("contract=zzz&foo=1"))

    assertContains(response, "Contract: “zzz”")
    assertContains(response, "<code>foo=1</code>")


def test_an_unknown_place_is_told_with_near_names_and_its_field_is_marked(client):
    MunicipalityFactory(name_fr="Seraing")
    JobOfferFactory()

    response = client.get(url("where=Sera&contract=permanent"))

    assertContains(response, "Unknown place: “Sera”. The offers shown are from all of Belgium.")
    assertContains(response, 'href="/en/offers/?contract=permanent&amp;where=Seraing"')
    assertContains(response, 'aria-invalid="true" aria-describedby="offer-where-error"')
    assertContains(response, 'id="offer-where-error"')
    assert response.context["filterset"].answer.total == 1
    assertNotContains(client.get(url("where=Seraing")), "aria-invalid")
    assertNotContains(client.get(url("where=xyzzyx")), "Did you mean")


def test_who_says_one_language_is_told_what_the_others_would_open(client):
    JobOfferFactory(languages={"fr": 5})
    JobOfferFactory.create_batch(2, languages={"fr": 4, "nl": 3})
    JobOfferFactory(languages={"en": 1, "de": 2})

    response = client.get(url("fr=C1"))

    gauge = response.context["listing"].gauge
    assert gauge.total == total(gauge.url.partition("?")[2]) == 1
    assert [(step["label"], step["count"]) for step in gauge.steps] == [("Dutch B1", 3)]
    assert total(gauge.steps[0]["url"].partition("?")[2]) == 3
    assertContains(response, "can answer 1 offer.")
    assert client.get(url()).context["listing"].gauge is None


def test_misspelt_words_are_repaired_and_it_is_said(client):
    JobOfferFactory(title="Infirmière", profession=ProfessionFactory(name_masculine_fr="infirmier"))

    response = client.get(url("q=infirmeir"))

    assert response.context["filterset"].answer.total == 1
    assertContains(response, "exact=1")
    assert client.get(url("q=infirmeir&exact=1")).context["filterset"].answer.total == 0


def test_a_repair_that_finds_nothing_is_not_made(client):
    JobOfferFactory(title="Infirmière", profession=ProfessionFactory(name_masculine_fr="infirmier"))

    response = client.get(url("q=infirmeir&contract=student"))

    assert response.context["filterset"].words == ("infirmeir",)
    assertNotContains(response, "Nobody writes")


def test_words_stay_as_they_are_where_there_is_no_time_to_repair_them(monkeypatch):
    JobOfferFactory(profession=ProfessionFactory(name_masculine_fr="infirmier"))
    late = monotonic() - 1
    monkeypatch.setattr(search, "repair", lambda words: names.repair(words, until=late))

    assert JobOfferFilterSet(QueryDict("q=infirmeir")).words == ("infirmeir",)
