from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ModelVersionQuerySet(models.QuerySet["ModelVersion"]):
    def light(self) -> Self:
        """Versions without what `versions.load` keeps in memory."""
        return self.defer(*ModelVersion.HEAVY)

    def for_language(self, language: str) -> "ModelVersion | None":
        """The version that a new session in this language works with; None while there is none.

        A version made for the language goes before the one for all.
        """
        current = self.filter(is_current=True, language__in=[language, ""])
        return current.order_by("-language").first()


class ModelVersion(models.Model):
    """What the engine knows, numbered; from its first session on it never changes."""

    # Columns that few pages read.
    HEAVY = ["bank", "parameters", "catalogue"]

    number = models.PositiveIntegerField(_("number"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    # (key, interest, facet) of each item, in the order of the engine's matrices.
    bank = models.JSONField(_("item bank"))
    # What the engine's `Model.data()` gives.
    parameters = models.JSONField(_("parameters"))
    # The six interests of each profession by its primary key.
    catalogue = models.JSONField(_("profiles of professions"))
    engine_version = models.CharField(_("version of the engine"), max_length=20, blank=True)
    respondents = models.PositiveIntegerField(
        _("people it rests on"), default=0, help_text=_("None: made from theory alone.")
    )
    is_current = models.BooleanField(_("used for new sessions"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # Written by the database with the first session.
    used_at = models.DateTimeField(_("used since"), null=True, blank=True, editable=False)
    notes = models.TextField(_("notes"), blank=True)

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the model")
        verbose_name_plural = _("versions of the model")
        constraints = [
            models.UniqueConstraint(
                fields=["language"],
                condition=Q(is_current=True),
                name="modelversion_one_current_a_language",
                violation_error_message=_("Another version is used for this language."),
            ),
            models.CheckConstraint(
                name="modelversion_number_starts_at_1",
                condition=Q(number__gte=1),
                violation_error_message=_("Versions are numbered from 1 on."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="used_versions_stay",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.used_at IS NOT NULL"),
            ),
            pgtrigger.Protect(
                name="used_versions_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.used_at IS NOT NULL AND"
                    " (OLD.number, OLD.language, OLD.bank, OLD.parameters, OLD.catalogue,"
                    " OLD.engine_version, OLD.respondents, OLD.created_at, OLD.used_at)"
                    " IS DISTINCT FROM"
                    " (NEW.number, NEW.language, NEW.bank, NEW.parameters, NEW.catalogue,"
                    " NEW.engine_version, NEW.respondents, NEW.created_at, NEW.used_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s")) % {"number": self.number}

    @property
    def is_frozen(self) -> bool:
        return self.used_at is not None
