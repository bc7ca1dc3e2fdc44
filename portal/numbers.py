"""Numbers and amounts as people read them."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = int | float | Decimal

CURRENCY_LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_IE"}


def number_text(value: Number) -> str:
    """A number as the language of the page writes it: thousands set apart, one decimal at most."""
    digits = 0 if float(value).is_integer() else 1
    return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)


def money(value: Number) -> str:
    """An amount in euros, with cents where it has any, as the language of the page writes it."""
    locale = CURRENCY_LOCALES.get(get_language() or "", "fr_BE")
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    if float(value).is_integer():
        pattern = pattern.replace(".00", "")
    return format_currency(value, "EUR", pattern, locale=locale, currency_digits=False)


def money_range(low: Number | None, high: Number | None) -> str:
    """Amounts from lowest to highest; at least one of them is known."""
    if low is not None and high is not None and low != high:
        return f"{money(low)} – {money(high)}"
    if low is not None and high is None:
        return _("from %(amount)s") % {"amount": money(low)}
    if low is None:
        return _("up to %(amount)s") % {"amount": money(high)}
    return money(low)
