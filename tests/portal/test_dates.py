from datetime import date

import pytest
from django.template import engines
from django.utils import translation

from portal.dates import date_text


@pytest.mark.parametrize(
    ("language", "day", "told"),
    [
        ("fr", 1, "1er février 2026"),
        ("fr", 11, "11 février 2026"),
        ("en", 1, "1 February 2026"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(language, day, told):
    with translation.override(language):
        shown = engines["django"].from_string('{{ day|date:"DATE_FORMAT" }}, {{ day|date:"j" }}')

        assert date_text(date(2026, 2, day)) == told
        assert shown.render({"day": date(2026, 2, day)}) == f"{told}, {day}"
