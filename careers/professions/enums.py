"""The closed lists of the professions app, and the moves a guide's status may make."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyLevel(models.TextChoices):
    """The level of study most often asked, lowest first."""

    NONE = "none", _("No diploma asked")
    VOCATIONAL = "vocational", _("Vocational secondary or apprenticeship")
    UPPER_SECONDARY = "upper-secondary", _("Upper secondary (CESS)")
    SHORT_CYCLE = "short-cycle", _("Short higher education (BES)")
    BACHELOR = "bachelor", _("Bachelor")
    MASTER = "master", _("Master")
    DOCTORATE = "doctorate", _("Doctorate")


class GuideStatus(models.TextChoices):
    """The life of a guide; only a published one exists for the public."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


GUIDE_MOVES = [
    (GuideStatus.DRAFT, GuideStatus.IN_REVIEW),
    (GuideStatus.IN_REVIEW, GuideStatus.DRAFT),
    (GuideStatus.DRAFT, GuideStatus.PUBLISHED),
    (GuideStatus.IN_REVIEW, GuideStatus.PUBLISHED),
    (GuideStatus.PUBLISHED, GuideStatus.ARCHIVED),
    (GuideStatus.ARCHIVED, GuideStatus.DRAFT),
]


class Section(models.TextChoices):
    """The lists of plain items in a guide, in the order of the page."""

    MISSIONS = "missions", _("Daily missions")
    TOOLS = "tools", _("Tools and equipment")
    COUNTRY_FACTS = "country-facts", _("In Belgium")
    WORKPLACES = "workplaces", _("Workplaces")
    REPORTS_TO = "reports-to", _("Reports to")
    LEADS = "leads", _("Leads")
    INDICATORS = "indicators", _("Indicators")
    PROS = "pros", _("Strong points")
    CONS = "cons", _("Weak points")
    CAREER_MOVES = "career-moves", _("Career prospects")
    ADVICE = "advice", _("Advice")
    SELF_CHECKS = "self-checks", _("Self-assessment")
    FAQ = "faq", _("Frequent questions")


class NameKind(models.TextChoices):
    """What another name of a profession is."""

    TITLE = "title", _("other title")
    SYNONYM = "synonym", _("synonym")
    ACRONYM = "acronym", _("acronym")


class CodeSystem(models.TextChoices):
    """Official lists of occupations."""

    ROME = "ROME", "ROME"
    OGR = "OGR", _("OGR title code")
    ISCO = "ISCO-08", "ISCO-08"
    ESCO = "ESCO", "ESCO"


class FigureKind(models.TextChoices):
    """What a key figure measures."""

    TRAINING_LENGTH = "training-length", _("Length of training")
    PEOPLE_EMPLOYED = "people-employed", _("People employed")
    GROWTH = "growth", _("Yearly growth")
    PLACEMENT_RATE = "placement-rate", _("Placement rate")
    AVERAGE_AGE = "average-age", _("Average age")
    WOMEN_SHARE = "women-share", _("Share of women")
    OTHER = "other", _("Other figure")


class SalaryLevel(models.TextChoices):
    """Whose pay a band speaks of."""

    OVERALL = "overall", _("All levels")
    BEGINNER = "beginner", _("Beginner")
    EXPERIENCED = "experienced", _("Experienced")
    SENIOR = "senior", _("Senior")
    EXCEPTIONAL = "exceptional", _("Exceptional")


class Period(models.TextChoices):
    """What one amount of pay covers."""

    HOUR = "hour", _("an hour")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class Country(models.TextChoices):
    """Where a figure holds."""

    BE = "BE", _("Belgium")
    FR = "FR", _("France")
    LU = "LU", _("Luxembourg")


class RouteKind(models.TextChoices):
    """Ways into a profession."""

    STUDY = "study", _("By studies")
    APPRENTICESHIP = "apprenticeship", _("By apprenticeship")
    WORK = "work", _("Through work")
    DIRECT = "direct", _("Directly")
    VALIDATION = "validation", _("By validation of skills")


class SkillKind(models.TextChoices):
    """Technical knowledge or behaviour."""

    HARD = "hard", _("Technical skills")
    SOFT = "soft", _("Personal qualities")


class ConditionKind(models.TextChoices):
    """Working conditions that can be compared between professions."""

    HOURS = "hours", _("Hours")
    SHIFTS = "shifts", _("Shifts, nights, weekends")
    ON_CALL = "on-call", _("On call")
    TRAVEL = "travel", _("Travel")
    PLACE = "place", _("Place of work")
    REMOTE = "remote", _("Remote work")
    PROTECTIVE_EQUIPMENT = "protective-equipment", _("Protective equipment")
    NOISE = "noise", _("Noise")
    PHYSICAL_EFFORT = "physical-effort", _("Physical effort")
    SEASONALITY = "seasonality", _("Seasons")


class Frequency(models.TextChoices):
    """How often a condition is met."""

    NEVER = "never", _("never")
    SOMETIMES = "sometimes", _("sometimes")
    OFTEN = "often", _("often")
    ALWAYS = "always", _("always")


class CriterionGroup(models.TextChoices):
    """The four families of criteria."""

    PEOPLE = "people", _("People")
    ACTIVITY = "activity", _("Activity")
    PLACE = "place", _("Place")
    CONDITIONS = "conditions", _("Conditions")


class SimilarKind(models.TextChoices):
    """In what way two professions are alike."""

    CLOSE = "close", _("close")
    BRIDGE = "bridge", _("same skills, another family")
    LEVEL = "level", _("another level of study")
