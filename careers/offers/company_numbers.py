"""Numbers of the Belgian Crossroads Bank for Enterprises (BCE/KBO)."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, When
from django.db.models.functions import Cast, Left, Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

NUMBER = re.compile(r"[01]\d{9}")


def clean(text: str) -> str:
    """The ten digits of a number, however it is written: "BE 0123.456.749" gives "0123456749"."""
    digits = re.sub(r"[\s.\-/]", "", text).upper().removeprefix("BE")
    return f"0{digits}" if len(digits) == 9 else digits


def check(number: str) -> None:
    """Refuse what is not a BCE/KBO number; the last two digits are 97 - (first eight mod 97)."""
    if not NUMBER.fullmatch(number) or 97 - int(number[:8]) % 97 != int(number[8:]):
        raise ValidationError(_("This is not a company number: its check digits are wrong."))


def check_digits_hold(column: str) -> Exact:
    """The same rule as a condition of the database, for a column that is never empty."""
    first, last = (Cast(part, IntegerField()) for part in (Left(column, 8), Right(column, 2)))
    is_number = Q(**{f"{column}__regex": f"^{NUMBER.pattern}$"})
    total = Case(When(is_number, then=first % 97 + last), default=0, output_field=IntegerField())
    return Exact(total, 97)


def text(number: str) -> str:
    """A number as Belgium writes it: "0123.456.749"."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""
