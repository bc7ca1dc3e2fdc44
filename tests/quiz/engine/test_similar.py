"""Professions like one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine import Catalogue, Kind, UnknownProfession, similar, three_kinds
from tests.quiz.engine.worlds import properties

NURSE, CARER, DOCTOR = (2, 4, 2, 7, 3, 3), (2, 3, 2, 7, 2, 3), (2, 6, 2, 6, 4, 3)
WELDER, FITTER, CLERK = (7, 3, 2, 1, 2, 4), (7, 4, 1, 1, 2, 4), (2, 2, 1, 3, 4, 7)

CARE = {"family": "health", "skills": {"hygiene", "listening"}}
METAL = {"family": "metal", "skills": {"welding", "drawings"}}
ROWS = [
    {"id": "nurse", "interests": NURSE, "level": 3, "isco": "2221", **CARE, "text": "cares sick"},
    {"id": "carer", "interests": CARER, "level": 3, "isco": "5321", **CARE, "text": "cares old"},
    {"id": "doctor", "interests": DOCTOR, "level": 5, "isco": "2211", **CARE, "text": "sick heal"},
    {"id": "welder", "interests": WELDER, "level": 2, "isco": "7212", **METAL, "text": "metal"},
    {"id": "fitter", "interests": FITTER, "level": 2, "isco": "7214", **METAL, "text": "metal"},
    {
        "id": "secretary",
        "interests": CLERK,
        "level": 3,
        "family": "office",
        "skills": {"listening", "writing"},
        "text": "letters",
        "isco": "4120",
    },
]
CATALOGUE = Catalogue(ROWS)


def test_the_nearest_in_every_part_comes_first():
    found = similar(CATALOGUE, "nurse")

    assert [other.id for other in found][:2] == ["carer", "doctor"]
    assert found[0].score > found[1].score
    assert len(found) == 5
    assert similar(CATALOGUE, "nurse", limit=2) == found[:2]


def test_the_parts_are_returned_as_reasons():
    parts = {part.name: part for part in similar(CATALOGUE, "nurse")[0].parts}

    assert set(parts) == {"interests", "skills", "text", "level", "code"}
    assert parts["interests"].value == pytest.approx(2**0.5)
    assert parts["skills"].value == pytest.approx(1)
    assert parts["level"].value == 0


def test_kinds_tell_neighbours_from_bridges_and_other_levels():
    kinds = {other.id: other.kind for other in similar(CATALOGUE, "nurse")}

    assert kinds["carer"] is Kind.CLOSE
    assert kinds["doctor"] is Kind.OTHER_LEVEL
    assert kinds["secretary"] is Kind.BRIDGE


def test_a_few_of_each_kind_are_picked():
    picked = three_kinds(similar(CATALOGUE, "nurse"))

    assert [other.id for other in picked] == ["carer", "secretary", "doctor", "fitter"]


@properties
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_does_not_matter(rng: random.Random):
    mixed = rng.sample(ROWS, len(ROWS))

    assert similar(Catalogue(mixed), "nurse") == similar(CATALOGUE, "nurse")


known = st.fixed_dictionaries(
    {"interests": st.lists(st.integers(1, 7), min_size=6, max_size=6)},
    optional={
        "level": st.integers(1, 6),
        "family": st.sampled_from("ab"),
        "skills": st.sets(st.sampled_from("xyz")),
        "text": st.sampled_from(["", "soins aux malades", "le métal", "la"]),
        "isco": st.sampled_from(["", "22", "221"]),
    },
)


@properties
@given(st.lists(known, min_size=1, max_size=12))
def test_any_catalogue_is_ranked_whole(rows):
    catalogue = Catalogue([{"id": place, **row} for place, row in enumerate(rows)])

    found = similar(catalogue, 0)

    order = [(-round(other.score, 9), other.id) for other in found]
    assert order == sorted(order)
    assert {other.id for other in found} == set(range(1, len(rows)))
    assert all(0 < other.score <= 1 for other in found)


@pytest.mark.parametrize("shape", [list, tuple, lambda row: dict(enumerate(row))])
def test_skills_may_be_grades_of_the_same_list(shape):
    grades = [[5, 1, 3], [5, 1, 3.5], [1, 5, 3]]
    catalogue = Catalogue("abc", [NURSE] * 3, skills=[shape(row) for row in grades])

    (first, second) = similar(catalogue, "a")

    assert first.id == "b"
    assert {part.name for part in first.parts} == {"interests", "skills"}
    assert next(p.value for p in second.parts if p.name == "skills") < 0


@pytest.mark.parametrize("made", [set, frozenset, lambda ids: list(map(str, ids))])
def test_ids_of_skills_in_a_set_are_names(made):
    skills = [made(ids) for ids in ({101, 205}, {101, 205}, {300, 400}, {500})]
    catalogue = Catalogue("abcd", [NURSE] * 4, skills=skills)

    found = {o.id: p.value for o in similar(catalogue, "a") for p in o.parts if p.name == "skills"}

    assert found == pytest.approx({"b": 1, "c": 0, "d": 0})


def test_words_are_compared_without_accents_and_endings():
    texts = ["Électricité du bâtiment", "electricite des batiments", "Coiffure"]
    catalogue = Catalogue("cab", [NURSE] * 3, text=texts)

    assert similar(catalogue, "c")[0].id == "a"


def test_an_unknown_profession_is_refused():
    with pytest.raises(UnknownProfession):
        similar(CATALOGUE, "astronaut")
