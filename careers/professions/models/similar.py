from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import SimilarKind
from careers.professions.models.profession import Profession
from portal.models import BumpContentVersion


class SimilarProfession(models.Model):
    """How alike two professions are, and by what; computed, never edited.

    The table stands as a whole for one state of the catalogue: each row of it has its `version`.
    """

    profession = models.ForeignKey(
        Profession, models.CASCADE, related_name="similar", verbose_name=_("profession")
    )
    other = models.ForeignKey(
        Profession, models.CASCADE, related_name="+", verbose_name=_("similar profession")
    )
    kind = models.CharField(_("kind"), choices=SimilarKind)
    # The higher, the more alike; comparable within one profession only.
    score = models.FloatField(_("score"))
    # What the score is made of, by name: interests, skills, text, study level, code.
    parts = models.JSONField(_("parts"), default=dict)
    version = models.PositiveIntegerField(_("version"))

    class Meta:
        verbose_name = _("similar profession")
        verbose_name_plural = _("similar professions")
        constraints = [
            models.UniqueConstraint(
                fields=["profession", "other"],
                name="similarprofession_one_a_pair",
                violation_error_message=_("These two have been compared already."),
            ),
            models.CheckConstraint(
                name="similarprofession_is_another_one",
                condition=~Q(profession=F("other")),
                violation_error_message=_("A profession is not similar to itself."),
            ),
            models.CheckConstraint(
                name="similarprofession_kind_is_known",
                condition=Q(kind__in=SimilarKind.values),
                violation_error_message=_("Choose a value of the list."),
            ),
        ]
        indexes = [
            models.Index(fields=["profession", "kind", "-score"], name="similar_closest_first")
        ]
        triggers = [BumpContentVersion()]

    def __str__(self) -> str:
        return f"{self.profession_id} → {self.other_id}"
