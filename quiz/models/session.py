import secrets
from datetime import date, timedelta
from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.professions.models import Profession
from quiz.engine.compatibility import ITEMS
from quiz.enums import SessionKind, SessionState, Situation, StudyOpenness
from quiz.models.bank import Item
from quiz.models.version import ModelVersion

DAYS_KEPT = 30
MAIN_LENGTH = 20  # items; what 80 % of people finish in two minutes
# Letters and digits that nobody mistakes for one another.
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
# More than an hour for one item means a break, not thinking.
LONGEST_TIME = 3_600_000  # milliseconds


def new_token() -> str:
    """What only the person who holds the link knows."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    return "".join(secrets.choice(CODE_SIGNS) for _place in range(CODE_LENGTH))


def can_be_asked(text: str) -> bool:
    """Whether the database takes the text: it refuses NUL, and half of a surrogate pair."""
    return text.isprintable()


def last_day() -> date:
    """The day on which what begins today is erased."""
    return timezone.localdate() + timedelta(days=DAYS_KEPT)


class ClassGroupQuerySet(models.QuerySet["ClassGroup"]):
    def open(self) -> Self:
        """Groups that pupils may still join."""
        return self.filter(expires_on__gt=timezone.localdate())

    def linked(self, token: str) -> Self:
        """The group whose teacher has this link; one at most, none for any text."""
        return self.open().filter(desk_token=token) if can_be_asked(token) else self.none()


class ClassGroup(models.Model):
    """A class that takes the quiz together: a code for the pupils, a link for the teacher.

    It has no name: nothing says which class it is.
    """

    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=new_code)
    desk_token = models.CharField(max_length=64, unique=True, default=new_token)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_on = models.DateField(_("erased on"), default=last_day)

    objects = ClassGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")

    def __str__(self) -> str:
        return self.code


class QuizSessionQuerySet(models.QuerySet["QuizSession"]):
    def reachable(self) -> Self:
        """Sessions that their links still open: those to be erased today are gone."""
        return self.filter(erase_on__gt=timezone.localdate())

    def linked(self, token: str, *, shows: bool = False) -> Self:
        """The session that this link changes, or only `shows`; one at most, none for any text."""
        if not can_be_asked(token):
            return self.none()
        only_shows = Q(share_token=token) if shows else Q()
        return self.reachable().filter(Q(edit_token=token) | only_shows)

    def with_light_version(self, *relations: str) -> Self:
        """Loads versions of the model without what `versions.load` keeps in memory.

        `relations` lead to other sessions whose version is wanted too.
        """
        versions = ["model_version", *(f"{name}__model_version" for name in relations)]
        heavy = [f"{path}__{name}" for path in versions for name in ModelVersion.HEAVY]
        return self.select_related(*versions).defer(*heavy)

    def finished(self) -> Self:
        return self.filter(state=SessionState.FINISHED)

    def part(self) -> None:
        """Have the quizzes based on these stand alone: those under way ask all their questions."""
        based = QuizSession.objects.filter(based_on__in=self)
        based.filter(state=SessionState.STARTED).update(length=ITEMS)
        based.update(based_on=None)

    def for_research(self) -> Self:
        """Whole main quizzes whose answers their givers left to research, flagged ones too."""
        return self.finished().filter(kind=SessionKind.MAIN, consent_research=True)


class QuizSession(models.Model):
    """One person's way through the quiz. Nothing in it says who the person is.

    After `erase_on` it is deleted or, where the person consented, kept without its links, its
    report and all that could tie it to a person.
    """

    # The link that answers and erases, and the one that only shows the report.
    edit_token = models.CharField(max_length=64, unique=True, null=True, default=new_token)  # noqa: DJ001
    share_token = models.CharField(max_length=64, unique=True, null=True, default=new_token)  # noqa: DJ001
    kind = models.CharField(_("kind"), choices=SessionKind, default=SessionKind.MAIN)
    profession = models.ForeignKey(
        Profession,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profession"),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    model_version = models.ForeignKey(
        ModelVersion,
        models.PROTECT,
        related_name="sessions",
        verbose_name=_("version of the model"),
    )
    length = models.PositiveSmallIntegerField(_("items to ask"), default=MAIN_LENGTH)
    # The main quiz whose answers a compatibility quiz starts from.
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )
    study_level = models.CharField(
        _("studies imagined"), choices=StudyOpenness, default=StudyOpenness.ANY
    )
    situation = models.CharField(_("situation"), choices=Situation, blank=True)
    class_group = models.ForeignKey(
        ClassGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("class"),
    )
    state = models.CharField(_("state"), choices=SessionState, default=SessionState.STARTED)
    # The item on the person's screen.
    next_item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("next item")
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    # The engine found the answers to contradict each other; a soft note, never a refusal.
    is_flagged = models.BooleanField(_("may be random"), default=False)
    consent_research = models.BooleanField(_("answers left to research"), default=False)
    # How often the result was sent by mail; to which addresses is written nowhere.
    mails = models.PositiveSmallIntegerField(_("messages sent"), default=0)
    erase_on = models.DateField(_("erased on"), null=True, blank=True, default=last_day)
    anonymised_on = models.DateField(_("made anonymous on"), null=True, blank=True)

    objects = QuizSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz session")
        verbose_name_plural = _("quiz sessions")
        permissions = [("export_research", _("Can export the answers left to research"))]
        constraints = [
            models.CheckConstraint(
                name="quizsession_compatibility_names_a_profession",
                condition=Q(kind=SessionKind.MAIN, profession__isnull=True)
                | Q(kind=SessionKind.COMPATIBILITY, profession__isnull=False),
                violation_error_message=_("A compatibility quiz is about one profession."),
            ),
            models.CheckConstraint(
                name="quizsession_finished_ones_have_an_end",
                condition=Q(state=SessionState.STARTED, finished_at__isnull=True)
                | Q(state=SessionState.FINISHED, finished_at__isnull=False),
                violation_error_message=_("A finished session has an end, others have none."),
            ),
            models.CheckConstraint(
                name="quizsession_has_links_until_it_is_anonymous",
                condition=Q(
                    anonymised_on__isnull=True,
                    edit_token__isnull=False,
                    share_token__isnull=False,
                    erase_on__isnull=False,
                )
                | Q(
                    anonymised_on__isnull=False,
                    edit_token__isnull=True,
                    share_token__isnull=True,
                    erase_on__isnull=True,
                    based_on__isnull=True,
                    class_group__isnull=True,
                    situation="",
                    consent_research=True,
                ),
                violation_error_message=_("What is kept for research is nobody's any more."),
            ),
            models.CheckConstraint(
                name="quizsession_language_is_known",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                violation_error_message=_("Choose a value of the list."),
            ),
            models.CheckConstraint(
                name="quizsession_study_level_is_known",
                condition=Q(study_level__in=StudyOpenness.values),
                violation_error_message=_("Choose a value of the list."),
            ),
            models.CheckConstraint(
                name="quizsession_situation_is_known",
                condition=Q(situation__in=["", *Situation.values]),
                violation_error_message=_("Choose a value of the list."),
            ),
        ]
        indexes = [models.Index(fields=["erase_on"], name="quizsession_to_erase")]
        triggers = [
            pgtrigger.Trigger(
                name="freeze_the_version",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE quiz_modelversion SET used_at = now()
                    WHERE id = NEW.model_version_id AND used_at IS NULL;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Protect(
                name="sessions_keep_their_version",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.model_version_id IS DISTINCT FROM NEW.model_version_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.state == SessionState.FINISHED


class Answer(models.Model):
    """What a person said to one item; no value where the item was skipped."""

    session = models.ForeignKey(
        QuizSession, models.CASCADE, related_name="answers", verbose_name=_("quiz session")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="answers", verbose_name=_("quiz item")
    )
    value = models.PositiveSmallIntegerField(_("value"), null=True, blank=True)
    # The place in which the item was asked, from 1 on.
    order = models.PositiveSmallIntegerField(_("order"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "item"],
                name="answer_one_an_item_and_session",
                violation_error_message=_("This item has been answered already."),
            ),
            models.UniqueConstraint(
                fields=["session", "order"],
                name="answer_one_a_place_and_session",
                violation_error_message=_("Another item was asked in this place."),
            ),
            models.CheckConstraint(
                name="answer_value_between_1_and_5",
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)),
                violation_error_message=_("An answer goes from 1 to 5."),
            ),
            models.CheckConstraint(
                name="answer_order_starts_at_1",
                condition=Q(order__gte=1),
                violation_error_message=_("Answers are counted from 1 on."),
            ),
            models.CheckConstraint(
                name="answer_time_is_within_an_hour",
                condition=Q(milliseconds__isnull=True) | Q(milliseconds__lte=LONGEST_TIME),
                violation_error_message=_("Longer than an hour is a break: leave the time out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.value or '–'}"


class Report(models.Model):
    """The result as it was shown: what is shown again is this, not a new computation."""

    session = models.OneToOneField(
        QuizSession, models.CASCADE, related_name="report", verbose_name=_("quiz session")
    )
    snapshot = models.JSONField(_("snapshot"))
    engine_version = models.CharField(_("version of the engine"), max_length=20)
    made_at = models.DateTimeField(_("made at"), auto_now=True)

    class Meta:
        verbose_name = _("report of a session")
        verbose_name_plural = _("reports of sessions")

    def __str__(self) -> str:
        return f"{self.session_id}"
