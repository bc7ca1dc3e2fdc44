"""The engine of the quiz: adaptive interest items, honest matches, explained results.

A library of its own: Python and numpy, no Django. Its parts, in the order one meets them:

* `bank` items and their interests; `catalogue` professions and what is known of them;
* `model` how answers hang together: `prior` before anybody answered, `calibration` after;
* `session` one person's way; `selection` which item comes next; `quality` random clicks;
* `scoring` the two formulas and what they mean; `matching` intervals and probabilities;
  `reporting` puts a `report` together, `families` its variety;
* `compatibility` one profession by a few contrast items; `counterfactual` the smallest change
  of answers, and what each answer did; `similar` professions like one;
* `languages` a model for each language, once enough have answered; `reliability` of scales.

    from quiz.engine import Bank, Catalogue, Model, Session

    bank = Bank({"r1": "R", "i1": "I", "a1": "A", "s1": "S", "e1": "E", "c1": "C"})
    catalogue = Catalogue({"nurse": (2, 4, 2, 7, 3, 3), "welder": (7, 3, 2, 1, 2, 4)})
    session = Session(Model.prior(bank), catalogue, max_items=4, scale=5)
    while (item := session.next_item()) is not None:
        session.answer(item, 4)
    best = session.report().professions[0]

Whatever comes in may be lists, tuples or numpy; ids are strings or whole numbers; interests are
"R" to "C" or 0 to 5; answers are whole numbers, from 1 unless the scale says otherwise. Whatever is
refused is an `EngineError`. What comes out are frozen dataclasses, the same for the same input;
what is equal after rounding to 1e-9 stands in the order of ids. Keep and share models and
catalogues: what is worked out from the latest few is remembered. Sources and measured figures:
docs/decisions/0012 and `python -m benchmarks.quiz`.
"""

from quiz.engine.bank import Bank, Item
from quiz.engine.catalogue import Catalogue, Profession
from quiz.engine.compatibility import Compatibility, CompatibilityReport, compatibility
from quiz.engine.counterfactual import AnswerShares, Counterfactual, answer_shares, counterfactual
from quiz.engine.errors import (
    AlreadyAnswered,
    BadAnswers,
    BadBank,
    BadCatalogue,
    BadScale,
    EngineError,
    SessionComplete,
    UnknownFormula,
    UnknownItem,
    UnknownProfession,
    ValueOutOfRange,
)
from quiz.engine.languages import calibration_state, recalibrated
from quiz.engine.model import Model, Posterior
from quiz.engine.quality import Quality
from quiz.engine.reliability import Reliability, reliability
from quiz.engine.report import Band, Family, Interest, Match, Report
from quiz.engine.selection import fixed_form
from quiz.engine.session import Session
from quiz.engine.similar import Kind, Part, Similar, similar, three_kinds
from quiz.engine.version import VERSION

__all__ = [
    "VERSION",
    "AlreadyAnswered",
    "AnswerShares",
    "BadAnswers",
    "BadBank",
    "BadCatalogue",
    "BadScale",
    "Band",
    "Bank",
    "Catalogue",
    "Compatibility",
    "CompatibilityReport",
    "Counterfactual",
    "EngineError",
    "Family",
    "Interest",
    "Item",
    "Kind",
    "Match",
    "Model",
    "Part",
    "Posterior",
    "Profession",
    "Quality",
    "Reliability",
    "Report",
    "Session",
    "SessionComplete",
    "Similar",
    "UnknownFormula",
    "UnknownItem",
    "UnknownProfession",
    "ValueOutOfRange",
    "answer_shares",
    "calibration_state",
    "compatibility",
    "counterfactual",
    "fixed_form",
    "recalibrated",
    "reliability",
    "three_kinds",
    "similar",
]
