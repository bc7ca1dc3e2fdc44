import pytest
from pytest_django.asserts import assertContains

from careers.offers.enums import WorkingTime
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.zones.factories import MunicipalityFactory, ZoneFactory

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_decides(client):
    town = MunicipalityFactory(name_fr="Verviers")
    ZoneFactory(name_fr="Sillon wallon", municipalities=[town])
    offer = JobOfferFactory(
        title="Soudeuse",
        places=[town],
        languages={"nl": 3},
        working_time=WorkingTime.PART,
        percentage=80,
        description="Souder *bien*.",
    )

    response = client.get(offer.get_absolute_url())

    for text in ["Soudeuse", "H/F/X", "Verviers", "Sillon wallon", "80 %", "B1", "<em>bien</em>"]:
        assertContains(response, text)
