"""Schools and programmes as schema.org data."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from careers.schools.enums import Mode, SchoolKind
from careers.schools.models import Campus, Programme, School
from portal.structured import json_ld, trail

HIGHER_EDUCATION = {
    SchoolKind.UNIVERSITY,
    SchoolKind.UNIVERSITY_COLLEGE,
    SchoolKind.ARTS_COLLEGE,
}
COURSE_MODES: dict[str, str] = {Mode.DISTANCE: "online", Mode.BLENDED: "blended"}


def school_page(request: HttpRequest, school: School, campuses: list[Campus]) -> SafeString:
    """The school with its sites, and the way to its page."""
    data = _school(request, school) | {
        "alternateName": [alias.name for alias in school.aliases.all()],
        "location": [
            {
                "@type": "Place",
                "name": campus.name,
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": campus.municipality.name,
                    "addressCountry": "BE",
                },
            }
            for campus in campuses
            if campus.school_id == school.pk
        ],
    }
    if school.parent:
        data["parentOrganization"] = _school(request, school.parent)
    return json_ld(data, _way(request, _("Schools"), "schools:list", school))


def programme_page(request: HttpRequest, programme: Programme) -> SafeString:
    """The programme as a course of its school, and the way to its page."""
    data: dict[str, Any] = {
        "@type": "Course",
        "name": programme.name,
        "description": programme.description or programme.name,
        "url": request.build_absolute_uri(programme.get_absolute_url()),
        "inLanguage": programme.language,
        "educationalCredentialAwarded": programme.get_degree_display(),
        "provider": _school(request, programme.school),
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": COURSE_MODES.get(programme.mode, "onsite"),
            "location": [campus.municipality.name for campus in programme.campuses.all()],
        },
    }
    if programme.credits:
        data["numberOfCredits"] = programme.credits
    return json_ld(data, _way(request, _("Programmes"), "programmes:list", programme))


def _school(request: HttpRequest, school: School) -> dict[str, Any]:
    is_college = school.kind in HIGHER_EDUCATION
    data = {
        "@type": "CollegeOrUniversity" if is_college else "EducationalOrganization",
        "name": school.name,
        "url": request.build_absolute_uri(school.get_absolute_url()),
    }
    return data | ({"sameAs": school.website} if school.website else {})


def _way(request: HttpRequest, label: str, name: str, row: School | Programme) -> dict[str, Any]:
    steps = [(label, reverse(name)), (row.name, row.get_absolute_url())]
    return trail(request.build_absolute_uri("/"), steps)
