"""Words of a text explained where they first stand, like footnotes that open on the word.

A page makes one `Explainer` and passes each of its texts through it, so that a term is explained
once a page:

    explainer = Explainer(GlossaryTerm.objects.explanations())
    introduction = explainer.mark(escape(reading.introduction))
    body = explainer.mark(article_html)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.templatetags import ui

TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
# An explanation is a button: it may not stand in what is a control or a title itself.
CLOSED = {"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "style"}
CLOSED |= {"summary", "label", "option", "title", "textarea", "svg"}


@dataclass(frozen=True)
class Explanation:
    """One term: its id (unique, goes into the page), its spellings, and what it means."""

    id: str
    spellings: tuple[str, ...]
    text: str
    url: str = ""
    language: str = ""


def _spelling(text: str) -> str:
    """A pattern for one spelling: acronyms as written, other words with either first letter."""
    pattern = re.escape(text).replace("'", "['’]").replace("’", "['’]").replace(r"\ ", r"\s+")
    first = text[0]
    if text[1:] != text[1:].lower() or not first.isalpha():
        return pattern
    return f"[{first.lower()}{first.upper()}]{pattern[len(re.escape(first)) :]}"


def _key(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


@dataclass(frozen=True)
class Lexicon:
    """Explanations ready to be found in a text. Equal ones are made once a process."""

    explanations: tuple[Explanation, ...]

    @cached_property
    def by_spelling(self) -> dict[str, Explanation]:
        found: dict[str, Explanation] = {}
        for explanation in self.explanations:
            for spelling in explanation.spellings:
                found.setdefault(_key(spelling), explanation)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Whole words, the longest spelling first."""
        spellings = {s for e in self.explanations for s in e.spellings if s.strip()}
        if not spellings:
            return None
        longest_first = sorted(spellings, key=lambda text: (-len(text), text))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelling, longest_first))})(?!\w)")


_lexicon = lru_cache(maxsize=8)(Lexicon)


class Explainer:
    """Marks terms in the texts of one page, each term once."""

    def __init__(self, explanations: Sequence[Explanation]) -> None:
        self.lexicon = _lexicon(tuple(explanations))
        self.seen: set[str] = set()

    def mark(self, html: str) -> SafeString:
        """`html` (safe: sanitised or escaped) with each term explained at its first occurrence.

        Never inside tags, links, titles or buttons.
        """
        if self.lexicon.pattern is None:
            return mark_safe(html)
        closed, parts = 0, []
        for piece in TAG.split(html):
            if piece.startswith("<"):
                closed = self._depth(piece, closed)
                parts.append(piece)
            else:
                parts.append(piece if closed or not piece.strip() else self._explain(piece))
        return mark_safe("".join(parts))

    @staticmethod
    def _depth(tag: str, closed: int) -> int:
        name = TAG_NAME.match(tag)
        if name is None or name[1].lower() not in CLOSED or tag.endswith("/>"):
            return closed
        return max(0, closed - 1) if tag.startswith("</") else closed + 1

    def _explain(self, escaped: str) -> str:
        assert self.lexicon.pattern is not None
        text, parts, end = unescape(escaped), [], 0
        for match in self.lexicon.pattern.finditer(text):
            explanation = self.lexicon.by_spelling[_key(match[0])]
            if explanation.id in self.seen:
                continue
            self.seen.add(explanation.id)
            parts += [escape(text[end : match.start()]), self._note(match[0], explanation)]
            end = match.end()
        return "".join([*parts, escape(text[end:])]) if parts else escaped

    @staticmethod
    def _note(word: str, explanation: Explanation) -> str:
        return ui.term(
            word,
            explanation.text,
            id=f"term-{explanation.id}",
            url=explanation.url,
            lang=explanation.language,
        )
