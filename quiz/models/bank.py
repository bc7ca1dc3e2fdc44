from typing import Self

import pgtrigger
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
