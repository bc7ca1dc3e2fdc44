"""What the rows and pages of zones say in short."""

from typing import Any

from django import template
from django.utils.translation import ngettext

from careers.zones.models import Zone

register = template.Library()


@register.simple_tag
def zone_facts(zone: Any) -> list[str]:
    """What there is in a zone (with its counts), without what there is none of."""
    number = zone.municipality_count
    facts = [
        (number, ngettext("%(count)s municipality", "%(count)s municipalities", number)),
        (zone.school_count, ngettext("%(count)s school", "%(count)s schools", zone.school_count)),
        (
            zone.programme_count,
            ngettext("%(count)s programme", "%(count)s programmes", zone.programme_count),
        ),
        (zone.guide_count, ngettext("%(count)s guide", "%(count)s guides", zone.guide_count)),
    ]
    return [text % {"count": count} for count, text in facts if count]


@register.filter
def industries(zone: Zone) -> list[str]:
    """The industries of a zone, one by one; editors write them with commas."""
    return [part.strip() for part in zone.industries.split(",") if part.strip()]
