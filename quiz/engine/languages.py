"""A model for each language: its own once enough people have answered in it.

Language versions of an item are not interchangeable until tested. Until a language has 200 sets
of answers it uses the model of all languages; then its own, drawn towards that one.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np

from quiz.engine.answers import Scale, answer_matrix
from quiz.engine.bank import Bank
from quiz.engine.checks import whole
from quiz.engine.errors import BadAnswers
from quiz.engine.model import Model

# Sets of answers after which a model is made, and made again.
FIRST, SECOND = 200, 400


class CalibrationState(StrEnum):
    """What a number of sets of answers is good for."""

    PRIOR = "prior"
    FIRST = "first"
    SECOND = "second"


def calibration_state(people: int) -> CalibrationState:
    """Prior below 200 sets of answers, first calibration from 200, second from 400.

    Raises `EngineError` for what is no number of people.
    """
    people = whole(people, 0, "A number of people")
    if people < FIRST:
        return CalibrationState.PRIOR
    return CalibrationState.FIRST if people < SECOND else CalibrationState.SECOND


def recalibrated(
    bank: Bank, answers: Mapping[str, Any], scale: Any = 5, norm: Any = None
) -> dict[str, Model]:
    """For each language a model, from stored answers by language (shapes: `Model.calibrated`).

    With fewer than 200 sets in all, every language gets the prior. Raises what `Model.calibrated`
    raises.
    """
    if not isinstance(answers, Mapping):
        raise BadAnswers("Answers by language are a mapping from its code to them.")
    ends = Scale.of(scale)
    found = {code: answer_matrix(bank, rows, ends) for code, rows in answers.items()}
    if sum(map(len, found.values())) < FIRST:
        return dict.fromkeys(answers, Model.prior(bank, ends, norm))
    shared = Model._learnt(bank, np.vstack(list(found.values())), ends, norm=norm)
    return {
        code: shared
        if len(matrix) < FIRST
        else Model._learnt(bank, matrix, ends, prior=shared, norm=norm)
        for code, matrix in found.items()
    }
