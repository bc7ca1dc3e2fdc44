import pytest

from careers.professions.enums import SimilarKind
from careers.professions.models import SimilarProfession
from portal.models import ContentVersion
from quiz import similar
from tests.careers.professions.factories import (
    CriterionFactory,
    InterestProfileFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
    SectorFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def metal():
    return SectorFactory()


def profession(title, realistic, *, sector, level="bachelor", isco08="", chips=()):
    made = ProfessionFactory(
        name_masculine_fr=title, sector=sector, study_level=level, isco08=isco08
    )
    InterestProfileFactory(profession=made, realistic=realistic, social=8 - realistic)
    for criterion in chips:
        ProfessionCriterionFactory(profession=made, criterion=criterion)
    return made


@pytest.fixture
def welder(metal):
    return profession("soudeur", 7, sector=metal, isco08="7212")


def kinds(of):
    return {row.other: row.kind for row in SimilarProfession.objects.filter(profession=of)}


def test_three_kinds_of_likeness_are_told_apart(welder, metal):
    close = profession("chaudronnier", 6, sector=metal)
    bridge = profession("plombier", 6, sector=SectorFactory())
    level = profession("ingénieur", 6, sector=metal, level="master")

    assert similar.refresh()

    assert kinds(welder) == {
        close: SimilarKind.CLOSE,
        bridge: SimilarKind.BRIDGE,
        level: SimilarKind.LEVEL,
    }


def test_the_nearest_comes_first_and_says_why(welder, metal):
    manual = CriterionFactory()
    ProfessionCriterionFactory(profession=welder, criterion=manual)
    profession("vendeur", 2, sector=metal, isco08="5223", chips=[CriterionFactory()])
    near = profession("soudeur sur rail", 7, sector=metal, isco08="7212", chips=[manual])
    similar.refresh()

    first = SimilarProfession.objects.filter(profession=welder).order_by("-score").first()

    assert first.other == near
    assert {"interests", "text", "skills", "code"} <= set(first.parts)
    assert first.parts["code"] == {"value": 4, "rank": 1}


def test_nothing_is_written_where_nothing_changed(welder, metal):
    profession("chaudronnier", 6, sector=metal)
    similar.refresh()
    before = ContentVersion.current()

    assert not similar.refresh()
    assert ContentVersion.current() == before
    assert set(SimilarProfession.objects.values_list("version", flat=True)) == {1}


def test_a_changed_profile_is_a_new_version_that_pages_see(welder, metal):
    other = profession("chaudronnier", 6, sector=metal)
    similar.refresh()
    other.interests.realistic = 5
    other.interests.save()
    before = ContentVersion.current()

    assert similar.refresh()

    assert ContentVersion.current() > before
    assert set(SimilarProfession.objects.values_list("version", flat=True)) == {2}


def test_a_hidden_profession_is_similar_to_none(welder, metal):
    other = profession("chaudronnier", 6, sector=metal)
    similar.refresh()
    other.is_listed = False
    other.save()

    assert similar.refresh()
    assert not SimilarProfession.objects.exists()


def test_an_empty_catalogue_is_no_error():
    assert not similar.refresh()


def test_queries_do_not_grow_with_the_catalogue(metal, django_assert_max_num_queries):
    for number in range(12):
        profession(f"profession {number}", 1 + number / 2, sector=metal)

    with django_assert_max_num_queries(10):
        similar.refresh()
