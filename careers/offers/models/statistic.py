from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.professions.models import Profession


class PayStatistic(models.Model):
    """What live offers of a profession pay in one area: quartiles in whole euros a month, gross.

    `area` is the REFNIS code of a province, or of the Brussels region; empty for the whole country.
    `examples` of the `count` offers are invented. `gap` is null for areas, and where the guide has
    no band of gross pay in Belgium.
    Written by `careers.offers.statistics.refresh` alone.
    """

    profession = models.ForeignKey(
        Profession, models.CASCADE, related_name="pay_statistics", verbose_name=_("profession")
    )
    area = models.CharField(_("area"), max_length=5, blank=True)
    count = models.PositiveIntegerField(_("offers"))
    low = models.PositiveIntegerField(_("first quartile"))
    median = models.PositiveIntegerField(_("median"))
    high = models.PositiveIntegerField(_("third quartile"))
    examples = models.PositiveIntegerField(_("offers of examples"), db_default=0)
    gap = models.SmallIntegerField(
        _("gap to the guide"),
        null=True,
        help_text=_(
            "Per cent by which the median lies under (−) or over the bands of the guide; 0 inside."
        ),
    )
    computed_at = models.DateTimeField(_("computed at"))

    class Meta:
        verbose_name = _("pay in live offers")
        verbose_name_plural = _("pay in live offers")
        constraints = [
            models.UniqueConstraint(
                fields=["profession", "area"],
                name="paystatistic_once_an_area",
                violation_error_message=_("This area has its figures already."),
            ),
            models.CheckConstraint(
                name="paystatistic_counts_enough_offers",
                condition=Q(count__gte=5),
                violation_error_message=_("Fewer than five offers say nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profession}: {self.median} €"
