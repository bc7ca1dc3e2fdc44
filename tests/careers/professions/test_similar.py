import pytest

from careers.professions.similar import similar_to
from tests.careers.professions.factories import (
    CriterionFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
)

pytestmark = pytest.mark.django_db


def profession_with(*criteria, value=80, **values):
    profession = ProfessionFactory(**values)
    for criterion in criteria:
        ProfessionCriterionFactory(profession=profession, criterion=criterion, value=value)
    return profession


def test_more_common_criteria_come_first_and_are_named():
    outdoors, manual, noise = CriterionFactory.create_batch(3)
    gardener = profession_with(outdoors, manual)
    one = profession_with(outdoors, noise)
    both = profession_with(outdoors, manual)

    found = similar_to(gardener)

    assert [item.profession for item in found] == [both, one]
    assert set(found[0].shared) == {outdoors, manual}
    assert found[1].shared == [outdoors]


def test_the_same_sector_counts_and_is_said():
    outdoors = CriterionFactory()
    gardener = profession_with(outdoors)
    elsewhere = profession_with(outdoors)
    neighbour = profession_with(outdoors, sector=gardener.sector)

    found = similar_to(gardener)

    assert [item.profession for item in found] == [neighbour, elsewhere]
    assert [item.same_sector for item in found] == [True, False]


def test_weak_criteria_unlisted_and_strange_professions_do_not_count():
    outdoors = CriterionFactory()
    gardener = profession_with(outdoors)
    profession_with(outdoors, value=59)
    profession_with(outdoors, is_listed=False)
    profession_with(CriterionFactory())

    assert similar_to(gardener) == []


def test_professions_of_a_sector_without_any_criteria_are_similar():
    lonely = ProfessionFactory()
    neighbour = ProfessionFactory(sector=lonely.sector)

    assert [item.profession for item in similar_to(lonely)] == [neighbour]


@pytest.mark.parametrize("count", [1, 20])
def test_it_costs_three_queries(django_assert_num_queries, count):
    outdoors = CriterionFactory()
    gardener = profession_with(outdoors)
    for _ in range(count):
        profession_with(outdoors)

    with django_assert_num_queries(3):
        [item.profession.sector.name for item in similar_to(gardener)]
