from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.zones import sphere
from portal import fields, words
from portal.models import content
from portal.sources.models import Source

LATITUDES = (49.0, 52.0)
LONGITUDES = (2.0, 7.0)


@content()
class Region(models.Model):
    """One of the three regions of Belgium, by its REFNIS code."""

    code = models.CharField(_("REFNIS code"), max_length=5, unique=True)
    name = fields.text(_("name"), length=100)
    sort_key = words.sort_key("name")

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["sort_key_fr"]

    def __str__(self) -> str:
        return self.name


@content()
class Province(models.Model):
    """One of the ten provinces; the Brussels-Capital Region is in none."""

    code = models.CharField(_("REFNIS code"), max_length=5, unique=True)
    name = fields.text(_("name"), length=100)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="provinces", verbose_name=_("region")
    )
    sort_key = words.sort_key("name")

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["sort_key_fr"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def matching(self, query: list[str]) -> Self:
        """Municipalities whose name in any language holds the words, or that have the postcode."""
        if not query:
            return self
        return self.filter(
            Q(words.matches("search", query)) | Q(postal_codes__code__in=query)
        ).distinct()

    def within(self, *, latitude: float, longitude: float, km: float) -> Self:
        """Municipalities at most `km` from a point (degrees), each with its `distance` in km."""
        south, north, west, east = sphere.box(latitude, longitude, km)
        near = self.filter(latitude__range=(south, north), longitude__range=(west, east))
        distance = sphere.sql_distance(latitude, longitude)
        return near.annotate(distance=distance).filter(distance__lte=km)


@content()
class Municipality(models.Model):
    """A municipality by its NIS code, with a point for distances."""

    nis_code = models.CharField(_("NIS code"), max_length=5, unique=True)
    name = fields.text(_("name"), length=100)
    province = models.ForeignKey(
        Province,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="municipalities",
        verbose_name=_("province"),
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="municipalities", verbose_name=_("region")
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    sort_key = words.sort_key("name")
    search = words.search_column("name_fr", "name_nl", "name_de", "name_en")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_key_fr"]
        indexes = [models.Index(fields=["latitude", "longitude"], name="municipality_point")]
        constraints = [
            models.CheckConstraint(
                name="municipality_nis_code_has_five_digits",
                condition=Q(nis_code__regex=r"^\d{5}$"),
                violation_error_message=_("An NIS code has five digits."),
            ),
            models.CheckConstraint(
                name="municipality_point_is_in_belgium",
                condition=Q(latitude__range=LATITUDES, longitude__range=LONGITUDES),
                violation_error_message=_("This point is not in Belgium."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@content()
class MunicipalityAlias(models.Model):
    """A former municipality, or another name of one: its old NIS code, its old name, or both."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="aliases", verbose_name=_("successor")
    )
    nis_code = models.CharField(_("old NIS code"), max_length=5, blank=True)
    name = fields.text(_("name"), length=100)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day; empty where it is not known, or the name is still in use."),
    )

    class Meta:
        verbose_name = _("other municipality name or code")
        verbose_name_plural = _("other municipality names and codes")
        constraints = [
            models.CheckConstraint(
                name="municipalityalias_nis_code_has_five_digits",
                condition=Q(nis_code="") | Q(nis_code__regex=r"^\d{5}$"),
                violation_error_message=_("An NIS code has five digits."),
            ),
            models.UniqueConstraint(
                fields=["nis_code"],
                condition=~Q(nis_code=""),
                name="municipalityalias_one_successor_a_code",
                violation_error_message=_("This code already has a successor."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "name_fr"],
                condition=Q(nis_code=""),
                name="municipalityalias_name_once_a_municipality",
                violation_error_message=_("This municipality has this name already."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.nis_code, self.name]))


@content()
class PostalCode(models.Model):
    """A postcode in a municipality; either may have several of the other."""

    code = models.CharField(_("postcode"), max_length=4)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="postal_codes", verbose_name=_("municipality")
    )

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "municipality"],
                name="postalcode_once_a_municipality",
                violation_error_message=_("This municipality has this postcode already."),
            ),
            models.CheckConstraint(
                name="postalcode_has_four_digits",
                condition=Q(code__regex=r"^\d{4}$"),
                violation_error_message=_("A Belgian postcode has four digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ZoneQuerySet(models.QuerySet["Zone"]):
    def matching(self, query: list[str]) -> Self:
        """Zones whose name, other names or municipalities hold every word."""
        if not query:
            return self
        aliases = ZoneAlias.objects.filter(
            words.matches("search", query), zone=models.OuterRef("pk")
        )
        towns = Zone.municipalities.through.objects.filter(
            zone=models.OuterRef("pk"),
            municipality__in=Municipality.objects.matching(query),
        )
        return self.filter(
            Q(words.matches("search", query)) | models.Exists(aliases) | models.Exists(towns)
        )


@content()
class Zone(models.Model):
    """An employment zone: a name that people use, and the municipalities it stands for."""

    key = fields.key()
    slug = fields.slug()
    name = fields.text(_("name"), length=150)
    description = fields.text(_("description"), blank=True)
    industries = fields.text(_("industries"), blank=True)
    municipalities = models.ManyToManyField(
        Municipality, related_name="zones", verbose_name=_("municipalities")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )
    sort_key = words.sort_key("name")
    search = words.search_column("name_fr", "name_nl", "name_de", "name_en", "industries_fr")

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment zone")
        verbose_name_plural = _("employment zones")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("zones:detail", args=[self.slug])


@content()
class ZoneAlias(models.Model):
    """Another way in which people write the name of a zone."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="aliases", verbose_name=_("zone"))
    name = models.CharField(_("other name"), max_length=150)
    search = words.search_column("name")

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "name"],
                name="zonealias_once_a_zone",
                violation_error_message=_("This zone has this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
