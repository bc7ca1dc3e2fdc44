"""Fields of the back office that people fill in as they write."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format, number_format


class Sentence(forms.CharField):
    """A text too long for one line to show, and without line breaks."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).splitlines())


class Amount(forms.DecimalField):
    """A number as the language of the page writes it: 3 950 or 19,50; a point is read too."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "class": "amount"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        digits = 0 if value % 1 == 0 else None
        return number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            between = re.escape(get_format("THOUSAND_SEPARATOR"))
            value = re.sub(rf"{between}(?=\d{{3}}(\D|$))|\s", "", value)
            value = value.replace(get_format("DECIMAL_SEPARATOR"), ".")
        return super().to_python(value)
