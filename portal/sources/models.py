from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import fields, words
from portal.models import content


@content()
class Source(models.Model):
    """Where a figure or a text comes from. No source, no figure."""

    key = fields.key()
    title = models.CharField(_("title"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    sort_key = words.plain_sort_key("title")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="source_year_is_a_calendar_year",
                condition=models.Q(year__isnull=True) | models.Q(year__range=(1800, 2200)),
                violation_error_message=_("The year has four digits."),
            )
        ]

    def __str__(self) -> str:
        return self.title
