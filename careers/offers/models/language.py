from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import LanguageLevel, WorkLanguage
from careers.offers.models.offer import JobOffer
from careers.offers.models.triggers import TellSearch


class OfferLanguage(models.Model):
    """A language that an offer asks for, and how well."""

    offer = models.ForeignKey(
        JobOffer, models.CASCADE, related_name="languages", verbose_name=_("job offer")
    )
    language = models.CharField(_("language"), choices=WorkLanguage)
    level = models.PositiveSmallIntegerField(_("level (CEFR)"), choices=LanguageLevel)

    class Meta:
        verbose_name = _("language asked")
        verbose_name_plural = _("languages asked")
        ordering = ["-level", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "language"],
                name="offerlanguage_once_an_offer",
                violation_error_message=_("This offer asks for this language already."),
            ),
            models.CheckConstraint(
                name="offerlanguage_is_known",
                condition=Q(language__in=WorkLanguage.values, level__in=LanguageLevel.values),
                violation_error_message=_("Choose a value of the list."),
            ),
        ]
        indexes = [models.Index(fields=["language", "level", "offer"], name="offerlanguage_offers")]
        triggers = [TellSearch("offer_id")]

    def __str__(self) -> str:
        return f"{self.get_language_display()} {self.get_level_display()}"
