"""What may be given to the engine, in which shapes, and what is refused."""

import subprocess
import sys

import numpy as np
import pytest

from quiz.engine import (
    BadAnswers,
    BadBank,
    BadCatalogue,
    BadScale,
    Bank,
    Catalogue,
    EngineError,
    Item,
    Model,
    Profession,
    Session,
    UnknownItem,
    UnknownProfession,
    similar,
)

VALUES = (1, 2, 3, 4, 5, 6)


def test_the_engine_needs_no_django():
    code = "import sys, quiz.engine; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "bank",
    [
        Bank([Item("a", "R"), Item("b", "I")]),
        Bank([("a", "R"), ("b", "i")]),
        Bank([("a", "Realistic", "machines"), ("b", 1)]),
        Bank({"a": 0, "b": "investigative"}),
        Bank(["a", "b"], ["R", "I"]),
        Bank(np.array(["a", "b"]), np.array([0, 1])),
    ],
)
def test_a_bank_is_given_in_many_shapes(bank):
    assert bank.ids == ("a", "b")
    assert bank.dimension.tolist() == [0, 1]


@pytest.mark.parametrize(
    "items", [[], [("a", "X")], [("a", "R"), ("a", "I")], [("a",)], [(1.5, "R")], [("a", 6)], 3]
)
def test_a_bad_bank_is_refused(items):
    with pytest.raises(BadBank):
        Bank(items)


@pytest.mark.parametrize(
    "catalogue",
    [
        Catalogue([Profession(1, VALUES), Profession(2, VALUES)]),
        Catalogue([(2, VALUES), (1, list(VALUES))]),
        Catalogue({1: VALUES, 2: dict(zip("RIASEC", VALUES, strict=True))}),
        Catalogue([{"id": 1, "interests": VALUES}, {"id": 2, "interests": VALUES, "level": 3}]),
        Catalogue(np.array([1, 2]), np.array([VALUES, VALUES]), level=[1, float("nan")]),
    ],
)
def test_a_catalogue_is_given_in_many_shapes(catalogue):
    assert catalogue.ids == (1, 2)
    assert catalogue.interests.tolist() == [list(VALUES)] * 2


@pytest.mark.parametrize(
    "professions",
    [
        {},
        {"a": (1, 2, 3)},
        {"a": (1, 2, 3, 4, 5, float("nan"))},
        [("a", VALUES), ("a", VALUES)],
        [{"id": "a", "interests": VALUES, "salary": 3}],
        [{"id": "a", "interests": VALUES, "confidence": 2}],
        [{"id": "a", "interests": VALUES, "skills": "welding"}],
    ],
)
def test_a_bad_catalogue_is_refused(professions):
    with pytest.raises(BadCatalogue):
        Catalogue(professions)


def test_answers_are_given_as_a_table_or_as_mappings():
    bank = Bank({"a": "R", "b": "I"})
    table = [[1, None], [5, 2]] * 40

    models = [
        Model.calibrated(bank, table),
        Model.calibrated(bank, np.array(table, dtype=float)),
        Model.calibrated(bank, tuple(map(tuple, table))),
        Model.calibrated(bank, [{"a": 1, "b": None}, {"b": 2, "a": 5}] * 40),
    ]

    assert len({model.covariance.tobytes() for model in models}) == 1


@pytest.mark.parametrize("answers", [[[1]], [[0, 1]], [[6, 1]], [[1.5, 1]], [["x", 1]], [1, 2]])
def test_bad_answers_are_refused(answers):
    with pytest.raises(BadAnswers):
        Model.calibrated(Bank({"a": "R", "b": "I"}), answers)


def test_unknown_ids_are_refused():
    bank, catalogue = Bank({1: "R"}), Catalogue({"a": VALUES})

    with pytest.raises(UnknownItem):
        Model.calibrated(bank, [{"z": 1}])
    with pytest.raises(UnknownProfession):
        similar(catalogue, "b")
    with pytest.raises(UnknownItem):
        Session(Model.prior(bank), catalogue).answer(True, 3)


@pytest.mark.parametrize("scale", [1, 0, 2.5, "5", True])
def test_a_scale_has_at_least_two_answers(scale):
    with pytest.raises(BadScale):
        Session(Model.prior(Bank({1: "R"})), Catalogue({"a": VALUES}), scale=scale)


@pytest.mark.parametrize("items", [0, -1, 2.5, True])
def test_a_session_asks_at_least_one_item(items):
    with pytest.raises(EngineError):
        Session(Model.prior(Bank({1: "R"})), Catalogue({"a": VALUES}), max_items=items)


@pytest.mark.parametrize("dimensions", ["R", "RI", "RIASEC", "RIASECRIASECRRR"])
def test_any_bank_leads_to_a_report(dimensions):
    bank = Bank(enumerate(dimensions))
    catalogue = Catalogue({"a": VALUES, "flat": (4,) * 6, "b": VALUES[::-1]})
    session = Session(Model.prior(bank), catalogue)

    while (item := session.next_item()) is not None:
        session.answer(item, 5 if item % 2 else 2)
    reports = [session.report(formula) for formula in ("centred", "pearson")]

    assert session.asked == len(bank)
    assert all(np.isfinite(match.score) for report in reports for match in report.professions)
