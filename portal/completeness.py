"""Which texts of the content still wait for a translation."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.fields import text_names

SOURCE_LANGUAGE = settings.LANGUAGE_CODE


def lacks(model: type[models.Model], language: str) -> Q:
    """Rows with a text in French that is empty in `language`."""
    return reduce(
        or_,
        [
            ~Q(**{f"{name}_{SOURCE_LANGUAGE}": ""}) & Q(**{f"{name}_{language}": ""})
            for name in text_names(model)
        ],
    )


def missing(row: models.Model, language: str) -> int:
    """How many texts the row has in French but not in `language`."""
    return sum(
        bool(getattr(row, f"{name}_{SOURCE_LANGUAGE}") and not getattr(row, f"{name}_{language}"))
        for name in text_names(type(row))
    )
