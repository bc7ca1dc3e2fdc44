"""Small tags of the interface: icons, buttons, blocks with children, query strings, languages."""

from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

from portal.facets import Option
from portal.fields import french
from portal.kept_pages import fresh_mark
from portal.numbers import number_text
from portal.query import query_page, query_with, query_without, unread_page

COUNT_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"

register = template.Library()
register.simple_tag(query_page)
register.simple_tag(query_with)
register.simple_tag(query_without)
register.simple_tag(unread_page)


@register.filter
def typeset(text: str) -> str:
    """A text of the content that is French, whatever the page, with its no-break spaces."""
    return french(text)


@register.simple_tag
def fresh(name: str) -> SafeString:
    """The place of a part that changes more often than its page (`kept_pages.keep_page`)."""
    return mark_safe(fresh_mark(name))


@lru_cache(maxsize=4096)
def _facet_option(name: str, kind: str, value: str, label: str, checked: bool, off: bool) -> str:
    """An option with a mark where its count stands: a panel has a hundred of them."""
    context = {
        "name": name,
        "kind": kind,
        "value": value,
        "label": label,
        "checked": checked,
        "off": off,
        "count": COUNT_MARK,
    }
    return render_to_string("components/facet_option.html", context)


@register.simple_tag
def facet_option(name: str, kind: str, option: Option) -> SafeString:
    """A value of a facet to tick, with its count."""
    label, off = str(option.label), not option.count
    text = _facet_option(name, kind, option.value, label, option.checked, off)
    return mark_safe(text.replace(COUNT_MARK, number_text(option.count), 1))


BUTTON_KINDS = {"primary", "secondary", "quiet", "danger"}
NOTICE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "octagon-alert",
}


@lru_cache(maxsize=256)
def _icon(name: str, size: int) -> SafeString:
    try:
        return mark_safe(lucide(name, size=size, **{"class": "icon"}))
    except IconDoesNotExist:  # an editor's word, that must not take the page away
        return mark_safe(lucide("shapes", size=size, **{"class": "icon"}))


@register.simple_tag
def icon(name: str, label: str = "", size: int = 20) -> SafeString:
    """A lucide icon as inline SVG; hidden from screen readers unless it has a `label`."""
    svg = _icon(str(name), size)
    if label:
        accessible = format_html('<svg role="img" aria-label="{}" ', label)
        return mark_safe(svg.replace("<svg ", accessible, 1))
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


@register.inclusion_tag("components/qr_code.html")
def qr_code(url: str, label: str, text: str = "") -> dict[str, str]:
    """A QR code that opens a full address, with the address in letters below, or `text`."""
    # Every mask can be read; weighing all eight takes six times as long.
    code = segno.make(url, micro=False, error="m", mask=3).svg_inline(omitsize=True, light="#fff")
    named = format_html('<svg role="img" aria-label="{}" ', label)
    return {"code": mark_safe(code.replace("<svg ", named, 1)), "text": text or url}


def _checked(value: str, allowed: set[str] | dict[str, str], tag: str) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{tag}: {value!r} is none of {sorted(allowed)}")
    return value


@register.simple_block_tag
def button(
    content: str,
    href: str = "",
    kind: str = "primary",
    icon: str = "",
    icon_after: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    small: bool = False,
) -> SafeString:
    """A button, or a link that looks like one when it has an `href`."""
    _checked(kind, BUTTON_KINDS, "button")
    context = {
        "content": content,
        "href": href,
        "kind": kind,
        "icon_name": icon,
        "icon_after": icon_after,
        "type": type,
        "name": name,
        "value": value,
        "small": small,
    }
    return render_to_string("components/button.html", context)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A message set apart: `info`, `success`, `warning` or `error`."""
    icon_name = NOTICE_ICONS[_checked(kind, NOTICE_ICONS, "notice")]
    context = {"content": content, "kind": kind, "title": title, "icon_name": icon_name}
    return render_to_string("components/notice.html", context)


@register.filter
def notice_kind(level: str) -> str:
    """The kind of notice that shows a message of this level."""
    return level if level in NOTICE_ICONS else "info"


@register.simple_block_tag
def disclosure(content: str, summary: str, id: str = "", open: bool = False) -> SafeString:
    """A native `<details>` with a summary; one entry of an accordion."""
    context = {"content": content, "summary": summary, "id": id, "open": open}
    return render_to_string("components/disclosure.html", context)


@register.simple_block_tag
def filter_panel(
    content: str, action: str, id: str = "filters", active: int = 0, results: str = ""
) -> SafeString:
    """A GET form with the filters of a list: beside it on wide screens, full screen on phones.

    `results` is the counted noun for "Show …"; `active` counts the filters in use.
    """
    context = {"content": content, "action": action, "id": id, "active": active, "results": results}
    return render_to_string("components/filter_panel.html", context)


@register.simple_tag
def breadcrumb(*pairs: str) -> SafeString:
    """The way from home to this page: label, address, label, address … and this page's label."""
    labels, urls = pairs[::2], [*pairs[1::2], ""]
    trail = [{"label": label, "url": url} for label, url in zip(labels, urls, strict=False)]
    return render_to_string("components/breadcrumb.html", {"trail": trail})


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the language of the page: "nl" is "Dutch"."""
    return get_language_info(code)["name_translated"]


@register.filter
def is_foreign(code: str | None) -> bool:
    """Whether a text in this language stands on a page in another one."""
    return bool(code) and code != get_language()


@register.simple_block_tag
def in_language(content: str, code: str, mark: bool = True) -> SafeString:
    """A text with its `lang`, and a visible mark if it is not the language of the page."""
    if not is_foreign(code):
        return mark_safe(content)
    context = {"content": content, "code": code, "mark": mark}
    return mark_safe(render_to_string("components/in_language.html", context).strip())


@register.simple_tag(takes_context=True)
def page_languages(context: template.Context) -> list[dict[str, Any]]:
    """This page in each published language: code, own name, address, whether it is the current one.

    A view whose slugs differ by language puts `alternates` (code to address) in its context.
    """
    request = context.get("request")
    given = context.get("alternates") or {}
    languages = []
    for code in settings.PUBLISHED_LANGUAGES if request else []:
        url = given.get(code) or _same_page(request, code)
        languages.append(
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "hreflang": code if code == "en" else f"{code}-BE",
                "url": url,
                "absolute_url": request.build_absolute_uri(url.partition("?")[0]),
                "current": code == get_language(),
            }
        )
    return languages


def _same_page(request: Any, code: str) -> str:
    try:
        resolve(request.path_info)
    except Resolver404:
        return translate_url(reverse("portal:home"), code)
    return translate_url(request.get_full_path(), code)


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The page numbers to show around the current one, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def term(word: str, definition: str, id: str, url: str = "", lang: str = "") -> SafeString:
    """A word with its explanation in place."""
    context = {"word": word, "definition": definition, "id": id, "url": url, "lang": lang}
    return mark_safe(render_to_string("components/term.html", context).strip())


@register.filter
def clock(moment: time | str) -> str:
    """A time of day as people read it: "08:00"."""
    return moment.strftime("%H:%M") if isinstance(moment, time) else str(moment)[:5]


@register.filter
def paired(columns: Iterable[Any], cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each column with the cell that stands in it."""
    return list(zip(columns, cells, strict=True))
