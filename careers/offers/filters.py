"""The ways a visitor narrows the list of offers, one query parameter each.

`contract`, `time`, `hours`, `experience`, `level`, `telework`, `licence` and `audience` take values
of the enums, `sector`, `profession` and `employer` slugs, `province` a REFNIS code ("04000" is
Brussels); all may repeat. `where` is a place as people write it, `radius` kilometres around it.
`pay` is what is wanted at least, in euros a `unit` (month or year). `fr`, `nl`, `de` and `en` are
what the visitor speaks. `after` and `before` are signed places in the list.
"""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careers.offers import enums, fields
from careers.offers.asked import Asked
from careers.offers.models import JobOffer
from careers.offers.search.query import DAYS, MINORS, STUDENT, Sort
from careers.professions.enums import Period, StudyLevel
from portal.facets import SettingFilter

UNITS = [(Period.MONTH.value, _("a month")), (Period.YEAR.value, _("a year"))]
AUDIENCES = {STUDENT: _("Student job"), MINORS: _("Open to people under 18")}
VIEWS = [("list", _("List")), ("map", _("Map"))]


def since_label(days: int) -> str:
    if days == 1:
        return str(_("Since yesterday"))
    return ngettext("Last %(days)s day", "Last %(days)s days", days) % {"days": days}


class ChosenFilter(django_filters.MultipleChoiceFilter):
    """Some values of a closed list."""

    field_class = fields.ShortChoices


class NamedFilter(django_filters.Filter):
    """Rows of another table by their slugs."""

    field_class = fields.Words


class AmountFilter(django_filters.Filter):
    field_class = fields.AmountField


class LevelFilter(django_filters.Filter):
    field_class = fields.LevelField


class JobOfferFilterSet(Asked):
    """The list of offers."""

    q = django_filters.CharFilter(label=_("Profession, employer or word"))
    where = django_filters.CharFilter(label=_("Place or postcode"))
    radius = django_filters.CharFilter(label=_("Around"))
    contract = ChosenFilter(label=_("Contract"), choices=enums.Contract.choices)
    time = ChosenFilter(label=_("Working time"), choices=enums.WorkingTime.choices)
    since = django_filters.ChoiceFilter(
        label=_("Published"), choices=[(str(days), days) for days in DAYS]
    )
    province = ChosenFilter(label=_("Province"))
    sector = ChosenFilter(label=_("Sector"))
    telework = ChosenFilter(label=_("Telework"), choices=enums.Telework.choices)
    hours = ChosenFilter(label=_("Hours"), choices=enums.HoursPattern.choices)
    experience = ChosenFilter(label=_("Experience"), choices=enums.Experience.choices)
    level = ChosenFilter(label=_("Study level"), choices=StudyLevel.choices)
    licence = ChosenFilter(label=_("Driving licence"), choices=enums.Licence.choices)
    audience = ChosenFilter(label=_("Open to"), choices=list(AUDIENCES.items()))
    pay = AmountFilter(label=_("Pay of at least"))
    unit = SettingFilter(label=_("Pay"), choices=UNITS)
    fr = LevelFilter(label=enums.WorkLanguage.FR.label)
    nl = LevelFilter(label=enums.WorkLanguage.NL.label)
    de = LevelFilter(label=enums.WorkLanguage.DE.label)
    en = LevelFilter(label=enums.WorkLanguage.EN.label)
    profession = NamedFilter(label=_("Profession"))
    employer = NamedFilter(label=_("Employer"))
    sort = SettingFilter(label=_("Sort by"), choices=Sort.choices)
    view = SettingFilter(label=_("View"), choices=VIEWS)
    after = django_filters.CharFilter()
    before = django_filters.CharFilter()

    class Meta:
        model = JobOffer
        fields: list[str] = []
