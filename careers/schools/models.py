from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.professions.models import Guide, Profession
from careers.schools.enums import Degree, Mode, SchoolKind, TeachingLanguage
from careers.zones.models import Municipality
from portal import fields, words
from portal.models import content
from portal.sources.models import Source


class SchoolQuerySet(models.QuerySet["School"]):
    def matching(self, query: list[str]) -> Self:
        """Schools one of whose names holds every word."""
        if not query:
            return self
        aliases = SchoolAlias.objects.filter(words.matches("search", query), school=OuterRef("pk"))
        return self.filter(Q(words.matches("search", query)) | Exists(aliases))

    def with_programme_count(self) -> Self:
        return self.annotate(programme_count=Count("programmes", distinct=True))

    def for_cards(self) -> Self:
        """Load what a row of a list shows."""
        return self.select_related("parent").prefetch_related("campuses__municipality")


@content()
class School(models.Model):
    """An institution that teaches, or a faculty of one (its parent)."""

    key = fields.key()
    slug = fields.slug()
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), choices=SchoolKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="faculties",
        verbose_name=_("part of"),
    )
    website = models.URLField(_("website"), blank=True)
    description = fields.text(_("description"), blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )
    sort_key = words.plain_sort_key("name")
    search = words.search_column("name", "short_name")

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.CheckConstraint(
                name="school_is_not_part_of_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A school is not part of itself."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("schools:detail", args=[self.slug])

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@content()
class SchoolAlias(models.Model):
    """Another way in which people write the name of a school."""

    school = models.ForeignKey(
        School, models.CASCADE, related_name="aliases", verbose_name=_("school")
    )
    name = models.CharField(_("other name"), max_length=200)
    search = words.search_column("name")

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                name="schoolalias_once_a_school",
                violation_error_message=_("This school has this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@content()
class Campus(models.Model):
    """A site where a school teaches."""

    key = fields.key()
    school = models.ForeignKey(
        School, models.CASCADE, related_name="campuses", verbose_name=_("school")
    )
    name = models.CharField(_("name"), max_length=150)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="campuses", verbose_name=_("municipality")
    )
    address = models.CharField(_("address"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("campus")
        verbose_name_plural = _("campuses")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                name="campus_named_once_a_school",
                violation_error_message=_("This school has a campus of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def matching(self, query: list[str]) -> Self:
        """Programmes whose name, or whose school's, holds every word."""
        if not query:
            return self
        return self.filter(
            Q(words.matches("search", query)) | Q(school__in=School.objects.matching(query))
        )

    def for_cards(self) -> Self:
        """Load what a row of a list shows."""
        return self.select_related("school").prefetch_related("campuses__municipality")


@content()
class Programme(models.Model):
    """A course of study that a school offers on one or several of its campuses."""

    key = fields.key()
    slug = fields.slug()
    school = models.ForeignKey(
        School, models.CASCADE, related_name="programmes", verbose_name=_("school")
    )
    campuses = models.ManyToManyField(
        Campus, blank=True, related_name="programmes", verbose_name=_("campuses")
    )
    name = fields.text(_("name"), length=200)
    degree = models.CharField(_("degree"), choices=Degree)
    credits = models.PositiveSmallIntegerField(_("credits"), null=True, blank=True)
    duration_years = models.DecimalField(
        _("duration in years"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    language = models.CharField(
        _("language"), choices=TeachingLanguage, default=TeachingLanguage.FR
    )
    mode = models.CharField(_("mode"), choices=Mode, default=Mode.DAY)
    professions = models.ManyToManyField(
        Profession, blank=True, related_name="programmes", verbose_name=_("professions")
    )
    description = fields.text(_("description"), blank=True)
    url = models.URLField(_("address"), blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )
    sort_key = words.sort_key("name")
    search = words.search_column("name_fr", "name_nl", "name_de", "name_en")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                name="programme_credits_are_believable",
                condition=Q(credits__isnull=True) | Q(credits__range=(1, 360)),
                violation_error_message=_("Credits go from 1 to 360."),
            ),
            models.CheckConstraint(
                name="programme_duration_is_believable",
                condition=Q(duration_years__isnull=True) | Q(duration_years__range=(0.1, 10)),
                violation_error_message=_("A programme lasts up to ten years."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[f"{self.slug}-{self.pk}"])


@content()
class SchoolOfGuide(models.Model):
    """A school that a guide names as a place to train, with the campuses meant."""

    guide = models.ForeignKey(
        Guide, models.CASCADE, related_name="schools", verbose_name=_("guide")
    )
    school = models.ForeignKey(
        School, models.PROTECT, related_name="places_in_guides", verbose_name=_("school")
    )
    campuses = models.ManyToManyField(Campus, blank=True, verbose_name=_("campuses"))
    note = fields.text(_("note"), length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("school of the guide")
        verbose_name_plural = _("schools of the guide")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "school"],
                name="schoolofguide_once_a_guide",
                violation_error_message=_("This guide has this school already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.school)
