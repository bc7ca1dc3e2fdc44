from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import (
    ConditionKind,
    Country,
    FigureKind,
    Frequency,
    Period,
    RouteKind,
    SalaryLevel,
    Section,
    SkillKind,
)
from careers.professions.models.guide import Guide
from careers.professions.models.profession import Criterion
from careers.zones.models import Zone
from portal import fields
from portal.models import content
from portal.numbers import number_text
from portal.sources.models import Source


class Block(models.Model):
    """A row of a guide, in the order the editor gives."""

    guide = models.ForeignKey(Guide, models.CASCADE, verbose_name=_("guide"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class Sourced(models.Model):
    """A fact: it cannot be saved without its source."""

    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))

    class Meta:
        abstract = True


@content()
class GuideItem(Block):
    """One item of a plain list: a mission, a tool, a strong point, a question with its answer."""

    section = models.CharField(_("section"), choices=Section)
    heading = fields.text(_("heading"), length=250, blank=True)
    text = fields.text(_("text"))
    criterion = models.ForeignKey(
        Criterion, models.SET_NULL, null=True, blank=True, verbose_name=_("criterion")
    )

    class Meta(Block.Meta):
        default_related_name = "items"
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.CheckConstraint(
                name="guideitem_section_is_known",
                condition=Q(section__in=Section.values),
                violation_error_message=_("This section does not exist."),
            ),
            models.CheckConstraint(
                name="guideitem_a_frequent_question_has_its_question",
                condition=~Q(section=Section.FAQ) | ~Q(heading_fr=""),
                violation_error_message=_("Write the question in the heading, the answer below."),
            ),
        ]
        indexes = [models.Index(fields=["guide", "section", "order"], name="guideitem_section")]

    def __str__(self) -> str:
        return self.heading or self.text[:60]


