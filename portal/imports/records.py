"""From the values of a record to the values of columns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from portal.fields import LANGUAGE_CODES
from portal.imports.loading import M, Part, Rejected
from portal.slugs import slug_of


def texts(value: Any) -> dict[str, str]:
    """A text of a file as {language: text}: a plain string is French."""
    if value is None:
        return {}
    if isinstance(value, dict):
        if unknown := set(value) - set(LANGUAGE_CODES):
            raise Rejected(f"unknown language {', '.join(sorted(unknown))}")
        return {code: str(text).strip() for code, text in value.items() if text}
    return {settings.LANGUAGE_CODE: str(value).strip()}


def columns(name: str, value: Any) -> dict[str, str]:
    """The columns of a translated text: `name_fr`, `name_nl`, …; empty where there is no text."""
    by_language = texts(value)
    return {f"{name}_{code}": by_language.get(code, "") for code in LANGUAGE_CODES}


def slug_columns(value: Any, given: Any = None) -> dict[str, str | None]:
    """The slugs of a name, one a language that has it; `given` ones win."""
    by_language = texts(value) | texts(given)
    return {
        f"slug_{code}": slug_of(by_language[code]) if code in by_language else None
        for code in LANGUAGE_CODES
    }


def only(values: dict[str, Any], known: Iterable[str]) -> None:
    """Refuse a record with a name that means nothing: it is a typing error more often than not."""
    if unknown := set(values) - set(known):
        raise Rejected(f"unknown: {', '.join(sorted(map(str, unknown)))}")


def find(model: type[M], key: str, field: str = "key") -> M:
    """The row with this key; refuses the record where there is none."""
    row = model._default_manager.filter(**{field: key}).first()
    if row is None:
        raise Rejected(f"no {model._meta.verbose_name} “{key}”")
    return row


def find_optional(model: type[M], key: str | None, field: str = "key") -> M | None:
    """The row with this key, None where no key is given; refuses the record as `find` does."""
    return find(model, key, field) if key else None


def find_all(model: type[M], keys: Iterable[str], field: str = "key") -> list[M]:
    """The rows with these keys, in order; refuses the record where one is missing."""
    keys = [str(key) for key in keys]
    rows = {
        str(getattr(row, field)): row
        for row in model._default_manager.filter(**{f"{field}__in": keys})
    }
    if missing := [key for key in keys if key not in rows]:
        raise Rejected(f"no {model._meta.verbose_name} “{', '.join(missing)}”")
    return [rows[key] for key in keys]


def day(value: Any) -> date | None:
    """A date of a file: YAML reads one by itself, a string is ISO."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def names_of(rows: Iterable[models.Model], field: str = "key") -> list[str]:
    return sorted(str(getattr(row, field)) for row in rows)


def related(name: str, model: type[models.Model], keys: Iterable[str]) -> Part:
    """A many-to-many by the keys of its rows; refuses the record where a key does not exist."""
    keys = list(keys)
    rows = find_all(model, keys)

    def read(row: Any) -> list[str]:
        return sorted(str(other.key) for other in getattr(row, name).all())

    def write(row: Any, _value: list[str]) -> None:
        getattr(row, name).set(rows)

    return Part(sorted(keys), read, write)


def aliases_part(names: list[str]) -> Part:
    """The other names of an object, in a table of their own."""

    def read(row: Any) -> list[str]:
        return sorted(row.aliases.values_list("name", flat=True))

    def write(row: Any, value: list[str]) -> None:
        row.aliases.exclude(name__in=value).delete()
        for name in value:
            row.aliases.get_or_create(name=name)

    return Part(sorted(names), read, write)
