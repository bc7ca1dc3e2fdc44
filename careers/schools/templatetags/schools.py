"""What the rows of schools and programmes say in short."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.schools.enums import Degree
from careers.schools.models import Programme, School
from careers.zones.belgium import area_names, area_of
from careers.zones.models import Municipality

register = template.Library()

MOST_TOWNS = 3


@register.simple_tag
def school_facts(school: School) -> list[str]:
    """Where a school (of `for_cards`) teaches, and how many programmes it has."""
    number = school.programme_total
    programmes = ngettext("%(count)s programme", "%(count)s programmes", number)
    return [*_towns(school), programmes % {"count": number}] if number else _towns(school)


@register.simple_tag
def programme_facts(programme: Programme, school: bool = True, places: bool = False) -> list[str]:
    """School, municipalities, length, timetable and language of a programme.

    `places` wants programmes loaded `for_cards`, lest each costs a query.
    """
    facts = [
        programme.school.label if school else "",
        *(_towns(programme) if places else []),
        programme.duration,
        programme.get_mode_display(),
        programme.get_language_display(),
    ]
    return [str(fact) for fact in facts if fact]


@register.filter
def eqf_level(degree: str) -> int | None:
    """The level of a degree in the European Qualifications Framework."""
    return Degree(degree).eqf_level


@register.filter
def area_name(municipality: Municipality) -> str:
    """The province a municipality lies in, or Brussels."""
    return area_names()[area_of(municipality)]


def _towns(row: School | Programme) -> list[str]:
    names = list(dict.fromkeys(str(site.municipality.name) for site in row.campuses.all()))
    if len(names) <= MOST_TOWNS:
        return [", ".join(names)] if names else []
    return [
        _("%(towns)s and %(count)s more")
        % {"towns": ", ".join(names[:MOST_TOWNS]), "count": len(names) - MOST_TOWNS}
    ]


@register.filter
def towns(row: School | Programme) -> str:
    """The municipalities of the campuses in one line, "" without campus."""
    return "".join(_towns(row))
