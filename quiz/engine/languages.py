"""A model for each language: its own once enough people have answered in it.

Language versions of an item are not interchangeable until tested. Until a language has 200 sets
of answers it uses the model of all languages; then its own, drawn towards that one.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np

from quiz.engine.answers import answer_matrix
from quiz.engine.bank import Bank
from quiz.engine.model import Model

# Sets of answers after which a model is made, and made again.
FIRST, SECOND = 200, 400


class CalibrationState(StrEnum):
    """What a number of sets of answers is good for."""

    PRIOR = "prior"
    FIRST = "first"
    SECOND = "second"


def calibration_state(people: int) -> CalibrationState:
    """Prior below 200 sets of answers, first calibration from 200, second from 400."""
    if people < FIRST:
        return CalibrationState.PRIOR
    return CalibrationState.FIRST if people < SECOND else CalibrationState.SECOND


def recalibrated(bank: Bank, answers: Mapping[str, Any], scale: int = 5) -> dict[str, Model]:
    """For each language a model, from stored answers by language (shapes: `Model.calibrated`).

    With fewer than 200 sets in all, every language gets the prior. Raises `BadAnswers`,
    `UnknownItem`.
    """
    matrices = {code: answer_matrix(bank, rows, scale) for code, rows in sorted(answers.items())}
    if sum(map(len, matrices.values())) < FIRST:
        return dict.fromkeys(answers, Model.prior(bank, scale))
    raw = {code: 1 + (matrix - 1) * (scale - 1) / 4 for code, matrix in matrices.items()}
    shared = Model.calibrated(bank, np.vstack(list(raw.values())), scale)
    return {
        code: shared
        if len(raw[code]) < FIRST
        else Model.calibrated(bank, raw[code], scale, prior=shared)
        for code in answers
    }
