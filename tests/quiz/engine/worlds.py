"""Banks, catalogues, models and people for the tests of the engine."""

from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.quiz import Respondents, professions
from quiz.engine import Catalogue, Model, Session

# What is kept with model and catalogue makes the first example slower than the others.
properties = settings(deadline=None, max_examples=50)

RESPONDENTS = Respondents(1)
BANK = RESPONDENTS.bank()


@cache
def catalogue(count: int = 120) -> Catalogue:
    profiles, family = professions(count, 3)
    return Catalogue(range(count), profiles, family=[f % 12 for f in family])


@cache
def calibrated() -> Model:
    return Model.calibrated(BANK, RESPONDENTS.answers(1500, 2))


@cache
def prior() -> Model:
    return Model.prior(BANK)


def people(count: int) -> Any:
    return RESPONDENTS.answers(count, 4)


def session_of(answers: dict[int, int], model: Model | None = None, **options: Any) -> Session:
    session = Session(model or calibrated(), catalogue(), max_items=len(BANK), **options)
    for item, value in answers.items():
        session.answer(item, value)
    return session


def walked(session: Any, row: Any) -> Any:
    """The session after all its items, answered as this person does."""
    while (item := session.next_item()) is not None:
        session.answer(item, row[item])
    return session


some_answers = st.dictionaries(
    st.integers(0, len(BANK) - 1), st.integers(1, 5), min_size=1, max_size=24
)
formulas = st.sampled_from(["centred", "pearson"])
