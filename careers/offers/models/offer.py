from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from careers.offers import pay
from careers.offers.enums import (
    OFFER_MOVES,
    ApplyBy,
    Benefit,
    Contract,
    Experience,
    HoursPattern,
    Licence,
    OfferStatus,
    Telework,
    WorkingTime,
    WorkLanguage,
)
from careers.offers.models.dates import BelgianDay
from careers.offers.models.employer import Employer
from careers.offers.models.triggers import (
    ForgetOldTerms,
    NumberWhenPublished,
    TellSearch,
)
from careers.offers.search.terms import TermsField
from careers.professions.enums import Period, StudyLevel
from careers.professions.models import Profession, Sector
from careers.zones.models import Municipality
from portal.models import FirstVersion
from portal.sources.models import Source

IS_PUBLISHED = Q(status=OfferStatus.PUBLISHED)
HAS_PAY = Q(pay_min__isnull=False) | Q(pay_max__isnull=False)
# Columns whose values are those of a closed list, also for COPY and raw SQL.
CHOICES = {
    "contract": Contract,
    "working_time": WorkingTime,
    "hours_pattern": HoursPattern,
    "telework": Telework,
    "experience": Experience,
    "study_level": StudyLevel,
    "licence": Licence,
    "pay_period": Period,
    "apply_by": ApplyBy,
    "language": WorkLanguage,
}


class JobOfferQuerySet(models.QuerySet["JobOffer"]):
    def live(self) -> Self:
        """Offers that a person may answer today."""
        return self.filter(IS_PUBLISHED, closes_on__gte=timezone.localdate())

    def for_public(self) -> Self:
        """Offers that have a page: also those that have ended."""
        return self.filter(number__isnull=False)

    def for_cards(self) -> Self:
        """Load what an offer card shows, in two queries and without the long texts."""
        places = OfferPlace.objects.select_related("municipality").order_by("pk")
        return (
            self.defer("description", "profile", "title_terms", "body_terms")
            .select_related("employer", "profession")
            .prefetch_related(models.Prefetch("offer_places", places))
        )


