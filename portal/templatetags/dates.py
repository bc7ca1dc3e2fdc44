"""The filter `date` of every template (`builtins` of the settings)."""

from typing import Any

from django import template
from django.template import defaultfilters

from portal.dates import ordinal

IN_WORDS = {None, "DATE_FORMAT", "DATETIME_FORMAT"}

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Django's own filter, with the first of a month as French writes it."""
    text = str(defaultfilters.date(value, arg))
    return ordinal(text) if arg in IN_WORDS else text
