"""The reality of a job: what a person says to the statements of its guide."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.professions.enums import Section
from careers.professions.models import Criterion, Guide, GuideVersion, Profession
from portal.fields import Text, choose
from quiz import actions
from quiz.enums import SelfCheckAnswer, SessionKind
from quiz.models import QuizSession, SelfCheck

NO_ANSWER = ""
SAID = {
    SelfCheckAnswer.YES: gettext_lazy("you said yes"),
    SelfCheckAnswer.DEPENDS: gettext_lazy("you said it depends"),
    SelfCheckAnswer.NO: gettext_lazy("you said no"),
    NO_ANSWER: gettext_lazy("you gave no answer"),
}


@dataclass(frozen=True)
class Statement:
    """One self-check of a guide in the language of the page, with what was said to it.

    `order` counts from 1; `url` leads to it on the guide, "" where that has moved on;
    `criterion` is what it is about, where that is known.
    """

    order: int
    heading: Text
    text: Text
    criterion: Criterion | None
    url: str
    answer: str = NO_ANSWER

    @property
    def about(self) -> Text | str:
        """What it is about in a word or two, "" where nobody has said."""
        return self.criterion.name if self.criterion else self.heading

    @property
    def said(self) -> str:
        """The answer in words."""
        return str(SAID[self.answer])


@dataclass(frozen=True)
class Part:
    """The statements to which the same was said, under a heading; `icon` is one of the set."""

    title: str
    icon: str
    statements: list[Statement]


@dataclass(frozen=True)
class Reality:
    """The statements by what was said: agreed to, left open, and refused."""

    agreements: list[Statement]
    open_points: list[Statement]
    deal_breakers: list[Statement]

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said to any of them."""
        said = [*self.agreements, *self.open_points, *self.deal_breakers]
        return not any(statement.answer for statement in said)

    @property
    def parts(self) -> list[Part]:
        """The three kinds in the order in which they are told, without those that are empty."""
        parts = [
            Part(_("What suits you in this work"), "circle-check", self.agreements),
            Part(_("To find out"), "circle-question-mark", self.open_points),
            Part(_("What speaks against it for you"), "circle-x", self.deal_breakers),
        ]
        return [part for part in parts if part.statements]


def version_of(profession: Profession) -> GuideVersion | None:
    """What is published of the guide, where it has statements; costs one query."""
    published = Guide.objects.published().filter(profession=profession)
    version = GuideVersion.objects.filter(pk__in=published.values("published_version")).first()
    return version if version and _items(version) else None


def statements(
    version: GuideVersion, profession: Profession, answers: Mapping[int, str] | None = None
) -> list[Statement]:
    """The statements of a version with the answers to them. Costs two queries."""
    items = _items(version)
    criteria = Criterion.objects.in_bulk([item["criterion_id"] for item in items])
    current = Guide.objects.published().filter(published_version=version).exists()
    page = profession.get_absolute_url()
    return [
        Statement(
            order=order,
            heading=choose(item["heading"].get),
            text=choose(item["text"].get),
            criterion=criteria.get(item["criterion_id"]),
            url=f"{page}#check-{order}" if current else "",
            answer=(answers or {}).get(order, NO_ANSWER),
        )
        for order, item in enumerate(items, start=1)
    ]


def said(session: QuizSession) -> Reality | None:
    """What the person said, None while the part was neither answered nor skipped."""
    rows = list(session.self_checks.select_related("version").order_by("order"))
    if not rows:
        return None
    answers = {row.order: row.answer for row in rows}
    told = statements(rows[0].version, session.profession, answers)
    return Reality(
        agreements=[row for row in told if row.answer == SelfCheckAnswer.YES],
        open_points=[row for row in told if row.answer in {SelfCheckAnswer.DEPENDS, NO_ANSWER}],
        deal_breakers=[row for row in told if row.answer == SelfCheckAnswer.NO],
    )


def is_due(session: QuizSession) -> bool:
    """Whether the part is still to be shown. Costs two queries at most."""
    return not session.self_checks.exists() and version_of(session.profession) is not None


@transaction.atomic
def answer(*, token: str, version: int, answers: Mapping[int, str]) -> None:
    """Take the answers to the statements of a version, by their order, instead of earlier ones.

    A statement without an answer is left open. Raises `Gone`, `NotAsked` or `NoAnswer`.
    """
    session = actions.locked(token, is_open=False)
    asked = GuideVersion.objects.filter(pk=version, guide__profession=session.profession_id)
    found = asked.first() if session.kind == SessionKind.COMPATIBILITY else None
    if found is None or not session.is_finished:
        raise actions.NotAsked(_("These statements do not belong to your quiz."))
    orders = range(1, len(_items(found)) + 1)
    if set(answers) - set(orders):
        raise actions.NotAsked(_("These statements do not belong to your quiz."))
    if set(answers.values()) - {NO_ANSWER, *SelfCheckAnswer.values}:
        raise actions.NoAnswer(_("Choose one of the three answers."))
    session.self_checks.all().delete()
    SelfCheck.objects.bulk_create(
        SelfCheck(session=session, version=found, order=order, answer=answers.get(order, NO_ANSWER))
        for order in orders
    )


@transaction.atomic
def skip(*, token: str, version: int) -> None:
    """Leave the part out: what was said earlier stays. Raises as `answer`."""
    if not actions.locked(token, is_open=False).self_checks.exists():
        answer(token=token, version=version, answers={})


def _items(version: GuideVersion) -> list[dict]:
    items = version.snapshot.get("items", [])
    return [item for item in items if item["section"] == Section.SELF_CHECKS]
