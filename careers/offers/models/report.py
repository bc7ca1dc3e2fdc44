from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import ReportReason, ReportStatus
from careers.offers.models.offer import JobOffer


class OfferReport(models.Model):
    """A notice that an offer is unlawful or wrong, and what was decided.

    The Digital Services Act (EU 2022/2065, art. 16) asks for an explanation, the place, and where
    the person wants an answer a name and an address. Personal data: no history; name, address and
    explanation are erased six months after the decision, or two years after they came in.
    """

    offer = models.ForeignKey(
        JobOffer, models.CASCADE, related_name="reports", verbose_name=_("job offer")
    )
    reason = models.CharField(_("reason"), choices=ReportReason)
    explanation = models.TextField(_("explanation"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    # Of the page on which it was written: in it its author is answered.
    language = models.CharField(_("language"), max_length=2, default="fr", editable=False)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)
    status = models.CharField(_("status"), choices=ReportStatus, default=ReportStatus.NEW)
    decision = models.TextField(
        _("decision and its reasons"),
        blank=True,
        help_text=_("Sent to who reported, and to the employer where the offer is withdrawn."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("report of an offer")
        verbose_name_plural = _("reports of offers")
        constraints = [
            models.CheckConstraint(
                name="offerreport_decision_has_its_reasons",
                condition=Q(status=ReportStatus.NEW)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                violation_error_message=_("Give the reasons of the decision."),
            ),
            models.CheckConstraint(
                name="offerreport_reason_is_known",
                condition=Q(reason__in=ReportReason.values, status__in=ReportStatus.values),
                violation_error_message=_("Choose a reason of the list."),
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="offerreport_queue")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.offer}"
