"""The closed lists of the quiz."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import StudyLevel


class Interest(models.TextChoices):
    """The six occupational interests, in the order of the hexagon."""

    REALISTIC = "R", _("Realistic")
    INVESTIGATIVE = "I", _("Investigative")
    ARTISTIC = "A", _("Artistic")
    SOCIAL = "S", _("Social")
    ENTERPRISING = "E", _("Enterprising")
    CONVENTIONAL = "C", _("Conventional")


class Facet(models.TextChoices):
    """The sides of an interest over which its items are spread."""

    MACHINES = "machines", _("Machines")
    BUILDING = "building", _("Building")
    NATURE = "nature", _("Nature and animals")
    DRIVING = "driving", _("Driving")
    REPAIR = "repair", _("Electronics and repair")
    LIFE = "life", _("Living things")
    MATTER = "matter", _("Matter")
    DATA = "data", _("Data and mathematics")
    SOCIETY = "society", _("People and society")
    STAGE = "stage", _("Stage")
    WRITING = "writing", _("Writing")
    VISUAL = "visual", _("Visual arts")
    MUSIC = "music", _("Music and sound")
    DIGITAL = "digital", _("Digital making")
    CARE = "care", _("Care")
    TEACHING = "teaching", _("Teaching")
    ADVICE = "advice", _("Advice")
    COMMUNITY = "community", _("Community")
    LEAD = "lead", _("Leading")
    SELL = "sell", _("Selling")
    FOUND = "found", _("Founding")
    PERSUADE = "persuade", _("Persuading")
    RECORDS = "records", _("Records")
    FINANCE = "finance", _("Finance")
    LOGISTICS = "logistics", _("Logistics")
    RULES = "rules", _("Rules and quality")


FACETS = {
    Interest.REALISTIC: [
        *[Facet.MACHINES, Facet.BUILDING, Facet.NATURE, Facet.DRIVING, Facet.REPAIR],
    ],
    Interest.INVESTIGATIVE: [Facet.LIFE, Facet.MATTER, Facet.DATA, Facet.SOCIETY],
    Interest.ARTISTIC: [
        *[Facet.STAGE, Facet.WRITING, Facet.VISUAL, Facet.MUSIC, Facet.DIGITAL],
    ],
    Interest.SOCIAL: [Facet.CARE, Facet.TEACHING, Facet.ADVICE, Facet.COMMUNITY],
    Interest.ENTERPRISING: [Facet.LEAD, Facet.SELL, Facet.FOUND, Facet.PERSUADE],
    Interest.CONVENTIONAL: [Facet.RECORDS, Facet.FINANCE, Facet.LOGISTICS, Facet.RULES],
}


class ItemStatus(models.TextChoices):
    """Only items in use enter the next version of the model."""

    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("in use")
    RETIRED = "retired", _("retired")


class SessionKind(models.TextChoices):
    """All professions, or one of them."""

    MAIN = "main", _("main quiz")
    COMPATIBILITY = "compatibility", _("compatibility with a profession")


class SessionState(models.TextChoices):
    """How far a session is."""

    STARTED = "started", _("started")
    FINISHED = "finished", _("finished")


class StudyOpenness(models.TextChoices):
    """The studies a person can imagine; a filter with a visible switch, never a hidden weight."""

    ANY = "any", _("Any level")
    SECONDARY = "secondary", _("Up to upper secondary")
    BACHELOR = "bachelor", _("Short higher education or bachelor")
    MASTER = "master", _("Master or more")

    @property
    def levels(self) -> list[StudyLevel]:
        """The levels of professions that it lets through."""
        return {
            StudyOpenness.ANY: list(StudyLevel),
            StudyOpenness.SECONDARY: [
                *[StudyLevel.NONE, StudyLevel.VOCATIONAL, StudyLevel.UPPER_SECONDARY],
            ],
            StudyOpenness.BACHELOR: [StudyLevel.SHORT_CYCLE, StudyLevel.BACHELOR],
            StudyOpenness.MASTER: [StudyLevel.MASTER, StudyLevel.DOCTORATE],
        }[self]


class Situation(models.TextChoices):
    """Where the person is; asked, but never needed."""

    PUPIL = "pupil", _("At school")
    STUDENT = "student", _("In higher education")
    WORKER = "worker", _("In work")
    CHANGING = "changing", _("Changing direction")


class SelfCheckAnswer(models.TextChoices):
    """What a person says to a statement of a guide."""

    YES = "yes", _("Yes")
    DEPENDS = "depends", _("It depends")
    NO = "no", _("No")
