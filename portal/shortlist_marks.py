"""The marks of a visitor's shortlist on a page that is kept alike for everybody."""

import gzip
import re
from html import unescape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.shortlist import BEFORE, KEPT, Item, Shortlist

BUTTON = re.compile(r'<form class="keep" id="keep-(\w+)-(\d+)".*?</form>', re.DOTALL)
TITLE = re.compile(r'<span class="visually-hidden">: (.*?)</span>', re.DOTALL)
COUNT = 'id="shortlist-count">'
# What a session may hold besides: the link of a quiz, which no kept page shows.
NOT_SHOWN = {"quiz"}


def put_aside(request: HttpRequest) -> Shortlist | None:
    """The shortlist of a visitor whose session shows nothing else; the request is anybody's then.

    None, and the request as it was, for all others.
    """
    name = settings.SESSION_COOKIE_NAME
    session = getattr(request, "session", None)
    if name not in request.COOKIES or session is None:
        return None
    if not set(session.keys()) <= {KEPT, BEFORE} | NOT_SHOWN:
        return None
    shortlist = Shortlist.of(request)
    request.COOKIES = {key: text for key, text in request.COOKIES.items() if key != name}
    request._shortlist = Shortlist(request)
    return shortlist


def mark(response: HttpResponse, shortlist: Shortlist) -> None:
    """Show on a page made for anybody what this visitor keeps, and how much."""
    if response.status_code != 200 or not (shortlist.items or shortlist.before):
        return
    body = response.content
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
        del response.headers["Content-Encoding"]
    text = body.decode()
    if shortlist.items:
        text = text.replace(COUNT, f"{COUNT}{len(shortlist)}", 1)
    response.content = marked(text, shortlist).encode()
    response.headers["Content-Length"] = str(len(response.content))


def marked(text: str, shortlist: Shortlist) -> str:
    """A part of a page made for anybody, with the buttons of what this visitor keeps."""

    def button(found: re.Match[str]) -> str:
        item = (found[1], int(found[2]))
        is_marked = item in shortlist or shortlist.said(item)
        return _button(item, found[0], shortlist) if is_marked else found[0]

    return BUTTON.sub(button, text) if shortlist.items or shortlist.before else text


def _button(item: Item, button: str, shortlist: Shortlist) -> str:
    title = TITLE.search(button)
    context = {
        "kind": item[0],
        "pk": item[1],
        "title": unescape(title[1]) if title else "",
        "kept": item in shortlist,
        "said": shortlist.said(item),
        "small": 'name="small"' in button,
    }
    return render_to_string("components/keep_button.html", context)
