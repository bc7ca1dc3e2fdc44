from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import CodeSystem, CriterionGroup, GuideStatus, NameKind, StudyLevel
from portal import fields, words
from portal.models import content
from portal.sources.models import Source
from portal.validators import validate_icon

# A criterion becomes a chip of a profession from this value of 100 on.
TAG_THRESHOLD = 60


@content()
class Sector(models.Model):
    """A branch of activity; each profession has one."""

    key = fields.key()
    slug = fields.slug()
    name = fields.text(_("name"), length=100)
    description = fields.text(_("description"), blank=True)
    icon = models.CharField(_("icon"), max_length=50, blank=True, validators=[validate_icon])
    sort_key = words.sort_key("name")

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["sort_key_fr"]

    def __str__(self) -> str:
        return self.name


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def with_profession_count(self) -> Self:
        """Count the listed professions that carry the criterion as a chip."""
        return self.annotate(
            profession_count=Count(
                "values",
                filter=Q(values__value__gte=TAG_THRESHOLD, values__profession__is_listed=True),
            )
        )


@content()
class Criterion(models.Model):
    """Something a person seeks or avoids in a job, from "outdoors" to "shift work"."""

    key = fields.key()
    slug = fields.slug()
    group = models.CharField(_("group"), choices=CriterionGroup)
    name = fields.text(_("name"), length=60)
    description = fields.text(_("description"), blank=True)
    icon = models.CharField(_("icon"), max_length=50, blank=True, validators=[validate_icon])
    sort_key = words.sort_key("name")

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["group", "sort_key_fr"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("criteria:detail", args=[self.slug])


class ProfessionQuerySet(models.QuerySet["Profession"]):
    def listed(self) -> Self:
        """Professions the public may see."""
        return self.filter(is_listed=True)

    def matching(self, query: list[str]) -> Self:
        """Professions one of whose names, hidden ones too, holds every word."""
        if not query:
            return self
        other_names = ProfessionName.objects.filter(
            words.matches("search", query), profession=OuterRef("pk")
        )
        return self.filter(Q(words.matches("search", query)) | Exists(other_names))

    def for_cards(self) -> Self:
        """Load what a row of a list shows, in one query."""
        is_published = ExpressionWrapper(
            Q(guide__status=GuideStatus.PUBLISHED), output_field=models.BooleanField()
        )
        return self.select_related("sector").annotate(has_guide=is_published)

    def for_comparison(self) -> Self:
        """Load the guide that is published, the interests, and the criteria as `tags`."""
        tags = ProfessionCriterion.objects.tags().select_related("criterion")
        return self.select_related(
            "sector", "guide__published_version", "interests__source"
        ).prefetch_related(
            Prefetch("criterion_values", tags.order_by("-value", "pk"), to_attr="tags")
        )

    def for_page(self) -> Self:
        """Load all that the page of a profession shows of its own tables."""
        names = ProfessionName.objects.shown().order_by("text", "pk")
        codes = ProfessionCode.objects.select_related("source")
        return self.for_comparison().prefetch_related(
            Prefetch("other_names", names, to_attr="shown_names"),
            Prefetch("codes", codes.order_by("system", "version", "code")),
        )


@content()
class Profession(models.Model):
    """What a person can be: names, level, sector and codes. The texts stand in its guide."""

    key = fields.key()
    slug = fields.slug()
    name_masculine = fields.text(_("masculine title"), length=150)
    name_feminine = fields.text(_("feminine title"), length=150)
    name_short = fields.text(_("short neutral form"), length=150)
    elides = models.BooleanField(
        _("elides"),
        default=False,
        help_text=_("French writes “d'” and “l'” before the short form."),
    )
    definition = fields.text(_("definition in one sentence"), length=200)
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="professions", verbose_name=_("sector")
    )
    study_level = models.CharField(_("study level"), choices=StudyLevel)
    isco08 = models.CharField(_("ISCO-08 unit group"), max_length=4, blank=True)
    is_regulated = models.BooleanField(
        _("regulated"), default=False, help_text=_("The law reserves access to this profession.")
    )
    is_listed = models.BooleanField(_("shown to the public"), default=True)
    criteria = models.ManyToManyField(
        Criterion, through="ProfessionCriterion", related_name="professions"
    )
    sort_key = words.sort_key("name_masculine")
    search = words.search_column(
        *[
            f"name_{form}_{code}"
            for form in ["masculine", "feminine", "short"]
            for code in ["fr", "nl", "de", "en"]
        ]
    )

    objects = ProfessionQuerySet.as_manager()

    # Loaded by `for_comparison` and `for_page`.
    tags: list["ProfessionCriterion"]
    shown_names: list["ProfessionName"]

    class Meta:
        verbose_name = _("profession")
        verbose_name_plural = _("professions")
        constraints = [
            models.CheckConstraint(
                name="profession_isco08_has_four_digits",
                condition=Q(isco08="") | Q(isco08__regex=r"^\d{4}$"),
                violation_error_message=_("An ISCO-08 unit group has four digits."),
            ),
            models.CheckConstraint(
                name="profession_study_level_is_known",
                condition=Q(study_level__in=StudyLevel.values),
                violation_error_message=_("Choose a study level of the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("professions:detail", args=[self.slug])

    @property
    def title(self) -> str:
        """Both genders, capitalised: "Boulanger / Boulangère"; once where they are the same."""
        masculine, feminine = self.name_masculine, self.name_feminine
        if masculine == feminine:
            return capfirst(masculine)
        return f"{capfirst(masculine)}\N{NO-BREAK SPACE}/ {capfirst(feminine)}"

    @property
    def short_title(self) -> str:
        return capfirst(self.name_short)


class ProfessionNameQuerySet(models.QuerySet["ProfessionName"]):
    def shown(self) -> Self:
        """Names the page lists; the others are only searched."""
        return self.filter(is_hidden=False)


@content()
class ProfessionName(models.Model):
    """Another title, a synonym or an acronym."""

    profession = models.ForeignKey(
        Profession, models.CASCADE, related_name="other_names", verbose_name=_("profession")
    )
    text = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, default="fr")
    kind = models.CharField(_("kind"), choices=NameKind, default=NameKind.TITLE)
    is_hidden = models.BooleanField(_("only searched, not shown"), default=False)
    search = words.search_column("text")

    objects = ProfessionNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["profession", "text", "language"],
                name="professionname_once_a_profession",
                violation_error_message=_("This profession has this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


@content()
class ProfessionCode(models.Model):
    """The place of a profession in an official list of occupations."""

    profession = models.ForeignKey(
        Profession, models.CASCADE, related_name="codes", verbose_name=_("profession")
    )
    system = models.CharField(_("system"), choices=CodeSystem)
    version = models.CharField(_("version"), max_length=10, blank=True)
    code = models.CharField(_("code"), max_length=200)
    label = models.CharField(_("label"), max_length=250, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(
                fields=["profession", "system", "version", "code"],
                name="professioncode_once_a_profession",
                violation_error_message=_("This profession has this code already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"


class ProfessionCriterionQuerySet(models.QuerySet["ProfessionCriterion"]):
    def tags(self) -> Self:
        """Values high enough to be a chip."""
        return self.filter(value__gte=TAG_THRESHOLD)


@content()
class ProfessionCriterion(models.Model):
    """How much a criterion holds for a profession, from 0 to 100."""

    profession = models.ForeignKey(
        Profession, models.CASCADE, related_name="criterion_values", verbose_name=_("profession")
    )
    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="values", verbose_name=_("criterion")
    )
    value = models.PositiveSmallIntegerField(_("value"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = ProfessionCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion of the profession")
        verbose_name_plural = _("criteria of the profession")
        constraints = [
            models.UniqueConstraint(
                fields=["profession", "criterion"],
                name="professioncriterion_one_value_a_criterion",
                violation_error_message=_("This profession has this criterion already."),
            ),
            models.CheckConstraint(
                name="professioncriterion_value_between_0_and_100",
                condition=Q(value__lte=100),
                violation_error_message=_("A value lies between 0 and 100."),
            ),
        ]
        indexes = [models.Index(fields=["criterion", "-value"], name="criterion_value")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"


INTERESTS = ["realistic", "investigative", "artistic", "social", "enterprising", "conventional"]


def interest_field(label: str) -> models.DecimalField:
    return models.DecimalField(label, max_digits=2, decimal_places=1)


@content()
class InterestProfile(models.Model):
    """The six occupational interests (RIASEC) a profession satisfies, each from 1 to 7."""

    profession = models.OneToOneField(
        Profession, models.CASCADE, related_name="interests", verbose_name=_("profession")
    )
    realistic = interest_field(_("Realistic"))
    investigative = interest_field(_("Investigative"))
    artistic = interest_field(_("Artistic"))
    social = interest_field(_("Social"))
    enterprising = interest_field(_("Enterprising"))
    conventional = interest_field(_("Conventional"))
    # The quiz widens its intervals where it is low.
    confidence = models.DecimalField(
        _("confidence"),
        max_digits=2,
        decimal_places=1,
        default=Decimal("0.5"),
        help_text=_(
            "From 0 (taken from elsewhere, unread) to 1 (checked by somebody who knows the"
            " profession); our own estimates have 0.5."
        ),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("interest profile")
        verbose_name_plural = _("interest profiles")
        constraints = [
            *[
                models.CheckConstraint(
                    name=f"interestprofile_{name}_between_1_and_7",
                    condition=Q(**{f"{name}__range": (1, 7)}),
                    violation_error_message=_("An interest lies between 1 and 7."),
                )
                for name in INTERESTS
            ],
            models.CheckConstraint(
                name="interestprofile_confidence_between_0_and_1",
                condition=Q(confidence__range=(0, 1)),
                violation_error_message=_("Confidence lies between 0 and 1."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(f"{value:.1f}" for value in self.values)

    @property
    def values(self) -> list[float]:
        """The six values in the order of the hexagon: R, I, A, S, E, C."""
        return [float(getattr(self, name)) for name in INTERESTS]
