"""Figures and pay of a guide, as the page of a profession and the comparison show them."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import ConditionKind, FigureKind
from careers.professions.reading import Row
from portal.fields import Text
from portal.numbers import number_text

Context = dict[str, Any]

UNITS = {
    "years": _("years"),
    "months": _("months"),
    "people": _("people"),
    "percent": "%",
    "hours": _("hours"),
    "days": _("days"),
}

NUMBER_AND_UNIT = re.compile(r"[\d\s.,]+(?:%|\w+)?")


def _is_only_the_number(text: str, value: Decimal) -> bool:
    """Whether the words beside a figure say nothing more than the number and its unit."""
    if not NUMBER_AND_UNIT.fullmatch(text.strip()):
        return False
    digits = "".join(filter(str.isdigit, text))
    return digits == "".join(filter(str.isdigit, number_text(value)))


def figure(row: Row, plain: Callable[[Text], SafeString]) -> Context:
    """One key figure as `components/figure.html` shows it.

    It has either a value or a text: words that qualify the number ("more than 90 %") replace it.
    """
    value, words = row.value, row.text
    if value is not None and (not words or _is_only_the_number(words, value)):
        words = Text("", words.language)
    else:
        value = None
    return {
        "label": plain(row.label) if row.kind == FigureKind.OTHER else row.kind_label,
        "value": value,
        "text": plain(words),
        "unit": str(UNITS.get(row.unit, row.unit)),
        "area": row.area_label,
        "year": row.year,
        "source": row.source,
    }


# Hours and a place of work there are in every profession: how often says nothing.
ALWAYS_MET = {ConditionKind.HOURS, ConditionKind.PLACE}


def frequency(row: Row) -> str:
    """How often a working condition is met, "" where the question makes no sense."""
    return "" if row.kind in ALWAYS_MET else str(row.frequency_label)


def _place_of_pay(row: Row) -> tuple[str, str, int]:
    return (row.country, str(row.country_label), row.year)


def salary_series(rows: Iterable[Row], plain: Callable[[Text], SafeString]) -> list[Context]:
    """Bands as the series of a chart: one for each country and year, in the order given."""
    ranked = sorted(rows, key=lambda row: (row.country != "BE", _place_of_pay(row)))
    return [
        {
            "label": f"{label}, {year}",
            "bands": [
                {
                    "label": row.level_label,
                    "low": row.minimum,
                    "high": row.maximum,
                    "text": plain(row.extras),
                }
                for row in bands
            ],
        }
        for (_code, label, year), bands in groupby(ranked, key=_place_of_pay)
    ]
