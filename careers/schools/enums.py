"""The closed lists of the schools app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchoolKind(models.TextChoices):
    UNIVERSITY = "university", _("University")
    UNIVERSITY_COLLEGE = "university-college", _("University college (haute école)")
    ARTS_COLLEGE = "arts-college", _("Arts college")
    ADULT_EDUCATION = "adult-education", _("Adult education")
    SECONDARY = "secondary", _("Secondary school")
    APPRENTICESHIP_CENTRE = "apprenticeship-centre", _("Apprenticeship centre")
    SKILLS_CENTRE = "skills-centre", _("Skills centre")
    TRAINING_PROVIDER = "training-provider", _("Training provider")


class Degree(models.TextChoices):
    CERTIFICATE = "certificate", _("Certificate")
    UPPER_SECONDARY = "upper-secondary", _("Upper secondary")
    SHORT_CYCLE = "short-cycle", _("Short higher education (BES)")
    BACHELOR = "bachelor", _("Bachelor")
    SPECIALISED_BACHELOR = "specialised-bachelor", _("Specialised bachelor")
    MASTER = "master", _("Master")
    SPECIALISED_MASTER = "specialised-master", _("Specialised master")
    CONTINUING = "continuing", _("Continuing training")

    @property
    def eqf_level(self) -> int | None:
        """The level in the European Qualifications Framework, None where it has none."""
        return EQF_LEVELS.get(self.value)


# The "Cadre francophone des certifications" (http://www.cfc.cfwb.be), whose eight levels are those
# of the European framework. Also holds the doctorate, a study level without programmes here.
EQF_LEVELS = {
    "upper-secondary": 4,
    "short-cycle": 5,
    "bachelor": 6,
    "specialised-bachelor": 6,
    "master": 7,
    "specialised-master": 7,
    "doctorate": 8,
}


class Mode(models.TextChoices):
    DAY = "day", _("Day")
    EVENING = "evening", _("Evening")
    WORK_STUDY = "work-study", _("Work and study")
    DISTANCE = "distance", _("Distance")
    BLENDED = "blended", _("Blended")


class TeachingLanguage(models.TextChoices):
    FR = "fr", _("French")
    NL = "nl", _("Dutch")
    DE = "de", _("German")
    EN = "en", _("English")
