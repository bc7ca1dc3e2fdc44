import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers import statistics
from careers.offers.models import PayStatistic
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory, PayStatisticFactory
from tests.careers.professions.factories import (
    GuideFactory,
    ProfessionFactory,
    SalaryBandFactory,
)
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


# Beside the guide


def gap_of(profession):
    statistics.refresh()
    return statistics.pay_of(profession.pk).gap


@pytest.mark.parametrize(
    ("bands", "gap"),
    [
        ([{"minimum": 2800, "maximum": 3200}], 0),
        ([{"minimum": 3750, "maximum": 5000}], -20),
        ([{"minimum": 1500, "maximum": 2000}], 50),
        ([{"minimum": None, "maximum": 2400}], 25),
        # Twelve months, holiday pay and the thirteenth month.
        ([{"minimum": 13_920, "maximum": 27_840, "period": "year"}], 50),
        ([{"level": "beginner", "maximum": 2900}, {"level": "senior", "minimum": 3100}], 0),
        ([{"year": 2020, "maximum": 3000}, {"year": 2024, "minimum": 1000, "maximum": 2000}], 50),
        ([{"is_gross": False}], None),
        ([{"country": "FR"}], None),
        ([{"period": "hour"}], None),
        ([{"currency": "USD"}], None),
        ([], None),
    ],
    ids=str,
)
def test_the_median_lies_so_far_from_the_range_of_the_guide(offers, bands, gap):
    profession, _town = offers(2000, 2500, 3000, 3500, 4000)
    guide = GuideFactory(profession=profession)
    for band in bands:
        SalaryBandFactory(guide=guide, **{"minimum": 2000} | band)

    assert gap_of(profession) == gap


@pytest.mark.parametrize(("maximum", "is_far"), [(2500, False), (2479, True)])
def test_editors_are_told_of_more_than_twenty_per_cent(as_editor, offers, maximum, is_far):
    profession, _town = offers(2000, 2500, 3000, 3500, 4000)
    guide = GuideFactory(profession=profession)
    SalaryBandFactory(guide=guide, minimum=1000, maximum=maximum)
    statistics.refresh()

    desk = as_editor.get(reverse("admin:index"))
    listed = as_editor.get(reverse("admin:offers_paystatistic_changelist"), {"gap": "far"})

    [queue] = [queue for queue in desk.context["queues"] if queue.url.endswith("?gap=far")]
    assert queue.total == is_far
    assert len(listed.context["cl"].result_list) == is_far
    if is_far:
        assertContains(listed, "+21 %")
        assertContains(listed, reverse("admin:professions_guide_change", args=[guide.pk]))
        assertContains(listed, reverse("offers:of_profession", args=[profession.slug]))
        assertContains(as_editor.get(queue.rows[0][1]), "+21 %")
        assertNotContains(listed, "invented")


def test_examples_among_the_offers_are_told(as_editor, offers):
    offers(2000, 2500, 3000)
    offers(3500, 4000, employer=EmployerFactory(is_example=True))
    statistics.refresh()

    listed = as_editor.get(reverse("admin:offers_paystatistic_changelist"))

    assertContains(listed, "5 (2 exemples)")


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_gaps_costs_few_queries(as_editor, django_assert_max_num_queries, count):
    for guide in GuideFactory.create_batch(count):
        PayStatisticFactory(profession=guide.profession)
    listed = reverse("admin:offers_paystatistic_changelist")
    as_editor.get(listed)

    with django_assert_max_num_queries(8):
        as_editor.get(listed)
