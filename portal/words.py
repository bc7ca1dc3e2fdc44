"""Text as search and sorting see it: folded, split into words, and the SQL functions that agree.

The SQL side (`f_unaccent`, `search_vector`, `search_query`) is made by the first migration of
`portal`, so that every server, whatever its locale, folds and sorts alike.
"""

import re
import unicodedata
from collections.abc import Iterable

import Stemmer  # type: ignore[import-not-found]
from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce, Lower, NullIf
from translated_fields import TranslatedField

from portal.fields import LANGUAGE_CODES

LONGEST_QUERY = 200
MOST_WORDS = 12

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'"})
WORD = re.compile(r"[0-9a-z+#]+")
ARTICLE = re.compile(r"(?:l['’]|(?:le|la|les|de|het|der|die|das|the)\s)", re.IGNORECASE)
ELISIONS = {"l", "d", "s", "n", "m", "t", "j", "c", "qu"}


def fold(text: str) -> str:
    """Lower case without accents: "Élève" and "eleve" fold to the same string."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def split(text: str) -> list[str]:
    """The folded words of a text, without the letters French elides ("l'", "d'")."""
    return [word for word in WORD.findall(fold(text)) if word not in ELISIONS]


def distinct_names(names: Iterable[str], *known: str) -> list[str]:
    """The names that tell a reader something: not those that only the search needs.

    Left out is what differs from a name told before (`known` or of the list) by case, accents or
    punctuation alone, and what begins with an article.
    """
    told = {"".join(WORD.findall(fold(name))) for name in known}
    found = []
    for name in names:
        key = "".join(WORD.findall(fold(name)))
        if key not in told and not ARTICLE.match(name):
            told.add(key)
            found.append(name)
    return found


def query_words(text: str) -> list[str]:
    """The words of what a visitor typed; the rest of an over-long query is left out."""
    return split(text[:LONGEST_QUERY])[:MOST_WORDS]


def stems(of: list[str]) -> list[str]:
    """The French stems of words."""
    return Stemmer.Stemmer("french").stemWords(of)


class FUnaccent(models.Func):
    """Immutable `unaccent`, usable in generated columns and indexes."""

    function = "f_unaccent"
    output_field = models.TextField()


class Words(models.Func):
    """A tsvector of a text: French stems, stems of the folded words, and the folded words."""

    function = "search_vector"
    output_field = SearchVectorField()


class Joined(models.Func):
    """Texts joined by a space with the immutable `||`; null counts as empty."""

    template = "%(expressions)s"
    arg_joiner = " || ' ' || "
    output_field = models.TextField()

    def __init__(self, *names: str) -> None:
        super().__init__(*[Coalesce(models.F(name), models.Value("")) for name in names])


def _sort_expression(name: str, language: str) -> models.Expression:
    source = settings.LANGUAGE_CODE
    text: models.Expression | models.F = models.F(f"{name}_{source}")
    if language != source:
        text = Coalesce(NullIf(models.F(f"{name}_{language}"), models.Value("")), text)
    return Lower(FUnaccent(text))


def sort_key(name: str) -> TranslatedField:
    """Stored columns `<sort_key>_<language>` that sort the translated text `name` everywhere alike.

    `lower(f_unaccent(text))` under the collation "C"; French stands in for a missing text.
    """

    def expression(language: str) -> dict[str, models.Expression]:
        return {"expression": _sort_expression(name, language)}

    field = models.GeneratedField(
        expression=_sort_expression(name, settings.LANGUAGE_CODE),
        output_field=models.CharField(db_collation="C"),
        db_persist=True,
    )
    return TranslatedField(field, {code: expression(code) for code in LANGUAGE_CODES})


def plain_sort_key(name: str) -> models.GeneratedField:
    """The same stored key for a text that is not translated."""
    return models.GeneratedField(
        expression=Lower(FUnaccent(name)),
        output_field=models.CharField(db_collation="C"),
        db_persist=True,
    )


def search_column(*names: str) -> models.GeneratedField:
    """A stored tsvector of several text columns, for `matching`."""
    return models.GeneratedField(
        expression=Words(Joined(*names)), output_field=SearchVectorField(), db_persist=True
    )


class WordsQuery(models.Func):
    """A tsquery that wants each of the folded words, whole, stemmed or as a beginning."""

    function = "search_query"
    output_field = SearchVectorField()

    def __init__(self, query: list[str]) -> None:
        array = models.Value(query, output_field=models.JSONField())
        super().__init__(array)


def matches(column: str, query: list[str]) -> models.Expression:
    """A condition: the stored tsvector `column` holds every word of `query`."""
    return models.ExpressionWrapper(
        _Matches(models.F(column), WordsQuery(query)), output_field=models.BooleanField()
    )


class _Matches(models.Func):
    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()
    conditional = True
