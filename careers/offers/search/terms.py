"""The one analyser of offers: what a text is found by, in the database and in memory alike.

A word becomes one term: folded, then stemmed until the stem no longer changes, so that
"Infirmière", "infirmiere" and "INFIRMIERS" are one. A term is stored as a 64-bit number, the first
eight bytes of the BLAKE2b hash of the stem: short rows, fast indexes, no list of words to keep.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import Stemmer  # type: ignore[import-not-found]
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal import words

# Words without meaning of their own, folded; in the four languages of the texts.
FUNCTION_WORDS = frozenset(
    """
    a au aux avec ce ces dans de des du elle en et est il la le les leur mais nos notre nous ou
    par pas pour qu que qui sa se ses son sont sur un une vos votre vous y
    aan als bij dat de een en het in is je met of om onze op te van voor wij zijn
    auf bei das dem den der die ein eine fur im ist mit sie und uns von wir zu
    and are as at be by for from in of on or our the to we with you your
    """.split()
)
STEMMER = Stemmer.Stemmer("french")


@lru_cache(100_000)
def stem(word: str) -> str:
    """The stem of a folded word, whose own stem it is."""
    while (shorter := STEMMER.stemWord(word)) != word:
        word = shorter
    return word


@lru_cache(100_000)
def term(word: str) -> int:
    """The number of a folded word: a signed 64-bit integer."""
    digest = blake2b(stem(word).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def terms(texts: Iterable[str]) -> list[int]:
    """The terms of several texts, each once, in a fixed order."""
    found = {word for text in texts for word in words.split(text)} - FUNCTION_WORDS
    return sorted({term(word) for word in found})


def query_words(text: str) -> list[str]:
    """The words of what a visitor typed that mean something, in order and each once."""
    return [word for word in dict.fromkeys(words.query_words(text)) if word not in FUNCTION_WORDS]


class TermsField(ArrayField):
    """The terms of text columns of the same row, written whenever the row is saved.

    Null means: not made yet, after `update()`, COPY or raw SQL; see `analyse`.
    """

    def __init__(self, *names: str, **options: Any) -> None:
        self.names = names
        fixed = {"null": True, "blank": True, "editable": False}
        super().__init__(models.BigIntegerField(), **options | fixed)

    def deconstruct(self) -> Any:
        name, _path, _args, _options = super().deconstruct()
        return name, f"{__name__}.TermsField", list(self.names), {}

    def pre_save(self, model_instance: models.Model, add: bool) -> list[int]:
        value = terms(getattr(model_instance, name) for name in self.names)
        setattr(model_instance, self.attname, value)
        return value
