"""An offer and its employer in the words of schema.org."""

from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from careers.offers import logos
from careers.offers.enums import Contract, Experience, Telework, WorkingTime
from careers.offers.models import Employer, JobOffer, OfferPlace
from careers.professions.enums import StudyLevel
from portal import markdown
from portal.structured import json_ld, trail

Data = dict[str, Any]

# Contracts that say more than full or part time; a work-study contract has no word of its own.
EMPLOYMENT_TYPES: dict[str, str] = {
    Contract.FIXED_TERM: "TEMPORARY",
    Contract.DEFINED_WORK: "TEMPORARY",
    Contract.REPLACEMENT: "TEMPORARY",
    Contract.AGENCY: "TEMPORARY",
    Contract.SEASONAL: "TEMPORARY",
    Contract.WORK_STUDY: "OTHER",
    Contract.INTERNSHIP: "INTERN",
    Contract.FREELANCE: "CONTRACTOR",
    Contract.VOLUNTEER: "VOLUNTEER",
}
TIMES: dict[str, str] = {WorkingTime.FULL: "FULL_TIME", WorkingTime.PART: "PART_TIME"}
UNITS = {"hour": "HOUR", "month": "MONTH", "year": "YEAR"}
# Google's words for a diploma; "short higher education" is the associate degree of others.
CREDENTIALS: dict[str, str] = {
    StudyLevel.VOCATIONAL: "professional certificate",
    StudyLevel.UPPER_SECONDARY: "high school",
    StudyLevel.SHORT_CYCLE: "associate degree",
    StudyLevel.BACHELOR: "bachelor degree",
    StudyLevel.MASTER: "postgraduate degree",
    StudyLevel.DOCTORATE: "postgraduate degree",
}
# The least that is asked, in months.
MONTHS: dict[str, int] = {Experience.TWO_TO_FIVE: 24, Experience.OVER_FIVE: 60}


def offer_page(request: HttpRequest, offer: JobOffer) -> SafeString:
    """The way to the page, and the offer while a person may answer it; never an invented one."""
    steps = [(_("Job offers"), reverse("offers:list")), (offer.title, offer.get_absolute_url())]
    way = trail(request.build_absolute_uri("/"), steps)
    is_open = offer.is_live and not offer.employer.is_example
    return json_ld(job_posting(request, offer), way) if is_open else json_ld(way)


def job_posting(request: HttpRequest, offer: JobOffer) -> Data:
    """The offer as a JobPosting: nothing that the page does not say, nothing that is not known."""
    data: Data = {
        "@type": "JobPosting",
        "title": offer.title,
        "description": markdown.render_part(f"{offer.description}\n\n{offer.profile}".strip()),
        "datePosted": timezone.localdate(offer.published_at).isoformat(),
        "validThrough": _end_of_day(offer.closes_on).isoformat(),
        "inLanguage": offer.language,
        "url": request.build_absolute_uri(offer.get_absolute_url()),
        "identifier": _identifier(offer),
        "employmentType": _employment_types(offer),
        "hiringOrganization": organization(request, offer.employer),
        "jobLocation": [_place(place) for place in offer.offer_places.all()],
        "totalJobOpenings": offer.posts,
        # Nothing can be sent from here yet.
        "directApply": False,
        "baseSalary": _pay(offer),
        "educationRequirements": _education(offer),
        "experienceRequirements": _experience(offer),
    }
    if offer.starts_on:
        data["jobStartDate"] = offer.starts_on.isoformat()
    if offer.telework == Telework.FULL:
        data["jobLocationType"] = "TELECOMMUTE"
        data["applicantLocationRequirements"] = {"@type": "Country", "name": "BE"}
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), timezone.get_default_timezone())


def _identifier(offer: JobOffer) -> Data:
    name = offer.source.publisher or offer.source.title if offer.source else offer.employer.name
    return {"@type": "PropertyValue", "name": name, "value": offer.reference or str(offer.pk)}


def _employment_types(offer: JobOffer) -> list[str]:
    kind = EMPLOYMENT_TYPES.get(offer.contract, "")
    return [word for word in (TIMES[offer.working_time], kind) if word]


def _place(place: OfferPlace) -> Data:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "addressLocality": str(place.municipality.name),
        "addressRegion": str((place.municipality.province or place.municipality.region).name),
        "addressCountry": "BE",
    }
    return {"@type": "Place", "address": {name: text for name, text in address.items() if text}}


def _pay(offer: JobOffer) -> Data | None:
    if offer.pay_is_not_given:
        return None
    ends = {"minValue": offer.pay_min, "maxValue": offer.pay_max}
    if offer.pay_min == offer.pay_max:
        ends = {"value": offer.pay_min}
    value = {name: float(amount) for name, amount in ends.items() if amount is not None}
    return {
        "@type": "MonetaryAmount",
        "currency": offer.pay_currency,
        "value": {"@type": "QuantitativeValue", "unitText": UNITS[offer.pay_period], **value},
    }


def _education(offer: JobOffer) -> Data | str:
    if offer.study_level == StudyLevel.NONE:
        return "no requirements"
    return {
        "@type": "EducationalOccupationalCredential",
        "credentialCategory": CREDENTIALS[offer.study_level],
    }


def _experience(offer: JobOffer) -> Data | str:
    if offer.experience == Experience.NONE:
        return "no requirements"
    if offer.experience not in MONTHS:
        return ""
    return {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": MONTHS[offer.experience],
    }


def employer_page(request: HttpRequest, employer: Employer) -> SafeString:
    """The employer, and the way to its page."""
    steps = [(_("Employers"), reverse("employers:list"))]
    steps.append((employer.name, employer.get_absolute_url()))
    data = organization(request, employer)
    if employer.description:
        data["description"] = str(employer.description)
    if employer.municipality:
        data["address"] = {
            "@type": "PostalAddress",
            "addressLocality": str(employer.municipality.name),
            "addressCountry": "BE",
        }
    return json_ld(data, trail(request.build_absolute_uri("/"), steps))


def organization(request: HttpRequest, employer: Employer) -> Data:
    """The employer as an Organization."""
    data = {
        "@type": "Organization",
        "name": employer.name,
        "url": request.build_absolute_uri(employer.get_absolute_url()),
        "sameAs": employer.website,
        "taxID": employer.company_number,
    }
    if employer.logo:
        data["logo"] = request.build_absolute_uri(logos.url(employer.logo))
    return {name: text for name, text in data.items() if text}
