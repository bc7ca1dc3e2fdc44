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
    ValueOutOfRange,
    calibration_state,
    compatibility,
    counterfactual,
    fixed_form,
    recalibrated,
    similar,
    three_kinds,
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
        [{"id": "a", "interests": VALUES, "skills": {"x": {"y": 1}}}],
        [{"id": "a", "interests": VALUES, "skills": {"x": float("inf")}}],
        [{"id": id, "interests": VALUES, "skills": [1] * id} for id in (1, 2)],
        [{"id": "a", "interests": VALUES, "level": float("inf")}],
        [{"id": "a", "interests": VALUES, "confidence": "high"}],
        {"a": (0, 2, 3, 4, 5, 6)},
        {"a": (1, 2, 3, 4, 5, 7.5)},
    ],
)
def test_a_bad_catalogue_is_refused(professions):
    with pytest.raises(BadCatalogue):
        Catalogue(professions)


def test_what_is_missing_in_a_table_may_be_nan():
    nan = float("nan")
    full, empty = {"text": "soins", "isco": 2221.0, "family": 3.0}, {"text": nan, "isco": nan}
    rows = [{"interests": VALUES, **full}, {"interests": VALUES, **empty, "family": nan}]

    first, second = Catalogue([{"id": id, **row} for id, row in enumerate(rows)]).professions

    assert (first.text, first.isco, first.family) == ("soins", "2221", 3)
    assert (second.text, second.isco, second.family) == ("", "", None)


def test_nothing_of_a_catalogue_can_be_changed():
    catalogue = Catalogue({"a": VALUES})

    for array in (catalogue.interests, catalogue.centred, catalogue.directions, catalogue.value_sd):
        assert not array.flags.writeable


def test_answers_are_given_as_a_table_or_as_mappings():
    bank = Bank({"a": "R", "b": "I"})
    table = [[1, None], [5, 2]] * 40

    models = [
        Model.calibrated(bank, table),
        Model.calibrated(bank, np.array(table, dtype=float)),
        Model.calibrated(bank, tuple(map(tuple, table))),
        Model.calibrated(bank, [{"a": 1, "b": None}, {"b": 2, "a": 5}] * 40),
        Model.calibrated(bank, (row for row in table)),
    ]

    assert len({model.covariance.tobytes() for model in models}) == 1


@pytest.mark.parametrize(
    "answers",
    [
        [[1]],
        [[0, 1]],
        [[6, 1]],
        [[1.5, 1]],
        [["x", 1]],
        [[True, 1]],
        [1, 2],
        3,
        "ab",
        [[1, 2], [1]],
    ],
)
def test_bad_answers_are_refused(answers):
    with pytest.raises(BadAnswers):
        Model.calibrated(Bank({"a": "R", "b": "I"}), answers)


def test_a_bad_answer_is_named():
    with pytest.raises(BadAnswers, match=r"Row 1 of the answers, item 'b'.* from 1 to 5, not 9"):
        Model.calibrated(Bank({"a": "R", "b": "I"}), [[1, 5], [None, 9], [0, 0]])


def test_unknown_ids_are_refused():
    bank, catalogue = Bank({1: "R"}), Catalogue({"a": VALUES})

    with pytest.raises(UnknownItem):
        Model.calibrated(bank, [{"z": 1}])
    with pytest.raises(UnknownProfession):
        similar(catalogue, "b")
    with pytest.raises(UnknownItem):
        Session(Model.prior(bank), catalogue).answer(True, 3)


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [((1, 5), 1, 5), ((0, 4), 0, 4), ([-2, 2], -2, 2), ((0, 1), False, True)],
)
def test_a_scale_is_a_number_of_answers_or_its_two_ends(scale, low, high):
    bank, catalogue = Bank(enumerate("RIASEC")), Catalogue({"a": VALUES, "b": VALUES[::-1]})
    session = Session(Model.prior(bank, scale), catalogue)
    plain = Session(Model.prior(bank, scale[1] - scale[0] + 1), catalogue)
    for item in range(6):
        session.answer(item, low if item % 2 else high)
        plain.answer(item, 1 if item % 2 else scale[1] - scale[0] + 1)

    assert session.report() == plain.report()
    assert Model.calibrated(bank, [[low] * 6, [high] * 6], scale).people == 2
    session.take_back(0)
    with pytest.raises(ValueOutOfRange):
        session.answer(0, high + 1)


@pytest.mark.parametrize(
    "scale", [1, 0, 2.5, "5", True, (1, 1), (5, 1), (1, 2, 3), (0, 1.5), [], {}, object(), 10**9]
)
def test_a_scale_has_at_least_two_answers(scale):
    with pytest.raises(BadScale):
        Session(Model.prior(Bank({1: "R"})), Catalogue({"a": VALUES}), scale=scale)


BANK = Bank(enumerate("RIASEC"))
CATALOGUE = Catalogue({"a": VALUES, "b": VALUES[::-1]})
PRIOR = Model.prior(BANK)


def begun():
    session = Session(PRIOR, CATALOGUE)
    session.answer(0, 5)
    return session


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Session(PRIOR, CATALOGUE, scale="five"),
        lambda: compatibility(PRIOR, CATALOGUE, "a", scale=object()),
        lambda: compatibility(PRIOR, CATALOGUE, "a", begun(), scale=3),
        lambda: compatibility(PRIOR, CATALOGUE, "a", begun(), -1),
        lambda: recalibrated(BANK, [[1] * 6]),
        lambda: calibration_state(None),
        lambda: begun().report(levels=3),
        lambda: begun().report(levels=["x"]),
        lambda: begun().report(weights=[1e300] * 6),
        lambda: begun().report(np.ones(2)),
        lambda: counterfactual(begun(), "a", top=None),
        lambda: counterfactual(begun(), "a", top=0),
        lambda: counterfactual(begun(), "a", top=-1),
        lambda: similar(CATALOGUE, "a", 2.5),
        lambda: similar(CATALOGUE, "a", -1),
        lambda: three_kinds(similar(CATALOGUE, "a"), -1),
        lambda: fixed_form(PRIOR, -1),
        lambda: Model.restored(BANK, {}),
        lambda: Model.restored(BANK, 3),
        lambda: Model.restored(BANK, PRIOR.data() | {"covariance": [[float("nan")] * 6] * 6}),
        lambda: Model.restored(BANK, PRIOR.data() | {"covariance": [[1] * 6] * 6}),
        lambda: Model.restored(BANK, PRIOR.data() | {"people": -1}),
        lambda: Model.restored(BANK, PRIOR.data() | {"limits": 3}),
        lambda: Model(BANK, [3] * 48, np.eye(6)),
        lambda: Model(BANK, "mean", np.eye(6)),
    ],
)
def test_every_refusal_is_one_of_the_engine(refused):
    with pytest.raises(EngineError):
        refused()


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
