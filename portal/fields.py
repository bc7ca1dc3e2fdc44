"""Columns in four languages, as every content model writes them, and how their texts are read."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from portal.validators import validate_slug_is_free

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]

# Where French never breaks a line: before two-part signs, inside guillemets, between thousands.
BEFORE_SIGN = re.compile(r" (?=[:;!?%€»])")
AFTER_GUILLEMET = re.compile(r"(?<=«) ")
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


class Text(str):
    """A text that knows its language, so that a page can mark one that stands in for another."""

    language: str

    def __new__(cls, value: str, language: str) -> "Text":
        text = super().__new__(cls, value)
        text.language = language
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (str(self), self.language)


def current_language() -> str:
    """The two letters of the language of the page."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def french(text: str) -> str:
    """The text with the no-break spaces of French typography; editors type plain ones."""
    if " " not in text:
        return text
    text = BEFORE_SIGN.sub("\N{NO-BREAK SPACE}", text)
    text = AFTER_GUILLEMET.sub("\N{NO-BREAK SPACE}", text)
    return THOUSANDS.sub("\N{NARROW NO-BREAK SPACE}", text)


def choose(texts: Callable[[str], str | None]) -> Text:
    """The text of the current language, else French; `texts` gives the text of a language."""
    language = current_language()
    value = texts(language)
    if not value:
        language, value = settings.LANGUAGE_CODE, texts(settings.LANGUAGE_CODE) or ""
    return Text(french(value) if language == "fr" else value, language)


def _getter(name: str, field: TranslatedField) -> Callable[[models.Model], Text]:
    return lambda row: choose(lambda language: getattr(row, f"{name}_{language}"))


OTHER_LANGUAGES = [code for code in LANGUAGE_CODES if code != settings.LANGUAGE_CODE]


def text(label: str, *, length: int | None = None, blank: bool = False) -> TranslatedField:
    """A text in each language; French is required unless `blank`, the others fall back to it."""
    optional = {code: {"blank": True} for code in OTHER_LANGUAGES}
    field = (
        models.CharField(label, max_length=length, blank=blank)
        if length
        else models.TextField(label, blank=blank)
    )
    return TranslatedField(field, optional, attrgetter=_getter)


def slug() -> TranslatedField:
    """The word in the URL, one a language; null falls back to French."""
    field = models.SlugField(
        _("slug"), max_length=120, unique=True, validators=[validate_slug_is_free]
    )
    optional = {code: {"null": True, "blank": True} for code in OTHER_LANGUAGES}
    return TranslatedField(field, optional, attrgetter=_getter)


def key() -> models.SlugField:
    """The name by which content files refer to a row; null for rows made in the admin."""
    return models.SlugField(
        _("key"), max_length=120, unique=True, null=True, blank=True, editable=False
    )


def text_names(model: type[models.Model]) -> list[str]:
    """The names of the translated texts of a model, without slugs and generated columns."""
    return [
        name
        for base in reversed(model.__mro__)
        for name, attribute in vars(base).items()
        if isinstance(attribute, TranslatedField)
        and model._meta.get_field(f"{name}_{settings.LANGUAGE_CODE}").get_internal_type()
        in {"CharField", "TextField"}
        and not model._meta.get_field(f"{name}_{settings.LANGUAGE_CODE}").generated
    ]
