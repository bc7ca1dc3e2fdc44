"""What rows and pages of employers say in short."""

from django import template

from careers.offers import logos
from careers.offers.models import Employer

register = template.Library()


@register.simple_tag
def employer_facts(employer: Employer) -> list[str]:
    """Kind, sector, size and municipality, those that are known."""
    facts = [
        employer.get_kind_display(),
        employer.sector.name if employer.sector else "",
        employer.get_size_display(),
        employer.municipality.name if employer.municipality else "",
    ]
    return [str(fact) for fact in facts if fact]


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words: "Boulangerie du Parc" gives "BP"."""
    words = [word for word in name.split() if word[0].isalnum() and len(word) > 2]
    return "".join(word[0] for word in (words or name.split())[:2]).upper()


@register.filter
def logo_url(employer: Employer) -> str:
    """Where the logo of an employer is served."""
    return logos.url(employer.logo)
