import math
from typing import Self

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careers.professions.models import Guide, Profession
from careers.schools.enums import Degree, Mode, SchoolKind, TeachingLanguage
from careers.zones.models import Municipality
from portal import fields, words
from portal.fields import current_language
from portal.models import content
from portal.sources.models import Source


class SchoolQuerySet(models.QuerySet["School"]):
    def matching(self, query: list[str]) -> Self:
        """Schools whose names and municipalities hold every word."""
        schools = self
        for word in query:
            sites = Campus.objects.in_municipality(word).filter(school=OuterRef("pk"))
            named = School.objects.named(word).values("pk")
            schools = schools.filter(Q(pk__in=named) | Exists(sites))
        return schools

    def named(self, word: str) -> Self:
        """Schools one of whose names holds a word."""
        aliases = SchoolAlias.objects.filter(words.matches("search", [word]), school=OuterRef("pk"))
        return self.filter(Q(words.matches("search", [word])) | Exists(aliases))

    def with_programme_count(self) -> Self:
        return self.annotate(programme_count=Count("programmes", distinct=True))

    def with_faculties(self, school: "School") -> Self:
        """A school and its faculties: what its page speaks of."""
        return self.filter(Q(pk=school.pk) | Q(parent=school))

    def with_programme_total(self) -> Self:
        """Count the programmes of the school and of its faculties."""
        own = Count("programmes", distinct=True)
        return self.annotate(programme_total=own + Count("faculties__programmes", distinct=True))

    def for_cards(self) -> Self:
        """Load what a row of a list shows, in two queries."""
        sites = Campus.objects.select_related("municipality").order_by("name", "pk")
        return (
            self.with_programme_total()
            .select_related("parent")
            .prefetch_related(Prefetch("campuses", sites))
        )


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


class CampusQuerySet(models.QuerySet["Campus"]):
    def in_municipality(self, word: str) -> Self:
        """Sites in a municipality whose name in any language, or postcode, is the word."""
        return self.filter(municipality__in=Municipality.objects.matching([word]))

    def of_schools(self, schools: models.QuerySet[School]) -> Self:
        """The sites of these schools with all that a page says of them, in one query."""
        rows = self.filter(school__in=schools).order_by("name", "pk")
        return rows.select_related("school", "municipality__province", "municipality__region")


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

    objects = CampusQuerySet.as_manager()

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
        """Programmes whose name, school and municipalities hold every word.

        Where the site of a programme is not known, all those of its school count.
        """
        programmes = self
        has_site = Exists(Campus.objects.filter(programmes=OuterRef("pk")))
        for word in query:
            sites = Campus.objects.in_municipality(word)
            own = Q(words.matches("search", [word]))
            schools = Q(school__in=School.objects.named(word))
            here = Exists(sites.filter(programmes=OuterRef("pk")))
            perhaps = ~has_site & Exists(sites.filter(school=OuterRef("school")))
            programmes = programmes.filter(own | schools | here | perhaps)
        return programmes

    def of_schools(self, schools: models.QuerySet[School]) -> Self:
        """The programmes of these schools in reading order, each with its school."""
        rows = self.filter(school__in=schools).select_related("school")
        return rows.order_by(f"sort_key_{current_language()}", "pk")

    def similar_to(self, programme: "Programme") -> Self:
        """Other programmes for the same professions, or the same degree in the same sector.

        Those that share most professions come first, the same degree before others.
        """
        professions = Profession.objects.listed().filter(programmes=programme)
        sectors = professions.values("sector")
        ours = Q(professions__in=professions)
        neighbours = Q(degree=programme.degree, professions__sector__in=sectors)
        return (
            self.exclude(pk=programme.pk)
            .filter(ours | neighbours)
            .annotate(
                shared=Count("professions", filter=ours, distinct=True),
                same_degree=ExpressionWrapper(
                    Q(degree=programme.degree), output_field=models.BooleanField()
                ),
            )
            .select_related("school")
            .order_by("-shared", "-same_degree", f"sort_key_{current_language()}", "pk")
        )

    def for_cards(self) -> Self:
        """Load what a row of a list shows, in two queries."""
        sites = Campus.objects.select_related("municipality").order_by("name", "pk")
        return self.select_related("school").prefetch_related(Prefetch("campuses", sites))


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
        return reverse("programmes:detail", args=[self.slug, self.pk])

    @property
    def duration(self) -> str:
        """The length in words ("3 years", "6 months"), "" where it is not known."""
        if self.duration_years is None:
            return ""
        months = round(self.duration_years * 12)
        if months < 12:
            return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
        years = number_format(self.duration_years.normalize(), use_l10n=True)
        whole = math.floor(self.duration_years)
        return ngettext("%(count)s year", "%(count)s years", whole) % {"count": years}


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
