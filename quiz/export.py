"""The answers left to research, without anything that tells whose they are."""

import random
from collections.abc import Iterator
from typing import Any

from quiz.models import Answer, QuizSession

COLUMNS = ["respondent", "language", "study_level", "item", "value", "order", "milliseconds"]
BATCH = 500  # sessions


def research_rows() -> Iterator[list[Any]]:
    """A header, then a row an answer; an empty value is a skipped item.

    Respondents are shuffled and numbered anew each time: the number tells neither when somebody
    answered nor whose row it is in another export.
    """
    yield COLUMNS
    pks = list(QuizSession.objects.for_research().values_list("pk", flat=True))
    random.SystemRandom().shuffle(pks)
    for start in range(0, len(pks), BATCH):
        numbers = {pk: start + place for place, pk in enumerate(pks[start : start + BATCH], 1)}
        answers = Answer.objects.filter(session__in=numbers).values_list(
            *["session", "session__language", "session__study_level"],
            *["item__key", "value", "order", "milliseconds"],
        )
        rows = [[numbers[session], *cells] for session, *cells in answers.order_by("order")]
        yield from sorted(rows, key=lambda row: row[0])
