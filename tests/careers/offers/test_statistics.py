import pytest
from django.utils import timezone

from careers.offers import statistics
from careers.offers.models import PayStatistic
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.zones.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offers():
    """Makes offers of one profession in one town that pay these monthly amounts."""
    profession, town, employer = ProfessionFactory(), MunicipalityFactory(), EmployerFactory()

    def make(*amounts, **values):
        for amount in amounts:
            JobOfferFactory(
                **{
                    "profession": profession,
                    "employer": employer,
                    "places": [town],
                    "pay_min": amount - 100,
                    "pay_max": amount + 100,
                    **values,
                }
            )
        return profession, town

    return make


def test_quartiles_are_those_of_the_middle_of_each_range(offers):
    profession, town = offers(2000, 2500, 3000, 3500, 4000)

    assert statistics.refresh() == 2

    whole = statistics.pay_of(profession.pk)
    assert (whole.count, whole.low, whole.median, whole.high) == (5, 2500, 3000, 3500)
    area = town.province.code if town.province else town.region.code
    assert statistics.pay_of(profession.pk, area).area == area
    assert [row.area for row in statistics.pay_by_area(profession.pk)] == ["", area]


def test_fewer_than_five_offers_say_nothing(offers):
    offers(2000, 2500, 3000, 3500)

    assert statistics.refresh() == 0


@pytest.mark.parametrize(
    "left_out",
    [
        {"expired": True},
        {"draft": True},
        {"contract": "student"},
        {"contract": "work-study"},
        {"pay_is_gross": False},
        {"working_time": "part", "percentage": 50},
    ],
    ids=str,
)
def test_only_live_offers_of_gross_pay_for_full_time_work_count(offers, left_out):
    profession, _town = offers(2000, 2500, 3000, 3500, 4000)
    offers(90_000, **left_out)

    statistics.refresh()

    assert statistics.pay_of(profession.pk).count == 5


def test_an_area_without_figures_has_those_of_the_country(offers):
    profession, _town = offers(2000, 2500, 3000, 3500, 4000)
    statistics.refresh()

    assert statistics.pay_of(profession.pk, "99999").area == ""
    assert statistics.pay_of(ProfessionFactory().pk) is None


def test_computing_again_replaces_the_figures(offers):
    offers(2000, 2500, 3000, 3500, 4000)
    statistics.refresh()
    before = timezone.now()

    statistics.refresh()

    assert PayStatistic.objects.count() == 2
    assert PayStatistic.objects.filter(computed_at__gte=before).count() == 2
