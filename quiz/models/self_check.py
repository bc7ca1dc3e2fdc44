from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.professions.models import GuideVersion
from quiz.enums import SelfCheckAnswer
from quiz.models.session import QuizSession


class SelfCheck(models.Model):
    """What a person said to one statement of a guide, "" for nothing; erased with the session.

    `order` is the place of the statement among the self-checks of a version, which never changes.
    """

    session = models.ForeignKey(
        QuizSession, models.CASCADE, related_name="self_checks", verbose_name=_("quiz session")
    )
    version = models.ForeignKey(
        GuideVersion, models.CASCADE, related_name="+", verbose_name=_("version of a guide")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    answer = models.CharField(_("answer"), choices=SelfCheckAnswer, blank=True)

    class Meta:
        verbose_name = _("answer to a statement")
        verbose_name_plural = _("answers to statements")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "order"],
                name="selfcheck_one_answer_a_statement",
                violation_error_message=_("This statement has been answered already."),
            ),
            models.CheckConstraint(
                name="selfcheck_order_starts_at_1",
                condition=Q(order__gte=1),
                violation_error_message=_("Statements are counted from 1 on."),
            ),
            models.CheckConstraint(
                name="selfcheck_answer_is_known",
                condition=Q(answer__in=["", *SelfCheckAnswer.values]),
                violation_error_message=_("Choose a value of the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.answer or '–'}"
