"""Pages as a browser gets them: the fields of their forms, and the site behind a real browser."""

from contextvars import copy_context
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, Route

SITE = "http://localhost"


class _Fields(HTMLParser):
    """What a browser would send for the form of the given id."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.values: dict[str, Any] = {}
        self.open: str | None = None

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = dict(attributes)
        name = given.get("name")
        if tag == "form":
            self.inside = given.get("id") == self.form
        elif not self.inside:
            return
        elif tag == "input" and name:
            self._input(name, given)
        elif tag in {"textarea", "select"} and name:
            self.open = name
            if tag == "textarea":
                self.values[name] = ""
        elif tag == "option" and "selected" in given and given.get("value"):
            self.values.setdefault(self.open, []).append(given["value"])

    def _input(self, name: str, given: dict[str, Any]) -> None:
        kind = given.get("type", "text")
        if kind in {"submit", "button", "file"}:
            return
        if kind not in {"checkbox", "radio"}:
            self.values[name] = given.get("value") or ""
        elif "checked" in given:
            self.values[name] = given.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag in {"textarea", "select"}:
            self.open = None

    def handle_data(self, data: str) -> None:
        if self.inside and isinstance(self.values.get(self.open), str):
            self.values[self.open] += data


def fields(response: HttpResponse, form: str) -> dict[str, Any]:
    """Names and values of a form as it was sent to the browser, without its buttons."""
    parser = _Fields(form)
    parser.feed(response.content.decode())
    return {
        # HTML drops the first line break of a text area.
        name: value.removeprefix("\n") if isinstance(value, str) else value
        for name, value in parser.values.items()
    }


def serve(page: Page, client: Client) -> None:
    """Let `client` answer the browser: same process, same transaction, same signed-in person."""
    # Django finds its connection through the context, and Playwright answers in another one.
    here = copy_context()

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        path = f"{url.path}?{url.query}" if url.query else url.path
        response = here.run(client.get, path)
        body = response.getvalue()
        response.close()
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=body)

    page.route("**/*", answer)
