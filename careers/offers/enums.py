"""The closed lists of the offers app, and the moves an offer's status may make."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmployerKind(models.TextChoices):
    """What kind of body employs."""

    COMPANY = "company", _("Company")
    PUBLIC = "public", _("Public service")
    NON_PROFIT = "non-profit", _("Non-profit")
    AGENCY = "agency", _("Employment agency")


class EmployerSize(models.TextChoices):
    """How many people work there, in the classes of the Belgian social balance sheet."""

    MICRO = "1-9", _("1 to 9 people")
    SMALL = "10-49", _("10 to 49 people")
    MEDIUM = "50-249", _("50 to 249 people")
    LARGE = "250+", _("250 people and more")


class OfferStatus(models.TextChoices):
    """The life of an offer. That it has expired follows from its closing day."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in-review", _("in review")
    PUBLISHED = "published", _("published")
    FILLED = "filled", _("filled")
    WITHDRAWN = "withdrawn", _("withdrawn")


OFFER_MOVES = [
    (OfferStatus.DRAFT, OfferStatus.IN_REVIEW),
    (OfferStatus.IN_REVIEW, OfferStatus.DRAFT),
    (OfferStatus.IN_REVIEW, OfferStatus.PUBLISHED),
    (OfferStatus.PUBLISHED, OfferStatus.FILLED),
    (OfferStatus.PUBLISHED, OfferStatus.WITHDRAWN),
]


class Contract(models.TextChoices):
    """Contracts of Belgium; how many hours a week stands apart from them."""

    PERMANENT = "permanent", _("Permanent (CDI)")
    FIXED_TERM = "fixed-term", _("Fixed term (CDD)")
    DEFINED_WORK = "defined-work", _("Clearly defined work")
    REPLACEMENT = "replacement", _("Replacement")
    AGENCY = "agency", _("Agency work")
    STUDENT = "student", _("Student contract")
    FLEXI_JOB = "flexi-job", _("Flexi-job")
    SEASONAL = "seasonal", _("Seasonal work")
    WORK_STUDY = "work-study", _("Work-study")
    INTERNSHIP = "internship", _("Internship")
    STATUTORY = "statutory", _("Statutory appointment")
    FREELANCE = "freelance", _("Self-employed")
    VOLUNTEER = "volunteer", _("Volunteering")


# Contracts whose pay follows scales of their own: it says nothing of what a profession earns.
OTHER_SCALES = {
    Contract.STUDENT,
    Contract.INTERNSHIP,
    Contract.WORK_STUDY,
    Contract.FREELANCE,
    Contract.VOLUNTEER,
    Contract.FLEXI_JOB,
}


class WorkingTime(models.TextChoices):
    """Full or part time."""

    FULL = "full", _("Full time")
    PART = "part", _("Part time")


class HoursPattern(models.TextChoices):
    """When the work is done."""

    DAY = "day", _("Daytime")
    FLEXIBLE = "flexible", _("Flexible hours")
    TWO_SHIFTS = "two-shifts", _("Two shifts")
    THREE_SHIFTS = "three-shifts", _("Three shifts")
    NIGHT = "night", _("Night")
    WEEKEND = "weekend", _("Weekend")
    IRREGULAR = "irregular", _("Irregular hours")


class Experience(models.TextChoices):
    """The experience asked, least first."""

    NONE = "none", _("No experience asked")
    UNDER_TWO = "0-2", _("Up to 2 years")
    TWO_TO_FIVE = "2-5", _("2 to 5 years")
    OVER_FIVE = "5+", _("More than 5 years")


class Telework(models.TextChoices):
    """How much of the work may be done from home."""

    NONE = "none", _("On site")
    SOME = "some", _("Occasional telework")
    HYBRID = "hybrid", _("Hybrid")
    FULL = "full", _("Fully remote")


class Licence(models.TextChoices):
    """The driving licence asked."""

    NONE = "none", _("No licence asked")
    B = "B", _("Licence B (car)")
    C = "C", _("Licence C (lorry)")
    CE = "CE", _("Licence CE (lorry and trailer)")
    D = "D", _("Licence D (bus)")


class WorkLanguage(models.TextChoices):
    """Languages that an offer may ask for."""

    FR = "fr", _("French")
    NL = "nl", _("Dutch")
    DE = "de", _("German")
    EN = "en", _("English")
    LB = "lb", _("Luxembourgish")
    ES = "es", _("Spanish")
    IT = "it", _("Italian")


class LanguageLevel(models.IntegerChoices):
    """Levels of the Common European Framework (CEFR), lowest first."""

    A1 = 1, "A1"
    A2 = 2, "A2"
    B1 = 3, "B1"
    B2 = 4, "B2"
    C1 = 5, "C1"
    C2 = 6, "C2"


class Benefit(models.TextChoices):
    """What comes on top of the pay."""

    MEAL_VOUCHERS = "meal-vouchers", _("Meal vouchers")
    ECO_VOUCHERS = "eco-vouchers", _("Eco vouchers")
    THIRTEENTH_MONTH = "thirteenth-month", _("Thirteenth month")
    BONUS = "bonus", _("Yearly bonus")
    GROUP_INSURANCE = "group-insurance", _("Group insurance")
    HOSPITAL_INSURANCE = "hospital-insurance", _("Hospital insurance")
    COMPANY_CAR = "company-car", _("Company car")
    TRAVEL_COSTS = "travel-costs", _("Travel costs paid")
    BICYCLE = "bicycle", _("Bicycle or bicycle allowance")
    EXTRA_LEAVE = "extra-leave", _("Extra days of leave")
    TRAINING = "training", _("Paid training")


class ApplyBy(models.TextChoices):
    """How a person applies."""

    FORM = "form", _("Form on this site")
    LINK = "link", _("Link to another site")
    EMAIL = "email", _("E-mail")


class ReportReason(models.TextChoices):
    """Why a person reports an offer."""

    DISCRIMINATION = "discrimination", _("It discriminates")
    FRAUD = "fraud", _("It is a fraud or asks for money")
    MISLEADING = "misleading", _("Its contents are wrong or misleading")
    CLOSED = "closed", _("The post is no longer free")
    OTHER = "other", _("Another reason")


class ReportStatus(models.TextChoices):
    """What has become of a report."""

    NEW = "new", _("new")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("rejected")


class NoticeKind(models.TextChoices):
    """What an employer is told of an offer."""

    CLOSES_SOON = "closes-soon", _("closes soon")
    CLOSED = "closed", _("has closed")
