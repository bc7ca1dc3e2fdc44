"""What a page tells machines: its other addresses, and schema.org data."""

import json
from typing import Any, Protocol
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# A text must not be able to close the script element that holds it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class HasAddress(Protocol):
    def get_absolute_url(self) -> str: ...


def alternates(row: HasAddress) -> dict[str, str]:
    """The address of a row's page in each published language, for `base.html`."""
    urls = {}
    for code in settings.PUBLISHED_LANGUAGES:
        with translation.override(code):
            urls[code] = row.get_absolute_url()
    return urls


def json_ld(*things: dict[str, Any]) -> SafeString:
    """A `script` element of schema.org data: not run by browsers, so CSP lets it pass."""
    graph = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(graph, ensure_ascii=False, default=str).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def trail(root: str, steps: list[tuple[str, str]]) -> dict[str, Any]:
    """The way from home to a page as a BreadcrumbList.

    `steps` are labels and paths, without home; `root` is the address of the site.
    """
    way = [(_("Home"), reverse("portal:home")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "item": urljoin(root, path)}
            for position, (label, path) in enumerate(way, 1)
        ],
    }
