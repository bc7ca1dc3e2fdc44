from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from portal import fields
from portal.models import content
from quiz.enums import FACETS, Facet, Interest, ItemStatus

LONGEST_ITEM = 70  # characters


class ItemQuerySet(models.QuerySet["Item"]):
    def active(self) -> Self:
        """Items that the next version of the model will ask, in the order of the bank."""
        return self.filter(status=ItemStatus.ACTIVE).order_by("key")

    def with_answer_count(self) -> Self:
        return self.annotate(answer_count=Count("answers"))


@content()
class Item(models.Model):
    """An activity that people say how much they would enjoy."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("Names the item in stored answers: it cannot be changed later."),
    )
    dimension = models.CharField(_("interest"), choices=Interest)
    facet = models.CharField(_("facet"), choices=Facet)
    status = models.CharField(_("status"), choices=ItemStatus, default=ItemStatus.DRAFT)
    text = fields.text(_("text"), length=LONGEST_ITEM)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz item")
        verbose_name_plural = _("quiz items")
        constraints = [
            models.CheckConstraint(
                name="item_facet_belongs_to_its_interest",
                condition=Q(
                    *[
                        Q(dimension=interest, facet__in=[str(facet) for facet in facets])
                        for interest, facets in FACETS.items()
                    ],
                    _connector=Q.OR,
                ),
                violation_error_message=_("This facet belongs to another interest."),
            ),
            models.CheckConstraint(
                name="item_status_is_known",
                condition=Q(status__in=ItemStatus.values),
                violation_error_message=_("Choose a value of the list."),
            ),
            *[
                models.UniqueConstraint(
                    fields=[f"text_{code}"],
                    condition=~Q(**{f"text_{code}": ""}),
                    name=f"item_one_a_text_{code}",
                    violation_error_message=_("Another item asks the same."),
                )
                for code in fields.LANGUAGE_CODES
            ],
        ]
        triggers = [
            # Sessions ask what their version of the model knows, answered or not.
            pgtrigger.Trigger(
                name="items_of_versions_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT FROM quiz_modelversion, jsonb_array_elements(bank) AS item
                        WHERE item->>0 = OLD.key
                    ) THEN
                        RAISE EXCEPTION 'Cannot delete an item of a version: retire it.';
                    END IF;
                    RETURN OLD;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text


@content()
class ScalePoint(models.Model):
    """One of the five answers, from 1 (not at all) to 5 (very much)."""

    value = models.PositiveSmallIntegerField(_("value"), unique=True)
    label = fields.text(_("label"), length=40)

    class Meta:
        verbose_name = _("answer of the scale")
        verbose_name_plural = _("answers of the scale")
        ordering = ["value"]
        constraints = [
            models.CheckConstraint(
                name="scalepoint_value_between_1_and_5",
                condition=Q(value__range=(1, 5)),
                violation_error_message=_("The scale goes from 1 to 5."),
            )
        ]

    def __str__(self) -> str:
        return self.label


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
