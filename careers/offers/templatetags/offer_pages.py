"""What the rows of offers say in short."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from careers.offers import texts
from careers.offers.models import JobOffer
from portal import shortlist_marks
from portal.shortlist import Shortlist

register = template.Library()

MOST_TOWNS = 2


@register.simple_tag
def offer_towns(offer: JobOffer) -> list[str]:
    """The names of the places of an offer loaded `for_cards`."""
    return [str(place.municipality.name) for place in offer.offer_places.all()]


@register.simple_tag
def offer_facts(offer: JobOffer, towns: list[str]) -> list[str]:
    """Contract, places and pay of an offer."""
    shown = ", ".join(towns[:MOST_TOWNS]) + ("…" if len(towns) > MOST_TOWNS else "")
    facts = [offer.get_contract_display(), shown, texts.pay_text(offer)]
    return [str(fact) for fact in facts if fact]


@register.simple_tag(takes_context=True)
def marked_for_visitor(context: template.Context, cards: Iterable[str]) -> SafeString:
    """Cards made for anybody, with the buttons of what this visitor keeps."""
    request, text = getattr(context, "request", None), "".join(cards)
    return mark_safe(shortlist_marks.marked(text, Shortlist.of(request)) if request else text)
