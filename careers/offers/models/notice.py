from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import NoticeKind
from careers.offers.models.offer import JobOffer


class OfferNotice(models.Model):
    """What an employer has been told of an offer: once for each closing day."""

    offer = models.ForeignKey(
        JobOffer, models.CASCADE, related_name="notices", verbose_name=_("job offer")
    )
    kind = models.CharField(_("what was told"), choices=NoticeKind)
    closes_on = models.DateField(_("closes on"))
    told_at = models.DateTimeField(_("told at"), auto_now_add=True)

    class Meta:
        verbose_name = _("notice to an employer")
        verbose_name_plural = _("notices to employers")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "kind", "closes_on"],
                name="offernotice_once_a_closing_day",
                violation_error_message=_("This employer has been told already."),
            ),
            models.CheckConstraint(
                name="offernotice_kind_is_known",
                condition=models.Q(kind__in=NoticeKind.values),
                violation_error_message=_("Choose a value of the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.offer}"
