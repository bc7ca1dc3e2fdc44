"""Amounts of pay, brought to one period so that they can be compared; always an estimate."""

from decimal import Decimal

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Cast, Coalesce, Round

from careers.professions.enums import Period

# A full-time week of 38 hours, 52 weeks in 12 months.
HOURS_A_MONTH = Decimal("164.67")
# Twelve months, the holiday pay (0.92 month) and the thirteenth month, as Belgium counts them.
MONTHS_A_YEAR = Decimal("13.92")

MONTHS = {
    Period.HOUR: HOURS_A_MONTH,
    Period.MONTH: Decimal(1),
    Period.YEAR: 1 / MONTHS_A_YEAR,
}
# Nobody is paid less or more than this for a month; what is outside is a wrong period or a typo.
LEAST_A_MONTH, MOST_A_MONTH = 200, 100_000


def a_month(amount: Decimal, period: str) -> int:
    """An amount in whole euros a month."""
    return round(amount * MONTHS[Period(period)])


def a_year(monthly: int) -> int:
    """A monthly amount in whole euros a year."""
    return round(monthly * MONTHS_A_YEAR)


def monthly_column(first: str, second: str) -> models.GeneratedField:
    """A stored column: the amount `first`, else `second`, in whole euros a month."""
    amount = Coalesce(F(first), F(second))
    by_period = [
        When(pay_period=period, then=Value(factor.quantize(Decimal("1.00000000"))))
        for period, factor in MONTHS.items()
    ]
    factor = Case(*by_period, output_field=models.DecimalField(max_digits=12, decimal_places=8))
    return models.GeneratedField(
        expression=Cast(Round(amount * factor), models.IntegerField()),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
