"""A question as a page shows it: the item, its five answers, its place in the quiz.

Items and answers speak the language of the session, the rest of the page that of its address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext, override

from portal.fields import Text
from quiz.actions import VALUES, least_answers
from quiz.models import Item, QuizSession, ScalePoint
from quiz.models.session import can_be_asked

# The value of the button that skips a question.
SKIP = "skip"

Choice = tuple[int, Text]


def prompt(language: str) -> Text:
    """What is asked of each item."""
    return _in(language, lambda: Text(gettext("Would you enjoy doing this?"), language))


def item_text(item: Item, language: str) -> Text:
    return _in(language, lambda: item.text)


def choices(language: str) -> list[Choice]:
    """The five answers with their labels. Costs one query."""
    points = {point.value: point for point in ScalePoint.objects.all()}

    def label(value: int) -> Text:
        return points[value].label if value in points else Text(str(value), language)

    return [(value, _in(language, lambda value=value: label(value))) for value in sorted(VALUES)]


def _in(language: str, text: Callable[[], Text]) -> Text:
    with override(language):
        return text()


def _waiting_number(session: QuizSession, answered: int) -> int:
    """The place of the item on the screen: after those answered, or that of a skipped one."""
    if answered < session.length:
        return answered + 1
    return session.answers.get(item=session.next_item_id).order


@dataclass(frozen=True)
class Question:
    """One question of a session; `given` is what was answered, None where it waits or was skipped.

    `answered`: how many questions of the session have an answer or were skipped.
    """

    session: QuizSession
    number: int
    item: Item
    answered: int
    given: int | None = None

    @classmethod
    def waiting(cls, session: QuizSession) -> "Question":
        """The question on the person's screen; the session must not be finished."""
        answered = session.answers.count()
        return cls(session, _waiting_number(session, answered), session.next_item, answered)

    @classmethod
    def asked(cls, session: QuizSession, *, number: str = "", item: str = "") -> "Question":
        """An earlier question by its number or item, else the one that waits."""
        place: dict[str, int | str] = {}
        if number.isascii() and number.isdigit() and len(number) < 4:
            place = {"order": int(number)}
        elif item and can_be_asked(item):
            place = {"item__key": item}
        answer = session.answers.select_related("item").filter(**place).first() if place else None
        if answer is None:
            return cls.waiting(session)
        return cls(session, answer.order, answer.item, session.answers.count(), answer.value)

    @property
    def total(self) -> int:
        return self.session.length

    @property
    def is_waiting(self) -> bool:
        return self.item.pk == self.session.next_item_id

    @property
    def is_needed(self) -> bool:
        """Whether it waits although it was skipped: there are too few answers for a result."""
        return self.is_waiting and self.number <= self.answered

    @property
    def least(self) -> int:
        """How many answers a result needs."""
        return least_answers(self.session)

    @property
    def is_skipped(self) -> bool:
        return not self.is_waiting and self.given is None

    @property
    def seen(self) -> str:
        """The answer that the page shows, as its form sends it; "" where there is none yet."""
        if self.given is not None:
            return str(self.given)
        return SKIP if self.is_needed or self.is_skipped else ""

    @property
    def before(self) -> int:
        """The number of the question before this one, 0 for the first."""
        return self.number - 1

    @cached_property
    def waiting_number(self) -> int:
        return _waiting_number(self.session, self.answered)

    @property
    def prompt(self) -> Text:
        return prompt(self.session.language)

    @cached_property
    def text(self) -> Text:
        return item_text(self.item, self.session.language)

    @cached_property
    def choices(self) -> list[Choice]:
        return choices(self.session.language)
