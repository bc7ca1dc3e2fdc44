from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from careers.offers import live, statistics
from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from portal import kept
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import MunicipalityFactory, ZoneFactory
from tests.house import LIVE_OFFERS_QUERIES
from tests.offers import settle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_memory():
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def found():
    """A profession, and pages that show its offers by the name of what they are about."""
    profession, town = ProfessionFactory(), MunicipalityFactory()
    programme = ProgrammeFactory(professions=[profession])
    zone = ZoneFactory(municipalities=[town])
    return profession, town, [profession, programme, programme.school, zone]


def test_a_new_offer_is_on_every_page_about_it_within_two_seconds(client, found):
    profession, town, things = found
    urls = [thing.get_absolute_url() for thing in things]
    assert all(b"Soudeur de nuit" not in client.get(url).content for url in urls)

    offer = JobOfferFactory(title="Soudeur de nuit", profession=profession, places=[town])
    settle()

    with time_machine.travel(timezone.now() + timedelta(seconds=2)):
        assert all(b"Soudeur de nuit" in client.get(url).content for url in urls)
    JobOffer.objects.filter(pk=offer.pk).update(status=OfferStatus.FILLED)
    settle()
    with time_machine.travel(timezone.now() + timedelta(seconds=4)):
        assert all(b"Soudeur de nuit" not in client.get(url).content for url in urls)


@pytest.mark.parametrize("number", [1, live.SHOWN, live.SHOWN + 3])
def test_more_offers_cost_no_more_queries(found, django_assert_max_num_queries, number):
    profession, town, _things = found
    JobOfferFactory.create_batch(number, profession=profession, places=[town])
    settle()

    with django_assert_max_num_queries(LIVE_OFFERS_QUERIES):
        html = live.of_profession(profession)

    assert html.count("<article") == min(number, live.SHOWN)


def test_a_row_tells_the_towns_in_the_language_of_the_page(found):
    profession = found[0]
    towns = [
        MunicipalityFactory(name_fr="Liège", name_nl="Luik"),
        MunicipalityFactory(name_fr="Ouffet", name_nl=""),
        MunicipalityFactory(),
    ]
    JobOfferFactory(profession=profession, places=towns)
    settle()

    with override("nl"):
        assert "Luik, Ouffet…" in live.of_profession(profession)
    assert "Liège, Ouffet…" in live.of_profession(profession)


def test_other_offers_stay_away(client, found):
    JobOfferFactory(title="Soudeur de nuit")
    settle()

    for thing in found[2]:
        assert b"Soudeur de nuit" not in client.get(thing.get_absolute_url()).content


def test_a_guide_shows_what_its_offers_pay_from_five_on(client, found):
    profession, town, _things = found
    JobOfferFactory.create_batch(4, profession=profession, places=[town])
    statistics.refresh()
    assert b"live-pay" not in client.get(profession.get_absolute_url()).content

    JobOfferFactory(profession=profession, places=[town], pay_min=4000, pay_max=4000)
    settle()
    statistics.refresh()

    kept.forget()
    html = client.get(profession.get_absolute_url()).content.decode()
    assert "live-pay" in html
    assert "2750" in html.replace("\u202f", "").replace("\xa0", "").replace("&nbsp;", "")


@pytest.mark.parametrize("is_example", [False, True])
def test_invented_offers_and_their_pay_are_marked(client, found, is_example):
    profession, town, _things = found
    employer = EmployerFactory(is_example=is_example)
    JobOfferFactory.create_batch(5, profession=profession, places=[town], employer=employer)
    settle()
    statistics.refresh()

    html = client.get(profession.get_absolute_url()).content.decode()

    assert "live-pay" in html
    assert ('<span class="tag">Example</span>' in html) == is_example
    assert ("These figures come from invented example offers." in html) == is_example


def test_a_school_without_programmes_has_no_empty_section(client):
    school = ProgrammeFactory().school

    assert b'id="offers"' not in client.get(school.get_absolute_url()).content


def test_the_site_search_finds_offers_near_a_place(client):
    near, far = MunicipalityFactory(name_fr="Dinant"), MunicipalityFactory(name_fr="Ostende")
    JobOfferFactory(title="Soudeuse de jour", places=[near])
    JobOfferFactory(title="Soudeur de nuit", places=[far])
    settle()

    everywhere = client.get("/recherche/", {"q": "soudeur"}).content.decode()
    here = client.get("/recherche/", {"q": "soudeur", "where": "Ostende"}).content.decode()

    assert "Soudeur de nuit" in everywhere
    assert "Soudeur de nuit" in here
    assert "Soudeuse de jour" not in here
    assert "/offres/?q=soudeur&amp;where=Ostende" in here


def test_the_site_search_tells_of_a_place_that_it_does_not_know(client):
    MunicipalityFactory(name_fr="Dinant")
    JobOfferFactory(title="Soudeuse de jour")
    settle()

    html = client.get("/en/search/", {"q": "soudeuse", "where": "dina"}).content.decode()

    assert "Unknown place: “dina”. The offers shown are from all of Belgium." in html
    assert 'href="/en/search/?q=soudeuse&amp;where=Dinant"' in html
    assert 'aria-invalid="true" aria-describedby="page-where-error"' in html


def test_the_site_search_counts_the_offers_beside_its_pages(client):
    ProfessionFactory(name_masculine_fr="soudeur", name_feminine_fr="soudeuse")
    JobOfferFactory.create_batch(2, title="Soudeuse de jour")
    settle()

    html = client.get("/en/search/?q=soudeuse").content.decode()

    assert "1 page and 2 offers" in html
    assert 'href="/en/offers/?q=soudeuse">Job offers <span class="count">2</span></a>' in html
    assert '>All <span class="count">3</span></a>' in html
    assert 'id="offers-title">Job offers <span class="count">2</span>' in html


def test_the_site_search_does_not_say_nothing_above_offers_that_it_found(client):
    JobOfferFactory(title="Forgeronne", contract="permanent")
    settle()

    found = client.get("/en/search/?q=forgeronne+CDI").content.decode()
    nothing = client.get("/en/search/?q=xyzzyx").content.decode()

    assert "data-result-count>1 offer</p>" in found
    assert "No page found" not in found
    assert "No page found" in nothing
    assert "<!--fresh" not in found + nothing


def test_the_site_search_repairs_for_offers_only_what_no_page_is_called(client):
    SchoolFactory(name="HEPL")
    JobOfferFactory(title="Help", employer__name="Help")
    settle()

    known = client.get("/en/search/?q=HEPL").content.decode()
    misspelt = client.get("/en/search/?q=hlep").content.decode()
    as_typed = client.get("/en/search/?q=hlep&exact=1").content.decode()

    assert "No open offer answers this search." in known
    assert "Nobody writes" not in known
    assert "these are the offers for “help”" in misspelt
    assert 'href="/en/offers/?q=hlep&amp;exact=1"' in misspelt
    assert "these are the offers for" not in as_typed


def test_home_counts_the_offers_open_today(client):
    JobOfferFactory.create_batch(2)
    JobOfferFactory(expired=True)
    settle()

    html = client.get("/").content.decode()

    assert '<a href="/offres/">2</a>' in html


def test_home_says_where_the_offers_it_counts_are_invented(client):
    JobOfferFactory()
    settle()
    real = client.get("/en/").content.decode()
    JobOfferFactory(employer__is_example=True)
    settle()
    kept.forget()

    assert "invented examples" not in real
    assert "invented examples among them" in client.get("/en/").content.decode()
