from secrets import token_hex
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.offers import company_numbers
from careers.offers.enums import EmployerKind, EmployerSize
from careers.professions.models import Sector
from careers.zones.models import Municipality
from portal import fields, words
from portal.models import content


def logo_key(employer: "Employer", name: str) -> str:
    """Where a logo is stored: a name that nobody can guess, for what `logos.redrawn` made."""
    return f"logos/{token_hex(16)}.webp"


def public_storage() -> Storage:
    """The files that everybody may see."""
    return storages["public"]


class EmployerQuerySet(models.QuerySet["Employer"]):
    def matching(self, query: list[str]) -> Self:
        """Employers whose name holds every word."""
        return self.filter(words.matches("search", query)) if query else self

    def for_cards(self) -> Self:
        """Load what a row of a list shows, in one query."""
        return self.select_related("sector", "municipality")


@content()
class Employer(models.Model):
    """Who publishes offers: a company, a public service, a non-profit, an employment agency."""

    key = fields.key()
    slug = fields.slug()
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), choices=EmployerKind, default=EmployerKind.COMPANY)
    company_number = models.CharField(
        _("company number (BCE/KBO)"),
        max_length=10,
        blank=True,
        validators=[company_numbers.check],
    )
    sector = models.ForeignKey(
        Sector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employers",
        verbose_name=_("sector"),
    )
    size = models.CharField(_("size"), choices=EmployerSize, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employers",
        verbose_name=_("municipality"),
    )
    description = fields.text(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to=logo_key, storage=public_storage, blank=True)
    is_verified = models.BooleanField(
        _("verified"), default=False, help_text=_("Somebody of the portal knows that it exists.")
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented, to show what the portal does.")
    )
    sort_key = words.plain_sort_key("name")
    search = words.search_column("name")

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        constraints = [
            models.CheckConstraint(
                name="employer_company_number_has_its_check_digits",
                condition=Q(company_number="")
                | company_numbers.check_digits_hold("company_number"),
                violation_error_message=_(
                    "This is not a company number: its check digits are wrong."
                ),
            ),
            models.UniqueConstraint(
                fields=["company_number"],
                condition=~Q(company_number=""),
                name="employer_one_a_company_number",
                violation_error_message=_("An employer has this company number already."),
            ),
            models.CheckConstraint(
                name="employer_example_has_no_company_number",
                condition=Q(is_example=False) | Q(company_number=""),
                violation_error_message=_("An example carries no company number."),
            ),
            models.CheckConstraint(
                name="employer_kind_is_known",
                condition=Q(kind__in=EmployerKind.values),
                violation_error_message=_("Choose a kind of the list."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="employer_by_name"),
            GinIndex(fields=["search"], name="employer_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("employers:detail", args=[self.slug])

    @property
    def company_number_text(self) -> str:
        return company_numbers.text(self.company_number)
