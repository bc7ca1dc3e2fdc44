import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from careers.professions.enums import SimilarKind, StudyLevel
from careers.professions.similar import by_kind, similar_to
from tests.careers.professions.factories import (
    CriterionFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
    SimilarProfessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gardener():
    return ProfessionFactory()


def like(profession, kind=SimilarKind.CLOSE, score=0.5, *criteria, listed=True, **parts):
    """Another profession, stored as one like the first."""
    other = ProfessionFactory(is_listed=listed)
    for criterion in criteria:
        ProfessionCriterionFactory(profession=other, criterion=criterion)
    SimilarProfessionFactory(
        profession=profession,
        other=other,
        kind=kind,
        score=score,
        parts={name: {"value": value, "rank": rank} for name, (value, rank) in parts.items()},
    )
    return other


def test_the_closest_come_first_within_their_kind(gardener):
    level = like(gardener, SimilarKind.LEVEL, 0.9)
    far, near = like(gardener, score=0.3), like(gardener, score=0.6)
    bridge = like(gardener, SimilarKind.BRIDGE, 0.8)

    found = similar_to(gardener)

    assert [item.profession for item in found] == [near, far, bridge, level]
    assert [[item.profession for item in kind.rows] for kind in by_kind(found)] == [
        [near, far],
        [bridge],
        [level],
    ]


def test_common_criteria_are_named_and_others_are_not(gardener):
    outdoors, noise, weak = CriterionFactory.create_batch(3)
    ProfessionCriterionFactory(profession=gardener, criterion=outdoors)
    ProfessionCriterionFactory(profession=gardener, criterion=weak, value=59)
    like(gardener, SimilarKind.CLOSE, 0.5, outdoors, noise, weak)

    assert similar_to(gardener)[0].reasons == [outdoors]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"interests": (2.0, 60)}, ["Similar interests"]),
        ({"interests": (2.1, 1)}, []),
        ({"code": (3, 40)}, ["Same group of occupations"]),
        ({"code": (2, 1), "level": (0, 1)}, []),
        ({"text": (0.1, 10)}, ["Similar description"]),
        ({"text": (0.9, 11)}, []),
        ({"interests": (0, 1), "code": (4, 1)}, ["Similar interests", "same group of occupations"]),
        ({}, []),
    ],
)
def test_the_other_reasons_are_said_in_words(gardener, parts, said):
    like(gardener, **parts)

    with translation.override("en"):
        assert similar_to(gardener)[0].facts == said


def test_what_the_heading_does_not_say_is_said(gardener):
    for kind in SimilarKind:
        other = ProfessionFactory(sector=gardener.sector, study_level=StudyLevel.MASTER)
        SimilarProfessionFactory(profession=gardener, other=other, kind=kind)

    with translation.override("en"):
        said = {item.kind: item.facts for item in similar_to(gardener)}

    assert said == {
        "close": [],
        "bridge": [str(gardener.sector.name)],
        "level": ["Master", "same sector"],
    }


def test_what_was_hidden_since_is_left_out(gardener):
    like(gardener, listed=False)

    assert similar_to(gardener) == []


def test_likeness_is_read_one_way(gardener):
    other = like(gardener)

    assert similar_to(other) == []


@pytest.mark.parametrize("count", [1, 8])
def test_it_costs_three_queries(django_assert_num_queries, gardener, count):
    outdoors = CriterionFactory()
    ProfessionCriterionFactory(profession=gardener, criterion=outdoors)
    for _ in range(count):
        like(gardener, SimilarKind.CLOSE, 0.5, outdoors)

    with django_assert_num_queries(3):
        for item in similar_to(gardener):
            assert item.reasons
            assert item.profession.sector.name


def test_a_profession_is_similar_to_others_only_and_once(gardener):
    other = like(gardener)

    for again, rule in [(other, "one_a_pair"), (gardener, "is_another_one")]:
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            SimilarProfessionFactory(profession=gardener, other=again)