@content()
class Figure(Block, Sourced):
    """A key figure: a number, or only words where nobody has counted."""

    kind = models.CharField(_("kind"), choices=FigureKind)
    label = fields.text(_("label"), length=100, blank=True)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    text = fields.text(_("text"), length=150)
    area = models.CharField(_("area"), choices=Country, default=Country.BE)
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta(Block.Meta):
        default_related_name = "figures"
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "kind", "area", "year"],
                condition=~Q(kind=FigureKind.OTHER),
                name="figure_one_a_kind_area_and_year",
                violation_error_message=_("This guide has this figure for this year already."),
            ),
            models.CheckConstraint(
                name="figure_other_kinds_have_a_label",
                condition=~Q(kind=FigureKind.OTHER) | ~Q(label_fr=""),
                violation_error_message=_("Say what the figure measures."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"


@content()
class SalaryBand(Block, Sourced):
    """Pay of one level, in one country, as published in one year."""

    level = models.CharField(_("level"), choices=SalaryLevel)
    minimum = models.DecimalField(
        _("minimum"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    maximum = models.DecimalField(
        _("maximum"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    period = models.CharField(_("period"), choices=Period, default=Period.MONTH)
    is_gross = models.BooleanField(_("gross"), default=True)
    country = models.CharField(_("country"), choices=Country, default=Country.BE)
    year = models.PositiveSmallIntegerField(_("year"))
    extras = fields.text(_("on top of it"), length=250, blank=True)

    class Meta(Block.Meta):
        default_related_name = "salaries"
        verbose_name = _("salary band")
        verbose_name_plural = _("salary bands")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "level", "country", "year"],
                name="salaryband_one_a_level_country_and_year",
                violation_error_message=_("This level has a band for this country and year."),
            ),
            models.CheckConstraint(
                name="salaryband_has_an_amount",
                condition=Q(minimum__isnull=False) | Q(maximum__isnull=False),
                violation_error_message=_("Give a minimum or a maximum."),
            ),
            models.CheckConstraint(
                name="salaryband_minimum_is_not_over_maximum",
                condition=Q(minimum__isnull=True)
                | Q(maximum__isnull=True)
                | Q(minimum__lte=F("maximum")),
                violation_error_message=_("The minimum is over the maximum."),
            ),
            models.CheckConstraint(
                name="salaryband_amounts_are_positive",
                condition=(Q(minimum__isnull=True) | Q(minimum__gt=0))
                & (Q(maximum__isnull=True) | Q(maximum__gt=0)),
                violation_error_message=_("An amount is over zero."),
            ),
        ]

    def __str__(self) -> str:
        low, high = (
            "…" if amount is None else number_text(amount)
            for amount in (self.minimum, self.maximum)
        )
        return f"{self.get_level_display()}, {low}–{high} {self.currency}"


@content()
class DayMoment(Block):
    """A part of the typical day."""

    start = models.TimeField(_("from"))
    end = models.TimeField(_("to"))
    text = fields.text(_("text"))

    class Meta(Block.Meta):
        default_related_name = "day"
        verbose_name = _("moment of the day")
        verbose_name_plural = _("moments of the day")
        constraints = [
            models.CheckConstraint(
                name="daymoment_has_a_length",
                condition=~Q(end=F("start")),
                violation_error_message=_("A moment ends at another hour than it starts."),
            ),
            models.UniqueConstraint(
                fields=["guide", "start"],
                name="daymoment_one_a_start",
                violation_error_message=_("Another moment starts at this hour."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


@content()
class Testimony(Block, Sourced):
    """What a real person says of the work, retold in indirect speech."""

    first_name = models.CharField(_("first name"), max_length=60)
    role = fields.text(_("role"), length=150)
    sector = fields.text(_("sector"), length=150, blank=True)
    text = fields.text(_("text"))

    class Meta(Block.Meta):
        default_related_name = "testimonies"
        verbose_name = _("testimony")
        verbose_name_plural = _("testimonies")

    def __str__(self) -> str:
        return self.first_name


@content()
class Step(Block):
    """A step on the path to the profession."""

    title = fields.text(_("title"), length=150)
    text = fields.text(_("text"), blank=True)
    duration = fields.text(_("duration"), length=60, blank=True)

    class Meta(Block.Meta):
        default_related_name = "steps"
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title


@content()
class EntryRoute(Block):
    """A way into the profession, by its type."""

    kind = models.CharField(_("kind"), choices=RouteKind)
    text = fields.text(_("text"))

    class Meta(Block.Meta):
        default_related_name = "routes"
        verbose_name = _("entry route")
        verbose_name_plural = _("entry routes")

    def __str__(self) -> str:
        return self.get_kind_display()


@content()
class Skill(Block):
    """A skill and how much it weighs, from 1 (useful) to 5 (essential)."""

    kind = models.CharField(_("kind"), choices=SkillKind)
    name = fields.text(_("name"), length=150)
    text = fields.text(_("text"), blank=True)
    importance = models.PositiveSmallIntegerField(_("importance"), default=3)

    class Meta:
        default_related_name = "skills"
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["-importance", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="skill_importance_between_1_and_5",
                condition=Q(importance__range=(1, 5)),
                violation_error_message=_("Importance goes from 1 to 5."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@content()
class Condition(Block):
    """A working condition, comparable between professions."""

    kind = models.CharField(_("kind"), choices=ConditionKind)
    frequency = models.CharField(_("frequency"), choices=Frequency)
    text = fields.text(_("text"), blank=True)

    class Meta(Block.Meta):
        default_related_name = "working_conditions"
        verbose_name = _("working condition")
        verbose_name_plural = _("working conditions")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "kind"],
                name="condition_one_a_kind",
                violation_error_message=_("This guide has this condition already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@content()
class ZoneOfGuide(Block):
    """An employment zone where the profession is sought."""

    zone = models.ForeignKey(Zone, models.PROTECT, verbose_name=_("zone"))
    note = fields.text(_("note"), length=250, blank=True)

    class Meta(Block.Meta):
        default_related_name = "zones_of_guide"
        verbose_name = _("employment zone of the guide")
        verbose_name_plural = _("employment zones of the guide")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "zone"],
                name="zoneofguide_once_a_guide",
                violation_error_message=_("This guide has this zone already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.zone)
