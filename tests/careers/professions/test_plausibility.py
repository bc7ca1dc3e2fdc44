import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from careers.professions.models import INTERESTS
from careers.professions.plausibility import doubts
from tests.careers.professions.factories import (
    CriterionFactory,
    InterestProfileFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
    SectorFactory,
)
from tests.portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

WORKSHOP = (6.5, 4, 2, 1.5, 3, 4)


@pytest.fixture
def sector():
    return SectorFactory()


def profession(*values, sector, isco08="", criteria=()):
    made = ProfessionFactory(sector=sector, isco08=isco08)
    if values:
        InterestProfileFactory(profession=made, **dict(zip(INTERESTS, values, strict=True)))
    for criterion, value in criteria:
        ProfessionCriterionFactory(profession=made, criterion=criterion, value=value)
    return made


@pytest.fixture
def workshop(sector):
    return [profession(*WORKSHOP, sector=sector) for _number in range(3)]


def test_a_usual_profile_raises_no_doubt(sector, workshop, django_assert_max_num_queries):
    usual = profession(6, 4.5, 2, 2, 3, 4, sector=sector)

    with django_assert_max_num_queries(3):
        assert doubts(usual) == []


def test_a_flat_profile_is_doubted(sector):
    flat = profession(4, 4.5, 5, 4, 3.5, 4, sector=sector)

    assert len(doubts(flat)) == 1
    assert doubts(profession(2, 4.5, 5, 4, 3.5, 4, sector=sector)) == []


def test_a_strongest_interest_that_is_weak_in_the_sector_is_doubted(sector, workshop):
    odd = profession(2, 3, 3, 6.8, 3, 3, sector=sector)

    assert len(doubts(odd)) == 1
    assert len(doubts(profession(3, 6.8, 3, 2, 3, 3, sector=sector))) == 0


def test_two_professions_make_no_typical_sector(sector, workshop):
    workshop[0].delete()

    assert doubts(profession(2, 3, 3, 6.8, 3, 3, sector=sector)) == []


def test_professions_of_one_group_are_compared(sector):
    here, there = SectorFactory(), SectorFactory()
    profession(6, 3, 2, 2, 3, 4, sector=here, isco08="7212")
    far = profession(2, 3, 5, 2, 3, 4, sector=there, isco08="7214")
    near = profession(5, 3, 3, 2, 3, 4, sector=there, isco08="7411")

    assert len(doubts(far)) == 1
    assert "721" in doubts(far)[0]
    assert doubts(near) == []


def test_a_profession_without_a_code_has_no_group(sector):
    profession(6, 3, 2, 2, 3, 4, sector=sector)

    assert doubts(profession(2, 3, 6.5, 2, 3, 4, sector=SectorFactory())) == []


def test_nearly_no_chip_and_nearly_only_chips_are_doubted(sector):
    criteria = CriterionFactory.create_batch(18)

    def doubted(chips):
        values = [
            (criterion, 80 if place < chips else 10) for place, criterion in enumerate(criteria)
        ]
        return len(doubts(profession(sector=sector, criteria=values)))

    assert [doubted(chips) for chips in [2, 3, 16, 17]] == [1, 0, 0, 1]


def test_criteria_unlike_those_of_the_group_are_doubted(sector):
    criteria = CriterionFactory.create_batch(4)

    def made(isco08, *values):
        given = list(zip(criteria, values, strict=True))
        return profession(sector=sector, isco08=isco08, criteria=given)

    made("2221", 70, 70, 70, 100)
    made("3331", 70, 70, 70, 100)

    assert doubts(made("2222", 70, 70, 70, 4)) == []  # 96 / 4 = 24 points
    [doubt] = doubts(made("3332", 70, 70, 64, 0))  # 106 / 4 = 26.5 points
    assert "26" in doubt


def test_nothing_is_doubted_where_nothing_is_written(sector):
    assert doubts(profession(sector=sector)) == []


def test_the_editor_reads_the_doubts_above_the_form(client, sector):
    client.force_login(UserFactory(editor=True))
    flat = profession(4, 4.5, 5, 4, 3.5, 4, sector=sector)
    usual = profession(*WORKSHOP, sector=sector)

    def page(row):
        return client.get(reverse("admin:professions_profession_change", args=[row.pk]))

    assertContains(page(flat), "doubts-title")
    assertContains(page(flat), doubts(flat)[0])
    assertNotContains(page(usual), "doubts-title")
    assertNotContains(client.get(reverse("admin:professions_profession_add")), "doubts-title")
