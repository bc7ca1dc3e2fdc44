from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class OfferChange(models.Model):
    """An offer of which a search must look again, numbered in the order of commits.

    Written by triggers, so that COPY, raw SQL and the admin count alike. The terms an offer had
    are kept where they have changed: nobody else remembers them.
    """

    id = models.BigAutoField(primary_key=True)
    offer_id = models.BigIntegerField()
    old_title_terms = ArrayField(models.BigIntegerField(), null=True)
    old_body_terms = ArrayField(models.BigIntegerField(), null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change of an offer")
        verbose_name_plural = _("changes of offers")
        indexes = [models.Index(fields=["changed_at"], name="offerchange_age")]

    def __str__(self) -> str:
        return f"{self.id}: {self.offer_id}"