# The text, the address to write to and what follows from other columns stay out of the history.
@pghistory.track(
    FirstVersion(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["apply_email", "title_terms", "body_terms", "monthly_low", "monthly_high"],
)
class JobOffer(models.Model):
    """A post that an employer wants to fill."""

    # The order of first publication here, newest highest; given by the database.
    number = models.BigIntegerField(_("number"), null=True, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    language = models.CharField(
        _("language of the text"), choices=WorkLanguage, default=WorkLanguage.FR
    )
    description = models.TextField(_("the work"))
    profile = models.TextField(_("who is sought"), blank=True)
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="offers", verbose_name=_("employer")
    )
    user_sector = models.ForeignKey(
        Sector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sector of the workplace"),
        help_text=_("For an agency: where the person will work."),
    )
    profession = models.ForeignKey(
        Profession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("profession"),
    )
    places = models.ManyToManyField(
        Municipality, through="OfferPlace", related_name="offers", verbose_name=_("places")
    )

    contract = models.CharField(_("contract"), choices=Contract)
    working_time = models.CharField(
        _("working time"), choices=WorkingTime, default=WorkingTime.FULL
    )
    percentage = models.PositiveSmallIntegerField(_("percentage"), default=100)
    hours_pattern = models.CharField(_("hours"), choices=HoursPattern, default=HoursPattern.DAY)
    telework = models.CharField(_("telework"), choices=Telework, default=Telework.NONE)
    starts_on = models.DateField(
        _("starts on"), null=True, blank=True, help_text=_("Empty: as soon as possible.")
    )
    posts = models.PositiveSmallIntegerField(_("number of posts"), default=1)
    is_student_job = models.BooleanField(_("student job"), default=False)
    is_open_to_minors = models.BooleanField(_("open to people under 18"), default=False)

    pay_min = models.DecimalField(
        _("pay from"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    pay_max = models.DecimalField(
        _("pay up to"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    pay_period = models.CharField(_("pay for"), choices=Period, default=Period.MONTH)
    pay_currency = models.CharField(_("currency"), max_length=3, default="EUR", editable=False)
    pay_is_gross = models.BooleanField(_("gross"), default=True)
    pay_is_not_given = models.BooleanField(_("pay not given"), default=False)
    benefits = ArrayField(
        models.CharField(choices=Benefit), default=list, blank=True, verbose_name=_("benefits")
    )
    monthly_low = pay.monthly_column("pay_min", "pay_max")
    monthly_high = pay.monthly_column("pay_max", "pay_min")

    experience = models.CharField(_("experience"), choices=Experience, default=Experience.NONE)
    study_level = models.CharField(_("study level"), choices=StudyLevel, default=StudyLevel.NONE)
    licence = models.CharField(_("driving licence"), choices=Licence, default=Licence.NONE)

    apply_by = models.CharField(_("apply by"), choices=ApplyBy, default=ApplyBy.FORM)
    apply_url = models.URLField(_("address to apply at"), max_length=500, blank=True)
    apply_email = models.EmailField(_("e-mail address to apply to"), blank=True)

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("source"),
    )
    reference = models.CharField(_("reference at the source"), max_length=100, blank=True)

    status = models.CharField(
        _("status"), choices=OfferStatus, default=OfferStatus.DRAFT, editable=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    closes_on = models.DateField(
        _("closes on"), help_text=_("The last day on which a person may apply.")
    )

    title_terms = TermsField("title")
    body_terms = TermsField("description", "profile")

    objects = JobOfferQuerySet.as_manager()

    # Loaded by `for_cards`.
    offer_places: models.Manager["OfferPlace"]

    class Meta:
        verbose_name = _("job offer")
        verbose_name_plural = _("job offers")
        permissions = [("publish_joboffer", _("Can publish an offer"))]
        constraints = [
            models.CheckConstraint(
                name="joboffer_status_is_known",
                condition=Q(status__in=OfferStatus.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="joboffer_published_has_number_and_moment",
                condition=~IS_PUBLISHED | Q(number__isnull=False, published_at__isnull=False),
                violation_error_message=_("A published offer needs a publication date."),
            ),
            models.CheckConstraint(
                name="joboffer_closes_after_publication",
                condition=Q(published_at__isnull=True)
                | Q(closes_on__gte=BelgianDay("published_at")),
                violation_error_message=_("An offer closes on or after the day it is published."),
            ),
            models.CheckConstraint(
                name="joboffer_pay_is_given_or_said_not_to_be",
                condition=Q(pay_is_not_given=True, pay_min__isnull=True, pay_max__isnull=True)
                | (Q(pay_is_not_given=False) & HAS_PAY),
                violation_error_message=_("Give the pay: from, up to, or both."),
            ),
            models.CheckConstraint(
                name="joboffer_pay_is_given_unless_imported",
                condition=Q(pay_is_not_given=False) | Q(source__isnull=False),
                violation_error_message=_("Only an imported offer may leave the pay out."),
            ),
            models.CheckConstraint(
                name="joboffer_minimum_pay_is_not_over_maximum",
                condition=Q(pay_min__isnull=True)
                | Q(pay_max__isnull=True)
                | Q(pay_min__lte=F("pay_max")),
                violation_error_message=_("The minimum is over the maximum."),
            ),
            models.CheckConstraint(
                name="joboffer_pay_is_plausible",
                condition=Q(pay_is_not_given=True)
                | Q(
                    monthly_low__gte=pay.LEAST_A_MONTH,
                    monthly_high__lte=pay.MOST_A_MONTH,
                ),
                violation_error_message=_(
                    "Nobody earns that: check the amount and whether it is for an hour, a month or "
                    "a year."
                ),
            ),
            models.CheckConstraint(
                name="joboffer_percentage_goes_with_working_time",
                condition=Q(working_time=WorkingTime.FULL, percentage=100)
                | Q(working_time=WorkingTime.PART, percentage__range=(5, 99)),
                violation_error_message=_(
                    "Full time is 100 per cent; part time lies between 5 and 99."
                ),
            ),
            models.CheckConstraint(
                name="joboffer_has_a_post",
                condition=Q(posts__range=(1, 999)),
                violation_error_message=_("An offer has between 1 and 999 posts."),
            ),
            models.CheckConstraint(
                name="joboffer_has_a_profession_unless_imported",
                condition=Q(profession__isnull=False) | Q(source__isnull=False),
                violation_error_message=_("Choose the profession."),
            ),
            models.CheckConstraint(
                name="joboffer_says_where_to_apply",
                condition=Q(apply_by=ApplyBy.FORM)
                | (Q(apply_by=ApplyBy.LINK) & ~Q(apply_url=""))
                | (Q(apply_by=ApplyBy.EMAIL) & ~Q(apply_email="")),
                violation_error_message=_("Say where to apply: an address or an e-mail address."),
            ),
            models.CheckConstraint(
                name="joboffer_reference_has_a_source",
                condition=Q(reference="") | Q(source__isnull=False),
                violation_error_message=_("A reference needs the source that gave it."),
            ),
            models.UniqueConstraint(
                fields=["source", "reference"],
                condition=~Q(reference=""),
                name="joboffer_one_a_reference",
                violation_error_message=_("This offer of this source is here already."),
            ),
            *[
                models.CheckConstraint(
                    name=f"joboffer_{name}_is_known",
                    condition=Q(**{f"{name}__in": choices.values}),
                    violation_error_message=_("Choose a value of the list."),
                )
                for name, choices in CHOICES.items()
            ],
        ]
        indexes = [
            models.Index(fields=["-number"], name="live_by_number", condition=IS_PUBLISHED),
            models.Index(
                fields=["closes_on", "-number"], name="live_by_closing", condition=IS_PUBLISHED
            ),
            models.Index(
                F("monthly_high").desc(nulls_last=True),
                F("number").desc(),
                name="live_by_pay",
                condition=IS_PUBLISHED,
            ),
            models.Index(
                fields=["profession", "-number"],
                name="live_by_profession",
                condition=IS_PUBLISHED,
            ),
            models.Index(
                fields=["employer", "-number"], name="live_by_employer", condition=IS_PUBLISHED
            ),
            models.Index(fields=["status", "-id"], name="joboffer_by_status"),
            GinIndex(fields=["title_terms"], name="live_by_title", condition=IS_PUBLISHED),
            GinIndex(fields=["body_terms"], name="live_by_body", condition=IS_PUBLISHED),
            # Those that came without terms: every search asks whether there are any.
            models.Index(
                fields=["-id"],
                name="live_without_terms",
                condition=IS_PUBLISHED & (Q(title_terms=None) | Q(body_terms=None)),
            ),
            # For the back office, which also finds what is not published.
            GinIndex(fields=["title_terms"], name="other_by_title", condition=~IS_PUBLISHED),
        ]
        triggers = [
            pgtrigger.FSM(
                name="allowed_status_moves",
                field="status",
                transitions=[(str(before), str(after)) for before, after in OFFER_MOVES],
            ),
            NumberWhenPublished(),
            ForgetOldTerms(),
            TellSearch("id", old_terms=True),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("offers:detail", args=[self.slug, self.pk])

    @property
    def slug(self) -> str:
        """The word before the id in the address."""
        return slugify(self.title)[:80] or "offre"

    @property
    def is_expired(self) -> bool:
        """Whether the last day to apply has passed."""
        return self.status == OfferStatus.PUBLISHED and self.closes_on < timezone.localdate()

    @property
    def is_live(self) -> bool:
        """Whether a person may answer it today."""
        return self.status == OfferStatus.PUBLISHED and self.closes_on >= timezone.localdate()


class OfferPlace(models.Model):
    """One of the places where the person will work."""

    offer = models.ForeignKey(
        JobOffer, models.CASCADE, related_name="offer_places", verbose_name=_("job offer")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    address = models.CharField(_("address"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("place of work")
        verbose_name_plural = _("places of work")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "municipality"],
                name="offerplace_once_an_offer",
                violation_error_message=_("This offer has this place already."),
            )
        ]
        indexes = [models.Index(fields=["municipality", "offer"], name="offerplace_offers")]
        triggers = [TellSearch("offer_id")]

    def __str__(self) -> str:
        return str(self.municipality)
