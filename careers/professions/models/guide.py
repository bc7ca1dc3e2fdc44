from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import (
    GUIDE_MOVES,
    GuideStatus,
)
from careers.professions.models.profession import Profession
from careers.zones.models import Zone
from portal import fields
from portal.models import content


class GuideQuerySet(models.QuerySet["Guide"]):
    def published(self) -> Self:
        """Guides the public may read."""
        return self.filter(status=GuideStatus.PUBLISHED, profession__is_listed=True)


@content()
class Guide(models.Model):
    """The editors' working copy of a guide; the public reads the version published from it."""

    profession = models.OneToOneField(
        Profession, models.CASCADE, related_name="guide", verbose_name=_("profession")
    )
    status = models.CharField(
        _("status"), choices=GuideStatus, default=GuideStatus.DRAFT, editable=False
    )
    published_version = models.ForeignKey(
        "GuideVersion",
        # Not PROTECT: a guide may be deleted with its versions.
        models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published version"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    tagline = fields.text(_("tagline"), length=200, blank=True)
    hook = fields.text(_("question to the reader"), length=250, blank=True)
    tile_studies = fields.text(_("tile: studies"), blank=True)
    tile_qualities = fields.text(_("tile: key qualities"), blank=True)
    tile_salary = fields.text(_("tile: salary"), blank=True)
    tile_conditions = fields.text(_("tile: conditions"), blank=True)
    introduction = fields.text(_("introduction"), blank=True)
    environment = fields.text(_("work environment"), blank=True)
    zones = models.ManyToManyField(Zone, through="ZoneOfGuide", related_name="guides")

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        permissions = [("publish_guide", _("Can publish a guide"))]
        constraints = [
            models.CheckConstraint(
                name="guide_published_ones_have_a_version_and_a_date",
                condition=~Q(status=GuideStatus.PUBLISHED)
                | Q(published_version__isnull=False, published_on__isnull=False),
                violation_error_message=_("A published guide has a version and a date."),
            ),
            models.CheckConstraint(
                name="guide_status_is_known",
                condition=Q(status__in=GuideStatus.values),
                violation_error_message=_("This status does not exist."),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="allowed_status_moves",
                field="status",
                transitions=[(str(before), str(after)) for before, after in GUIDE_MOVES],
            )
        ]

    def __str__(self) -> str:
        return str(self.profession)


class GuideVersion(models.Model):
    """What was published once: all blocks as JSON, numbered within the guide, never changed."""

    guide = models.ForeignKey(
        Guide, models.CASCADE, related_name="versions", verbose_name=_("guide")
    )
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("snapshot"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("author"),
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("version of a guide")
        verbose_name_plural = _("versions of guides")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "number"], name="guideversion_numbered_within_the_guide"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="versions_never_change", operation=pgtrigger.UpdateOf("snapshot")
            )
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s")) % {"number": self.number}
