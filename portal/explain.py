"""Texts as HTML: glossary terms explained where a page first uses them, languages marked."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.fields import Text, current_language
from portal.templatetags.ui import term as term_tag

PARAGRAPHS = re.compile(r"\n\s*\n")
WORD = re.compile(r"\w+")
# What may not part from a term at the end of a line: "(", "l’" before it, a comma after it.
LEAD = re.compile(r"(?:[^\s]|[\u00a0\u202f])*\Z")
TAIL = re.compile(r"(?:[^\w\s]|[\u00a0\u202f])*")
TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"<(/?)([a-z0-9]+)")
# An explanation is a button: it may not stand inside a title, a link or what is quoted as code.
CLOSED = {"a", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}


@dataclass(frozen=True)
class Term:
    """A word of the glossary with all its spellings; an acronym has what it stands for."""

    spellings: list[str]
    definition: Text
    url: str
    expansion: str = ""


Candidate = tuple[re.Pattern[str], Term]


def _pattern(spelling: str) -> str:
    """One spelling as a regular expression, its plural included.

    What is written with capitals inside ("MES") is an acronym and must stand so in the text: "mes"
    is another word.
    """
    pattern = r"\s+".join(re.escape(word) for word in spelling.split())
    pattern = re.sub("['’]", "['’]", pattern) + "s?"
    is_acronym = any(char.isupper() for char in spelling[1:])
    return pattern if is_acronym else f"(?i:{pattern})"


class Explainer:
    """Turns the texts of one page into HTML, in the order of the page.

    A term is explained at its first occurrence only. `languages` holds the languages other than
    the page's that were met since it was last cleared.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        # By their first word: one look-up a word instead of every pattern at each place.
        self._candidates: dict[str, list[Candidate]] = defaultdict(list)
        spellings = [(spelling, term) for term in terms for spelling in term.spellings]
        # The longest first, so that "indicateur clé" wins over "indicateur".
        for spelling, term in sorted(spellings, key=lambda pair: -len(pair[0])):
            if first := WORD.search(spelling):
                pattern = re.compile(rf"{_pattern(spelling)}(?!\w)")
                self._candidates[first[0].lower()].append((pattern, term))
        self._explained: set[str] = set()
        self.languages: set[str] = set()

    def __call__(self, text: Text) -> SafeString:
        """The text in one line, its terms explained."""
        return self._in_language(text, self._explain(text))

    def plain(self, text: Text) -> SafeString:
        """The text in one line, where no explanation fits: a heading, a link, a label."""
        return self._in_language(text, escape(text))

    def paragraphs(self, text: Text) -> SafeString:
        """A text of several paragraphs, split at its blank lines."""
        parts = [Text(part.strip(), text.language) for part in PARAGRAPHS.split(text)]
        return format_html_join("\n", "<p>{}</p>", ((self(part),) for part in parts if part))

    def html(self, html: str) -> SafeString:
        """Safe HTML in the language of the page, its terms explained outside titles and links."""
        closed, parts = 0, []
        for piece in TAG.split(html):
            if tag := TAG_NAME.match(piece):
                if tag[2] in CLOSED:
                    closed += -1 if tag[1] else 1
                parts.append(piece)
            elif closed or not piece.strip():
                parts.append(piece)
            else:
                parts.append(self(Text(unescape(piece), current_language())))
        return mark_safe("".join(parts))

    def _in_language(self, text: Text, html: str) -> SafeString:
        if not text or text.language == current_language():
            return mark_safe(html)
        self.languages.add(text.language)
        return format_html('<span lang="{}">{}</span>', text.language, mark_safe(html))

    def _explain(self, text: str) -> str:
        pieces, end = [], 0
        for word in WORD.finditer(text):
            if word.start() < end:
                continue
            if found := self._term_at(text, word):
                match, term = found
                lead = LEAD.search(text, end, match.start())[0]
                tail = TAIL.match(text, match.end())[0]
                before = text[end : match.start() - len(lead)]
                pieces += [escape(before), self._held(lead, self._word(match[0], term), tail)]
                end = match.end() + len(tail)
        return "".join([*pieces, escape(text[end:])])

    def _term_at(self, text: str, word: re.Match[str]) -> tuple[re.Match[str], Term] | None:
        """The longest term that begins with this word, in the singular or the plural."""
        first = word[0].lower()
        for key in (first, first.removesuffix("s")) if first.endswith("s") else (first,):
            for pattern, term in self._candidates.get(key, ()):
                if match := pattern.match(text, word.start()):
                    return match, term
        return None

    def _held(self, lead: str, word: str, tail: str) -> str:
        """A word with what stands against it, all on one line."""
        if not (lead or tail):
            return word
        return format_html('<span class="term-hold">{}{}{}</span>', lead, mark_safe(word), tail)

    def _word(self, word: str, term: Term) -> str:
        if term.url in self._explained:
            return escape(word)
        self._explained.add(term.url)
        definition = f"{term.expansion}. {term.definition}" if term.expansion else term.definition
        language = term.definition.language
        foreign = language if language != current_language() else ""
        number = f"term-{len(self._explained)}"
        return term_tag(word, str(definition), number, term.url, foreign)
