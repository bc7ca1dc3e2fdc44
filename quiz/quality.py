"""What editors should know of the items and of the people who answered: counts and means only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from quiz.engine import Bank, reliability
from quiz.engine.languages import FIRST, SECOND
from quiz.enums import Interest, ItemStatus, SessionKind, SessionState
from quiz.models import Answer, Item, ModelVersion, QuizSession

# Nothing is said of fewer people.
LEAST = 5
# The newest ones; more would change no figure, and each costs a millisecond.
MOST_SESSIONS = 1000
# Sessions left to research at which the model is made anew.
STEPS = (FIRST, SECOND)
KEPT = 3600  # seconds
# Whoever has been away for longer does not come back.
GIVEN_UP = timedelta(days=1)


class Percentile(models.Aggregate):
    """The value below which that share of the rows lies (`percentile_cont`)."""

    template = "percentile_cont(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.FloatField()

    def __init__(self, expression: str, share: float, **extra: Any) -> None:
        super().__init__(expression, share=float(share), **extra)


@dataclass(frozen=True)
class InterestFigures:
    """One interest: see `quiz.engine.reliability` for the figures; None where there is none."""

    interest: Interest
    items: int
    alpha: float | None
    split_half: float | None


@dataclass(frozen=True)
class ItemFigures:
    """One item; shares are 0 to 1, times are seconds, None where fewer than five people."""

    item: Item
    answers: int
    skipped: float | None
    quick: float | None
    median: float | None
    slow: float | None
    left: float | None


@dataclass(frozen=True)
class LanguageFigures:
    """One language: texts of items in use, finished quizzes, and how far its own model is."""

    code: str
    name: str
    texts: int
    started: int
    finished: int
    flagged: int
    research: int

    @property
    def flagged_share(self) -> float | None:
        return self.flagged / self.finished if self.finished >= LEAST else None


@dataclass(frozen=True)
class Calibration:
    """How many sessions a model can be made of, and at how many the next one is made."""

    research: int
    next_step: int | None
    current: ModelVersion | None


def interest_figures() -> list[InterestFigures] | None:
    """The reliability of each interest, in the order of the hexagon, at most an hour old.

    None until as many people have finished as a model is first made of: below that the figures
    would say what theory says.
    """
    newest = QuizSession.objects.finished().filter(kind=SessionKind.MAIN).order_by("-pk")
    pks = list(newest.values_list("pk", flat=True)[:MOST_SESSIONS])
    if len(pks) < FIRST:
        return None
    return cache.get_or_set("quiz-reliability", lambda: _reliability(pks), KEPT)


def _reliability(sessions: list[int]) -> list[InterestFigures]:
    given = Answer.objects.filter(session__in=sessions, value__isnull=False)
    people: dict[int, dict[str, int]] = {}
    for session, item, value in given.values_list("session", "item__key", "value"):
        people.setdefault(session, {})[item] = value
    asked = Item.objects.filter(key__in={item for row in people.values() for item in row})
    bank = Bank(asked.order_by("key").values_list("key", "dimension"))
    return [
        InterestFigures(Interest(line.dimension), line.items, line.alpha, line.split_half)
        for line in reliability(bank, list(people.values()))
    ]


def item_figures() -> list[ItemFigures]:
    """Every item in use or answered, by interest and facet. Costs one query."""
    given_up = QuizSession.objects.filter(
        next_item=OuterRef("pk"),
        state=SessionState.STARTED,
        started_at__lt=timezone.now() - GIVEN_UP,
    )
    left = given_up.order_by().values("next_item").annotate(count=Count("pk")).values("count")
    times = {
        name: Percentile("answers__milliseconds", share)
        for name, share in [("quick", 0.25), ("median", 0.5), ("slow", 0.75)]
    }
    items = (
        Item.objects.annotate(
            seen=Count("answers"),
            skips=Count("answers", filter=Q(answers__value__isnull=True)),
            timed=Count("answers__milliseconds"),
            left=Coalesce(Subquery(left, output_field=IntegerField()), 0),
            **times,
        )
        .filter(Q(status=ItemStatus.ACTIVE) | Q(seen__gt=0))
        .order_by("dimension", "facet", "key")
    )
    order = {str(interest): place for place, interest in enumerate(Interest)}
    return [_figures(item) for item in sorted(items, key=lambda item: order[item.dimension])]


def _figures(item: Any) -> ItemFigures:
    def seconds(value: float | None) -> float | None:
        return value / 1000 if value is not None and item.timed >= LEAST else None

    shown = item.seen + item.left
    return ItemFigures(
        item=item,
        answers=item.seen,
        skipped=item.skips / item.seen if item.seen >= LEAST else None,
        quick=seconds(item.quick),
        median=seconds(item.median),
        slow=seconds(item.slow),
        left=item.left / shown if shown >= LEAST else None,
    )


def language_figures() -> list[LanguageFigures]:
    """The four languages; main quizzes only. Costs two queries."""
    active = Item.objects.active().order_by()
    texts = active.aggregate(
        **{
            code: Count("pk", filter=~Q(**{f"text_{code}": ""}))
            for code, _name in settings.LANGUAGES
        }
    )
    finished = Q(state=SessionState.FINISHED)
    counted = (
        QuizSession.objects.filter(kind=SessionKind.MAIN)
        .values("language")
        .annotate(
            started=Count("pk"),
            finished=Count("pk", filter=finished),
            flagged=Count("pk", filter=finished & Q(is_flagged=True)),
            research=Count("pk", filter=finished & Q(consent_research=True)),
        )
    )
    found = {line.pop("language"): line for line in counted}
    nobody = {"started": 0, "finished": 0, "flagged": 0, "research": 0}
    return [
        LanguageFigures(code=code, name=str(name), texts=texts[code], **found.get(code, nobody))
        for code, name in settings.LANGUAGES
    ]


def calibration(languages: Iterable[LanguageFigures]) -> Calibration:
    """How near the next model is. Costs one query."""
    research = sum(line.research for line in languages)
    return Calibration(
        research=research,
        next_step=next((step for step in STEPS if research < step), None),
        current=ModelVersion.objects.light().filter(is_current=True, language="").first(),
    )
