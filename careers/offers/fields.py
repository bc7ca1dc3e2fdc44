"""What a visitor may write in the filters of offers; what cannot be read is an error, no guess."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careers.offers.enums import LanguageLevel
from careers.offers.pay import LEAST_A_MONTH, MONTHS_A_YEAR, MOST_A_MONTH
from portal.facets import LenientChoices

# Of a list of values the rest is left out: nobody ticks more boxes.
MOST_VALUES = 30
# "3000", "3.000", "3 000,50": points and blanks between thousands, cents after a comma or a point.
AMOUNT = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?"
# Languages of which a visitor may say how well they are spoken.
LANGUAGES = ["fr", "nl", "de", "en"]
NO_LEVEL = "none"
LEVELS = {NO_LEVEL: 0} | {level.label: level.value for level in LanguageLevel}
MOST_A_YEAR = int(MOST_A_MONTH * MONTHS_A_YEAR)


def amount(text: str) -> int | None:
    """An amount of money in whole euros, without its cents; None for any other text."""
    text = text.replace("€", "").strip()
    if not re.fullmatch(AMOUNT, text):
        return None
    whole = re.sub(r"[.,]\d{1,2}$", "", text)
    return int(re.sub(r"\D", "", whole))


class ShortChoices(LenientChoices):
    """Keeps the first values that exist."""

    def clean(self, value: Any) -> list[str]:
        return super().clean((value or [])[:MOST_VALUES])


class Words(forms.MultipleChoiceField):
    """The first values, whatever they are: the caller looks them up."""

    def clean(self, value: Any) -> list[str]:
        return [item[:100] for item in dict.fromkeys(value or []) if item][:MOST_VALUES]


class AmountField(forms.CharField):
    """Whole euros."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        found = amount(text)
        if found is None or not LEAST_A_MONTH <= found <= MOST_A_YEAR:
            raise ValidationError(_("Write an amount in euros, such as 3000."))
        return found


class LevelField(forms.ChoiceField):
    """A level of the CEFR as a number, 0 for none; "B1", "b1" and "3" are the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[(name, name) for name in LEVELS], **options)

    def clean(self, value: Any) -> int | None:
        text = str(value or "")
        if text in {str(level) for level in LEVELS.values()}:
            return int(text)
        text = text.lower() if text.lower() == NO_LEVEL else text.upper()
        name = super().clean(text)
        return LEVELS[name] if name else None
