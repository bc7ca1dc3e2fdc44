"""Markdown as editors write it, to HTML that is safe to show."""

from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

# `js-default` leaves HTML escaped and drops dangerous links; nh3 guards the result once more.
PARSER = MarkdownIt("js-default", {"linkify": False})
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
PREFIX = "section-"


@dataclass(frozen=True)
class Heading:
    """A title of the text, for the table of contents."""

    id: str
    label: str
    level: int


def render(source: str) -> tuple[str, list[Heading]]:
    """The text as safe HTML, and its headings; the page's own title is the only h1."""
    tokens = PARSER.parse(source)
    headings = _name_headings(tokens)
    return _html(tokens), headings


def render_part(source: str) -> SafeString:
    """A text that stands in a section of a page as safe HTML: all its headings are h3."""
    tokens = PARSER.parse(source)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3"
    return mark_safe(_html(tokens))


def _html(tokens: list[Token]) -> str:
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)


def _name_headings(tokens: list[Token]) -> list[Heading]:
    headings: list[Heading] = []
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        level = max(2, min(4, int(opening.tag[1])))
        closing = tokens[tokens.index(inline) + 1]
        opening.tag = closing.tag = f"h{level}"
        label = "".join(child.content for child in inline.children or [])
        heading = Heading(_free(f"{PREFIX}{slugify(label)}", headings), label, level)
        opening.attrSet("id", heading.id)
        headings.append(heading)
    return headings


def _free(wanted: str, taken: list[Heading]) -> str:
    """The id, numbered where an earlier heading has it."""
    ids = {heading.id for heading in taken}
    number, free = 1, wanted
    while free in ids:
        number += 1
        free = f"{wanted}-{number}"
    return free
