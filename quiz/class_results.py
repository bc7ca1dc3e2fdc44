"""What a teacher sees of a class: means of many pupils, never one of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quiz import actions
from quiz.enums import Interest
from quiz.models import Answer, ClassGroup, QuizSession

LEAST = 5
# Points of the five: finer means would tell more of each pupil than of the class.
STEP = 0.5


@dataclass(frozen=True)
class ClassResults:
    """`pupils` counts those who are in the means.

    `interests`: the mean of what the engine estimates of each of them, from 1 to 5 in halves. Each
    pupil weighs alike, however many items of an interest this pupil was asked.
    """

    pupils: int
    interests: dict[Interest, float]


def results(group: ClassGroup) -> ClassResults | None:
    """The means of a class, None until five pupils have finished. Costs two queries.

    Pupils who answered something are counted by fives, in the order in which they finished: one
    more pupil changes nothing. It does not help against somebody who is several pupils, knows what
    these answered, and reckons what is left for the others; halves only blur that.
    """
    sessions = group.sessions.finished().with_light_version()
    order = sessions.filter(answers__value__isnull=False).distinct().order_by("finished_at", "pk")
    finished = list(order)
    counted = finished[: len(finished) // LEAST * LEAST]
    return ClassResults(len(counted), _means(counted)) if counted else None


def _means(sessions: Sequence[QuizSession]) -> dict[Interest, float]:
    """The means of the interests about which every one of them could be asked."""
    given: dict[int, dict[str, int | None]] = defaultdict(dict)
    columns = Answer.objects.filter(session__in=sessions).order_by("order")
    for session, item, value in columns.values_list("session", "item__key", "value"):
        given[session][item] = value
    engines = [actions.resumed(session, given[session.pk]) for session in sessions]
    means = np.mean([engine.posterior.scales for engine in engines], axis=0)
    known = np.all([engine.model.bank.present for engine in engines], axis=0)
    halves = np.round(means / STEP) * STEP
    # The engine has the interests in the same order.
    return {
        interest: float(mean)
        for interest, mean, is_known in zip(Interest, halves, known, strict=True)
        if is_known
    }
