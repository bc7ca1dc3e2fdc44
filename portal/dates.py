"""Dates as people read them."""

import re
from datetime import date

from django.utils.formats import date_format

from portal.fields import current_language

FIRST = re.compile(r"\A1(?= )")


def ordinal(text: str) -> str:
    """A date in words, with what no format of Django can say: in French the 1 is "1er"."""
    return FIRST.sub("1er", text) if current_language() == "fr" else text


def date_text(day: date) -> str:
    """A date in words, as the language of the page writes it."""
    return ordinal(date_format(day, "DATE_FORMAT"))
