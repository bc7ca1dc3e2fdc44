"""Glossary terms explained where they first stand in a text that is HTML already."""

import re
from html import unescape

from django.utils.safestring import SafeString, mark_safe

from careers.professions.explain import Explainer
from portal.fields import Text, current_language

TAG = re.compile(r"(<[^>]*>)")
TAG_NAME = re.compile(r"<(/?)([a-z0-9]+)")
# An explanation is a button: it may not stand inside a title, a link or what is quoted as code.
CLOSED = {"a", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}


def mark(html: str, tell: Explainer) -> SafeString:
    """Sanitised `html` with each term explained where it first stands outside titles and links."""
    closed, parts = 0, []
    for piece in TAG.split(html):
        if tag := TAG_NAME.match(piece):
            if tag[2] in CLOSED:
                closed += -1 if tag[1] else 1
            parts.append(piece)
        elif closed or not piece.strip():
            parts.append(piece)
        else:
            parts.append(tell(Text(unescape(piece), current_language())))
    return mark_safe("".join(parts))
