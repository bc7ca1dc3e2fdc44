"""Numbers as people read them."""

from decimal import Decimal

from django.utils.formats import number_format

Number = int | float | Decimal


def number_text(value: Number) -> str:
    """A number as the language of the page writes it: thousands set apart, one decimal at most."""
    digits = 0 if float(value).is_integer() else 1
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)
