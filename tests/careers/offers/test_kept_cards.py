from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import (
    assertContains,
    assertNotContains,
    assertTemplateNotUsed,
    assertTemplateUsed,
)

from careers.offers import kept_cards, search
from careers.offers.models import OfferPlace
from careers.offers.search.query import Query
from portal import kept
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.zones.factories import MunicipalityFactory
from tests.offers import settle

pytestmark = pytest.mark.django_db

CARD = "careers/offers/_card.html"


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


@pytest.fixture
def offer():
    offer = JobOfferFactory(title="Soudeur de nuit", employer__name="Forges du Nord")
    settle()
    return offer


@pytest.fixture
def asked(client):
    def ask():
        settle()
        return client.get(reverse("offers:list"))

    return ask


def test_a_card_is_made_once(asked, offer):
    assertTemplateUsed(asked(), CARD, count=1)

    again = asked()
    assertTemplateNotUsed(again, CARD)
    assertContains(again, "Soudeur de nuit")


def test_a_changed_offer_has_a_new_card(asked, offer):
    assertContains(asked(), "Soudeur de nuit")

    type(offer).objects.filter(pk=offer.pk).update(title="Soudeur de jour")

    assertContains(asked(), "Soudeur de jour")
    assertNotContains(asked(), "Soudeur de nuit")


def test_a_new_place_of_work_is_on_the_card(asked, offer):
    asked()

    OfferPlace.objects.create(offer=offer, municipality=MunicipalityFactory(name_fr="Ouffet"))

    assertContains(asked(), "Ouffet")


def test_a_renamed_employer_is_on_the_card(asked, offer):
    asked()

    offer.employer.name = "Forges du Sud"
    offer.employer.save()

    assertContains(asked(), "Forges du Sud")


def test_the_next_day_has_new_cards(asked, offer):
    offer.closes_on = timezone.localdate() + timedelta(days=8)
    offer.save()
    assertNotContains(asked(), "offer-soon")

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assertContains(asked(), "offer-soon")


def test_a_visitor_sees_what_is_kept_and_others_do_not(asked, client, offer):
    asked()

    client.post(
        reverse("portal:shortlist_change"),
        {"kind": "offer", "id": offer.pk, "do": "add", "small": 1},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    mine = asked()
    client.cookies.clear()

    assertContains(mine, "is-kept", count=1)
    assertNotContains(asked(), "is-kept")


def test_more_changes_than_are_looked_at_make_all_cards_anew(offer, monkeypatch):
    versions = kept_cards.Versions()
    change = search.search(Query(timezone.localdate())).change
    before = versions.of([offer.pk], change)
    monkeypatch.setattr(kept_cards, "MOST_CHANGES", 2)
    for number in range(4):
        other = JobOfferFactory(title=f"Autre {number}")
    settle()

    now = search.search(Query(timezone.localdate())).change

    assert now > change
    assert versions.of([offer.pk], now) != before
    assert versions.of([offer.pk], now) == versions.of([offer.pk], now)
    assert other
