"""Each catalogue holds every message of the site, and nothing else. English is the source."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from tests.house import OURS, TEMPLATES, modules

TRANSLATED = [code for code in settings.PUBLISHED_LANGUAGES if code != "en"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
STRING = r"""\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*"""
CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(({STRING}(?:,{STRING})*)")


@cache
def messages() -> frozenset[tuple[str, str]]:
    """Context and message of every text that is to be translated."""
    return frozenset([*messages_of_code(), *messages_of_templates()])


def messages_of_code() -> Iterator[tuple[str, str]]:
    """Context and message of every text in Python that is to be translated."""
    for file in modules(*OURS):
        for _line, message, _comments, context in extract_from_file("python", file, KEYWORDS):
            yield context or "", message[0] if isinstance(message, tuple) else message


def messages_of_templates() -> Iterator[tuple[str, str]]:
    for text in TEMPLATES.values():
        for function, arguments in CALL.findall(templatize(text)):
            values = ast.literal_eval(f"({arguments},)")
            yield values[:2] if "p" in function[:2] else ("", values[0])


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    path = settings.LOCALE_PATHS[0] / request.param / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def test_every_message_is_translated(catalogue):
    translated = {
        (message.context or "", message.id[0] if message.pluralizable else message.id)
        for message in catalogue
        if message.id
        and not message.fuzzy
        and all(message.string if message.pluralizable else [message.string])
    }
    wanted = messages()

    assert len(wanted) > 500
    assert sorted(text for context, text in wanted - translated) == []


def test_no_translation_is_in_doubt(catalogue):
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []
    assert [(message.id, errors) for message, errors in catalogue.check()] == []


def test_no_translation_is_left_of_a_message_that_is_gone(catalogue):
    wanted = {text for _context, text in messages()}
    known = [message.id[0] if message.pluralizable else message.id for message in catalogue]

    assert [text for text in known if text and text not in wanted] == []
