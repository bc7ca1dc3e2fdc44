"""What the rows of offers say in short."""

from django import template

from careers.offers import texts
from careers.offers.models import JobOffer

register = template.Library()

MOST_TOWNS = 2


@register.simple_tag
def offer_facts(offer: JobOffer) -> list[str]:
    """Contract, places and pay of an offer loaded `for_cards`."""
    towns = [str(place.municipality.name) for place in offer.offer_places.all()]
    shown = ", ".join(towns[:MOST_TOWNS]) + ("…" if len(towns) > MOST_TOWNS else "")
    facts = [offer.get_contract_display(), shown, texts.pay_text(offer)]
    return [str(fact) for fact in facts if fact]
