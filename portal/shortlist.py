"""What a visitor keeps for later, without an account: it lives in the browser session alone."""

from collections.abc import Callable
from functools import wraps
from typing import Self

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse

KINDS = ("offer", "programme", "profession")
# Nobody compares more; a session stays small.
MOST = 100
KEPT, BEFORE = "shortlist", "shortlist_before"

Item = tuple[str, int]
View = Callable[..., HttpResponse]


class ShortlistIsFull(Exception):
    """There are as many items as a shortlist may have."""


class Shortlist:
    """The items a visitor keeps, the newest last. Reading it makes no session."""

    def __init__(self, request: HttpRequest) -> None:
        self.session = request.session
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or self.session.modified
        self.items = self._read(KEPT) if has_session else []
        self.before = self._read(BEFORE) if has_session else []

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The shortlist of this request, read once."""
        if not hasattr(request, "_shortlist"):
            request._shortlist = cls(request)
        return request._shortlist

    def _read(self, name: str) -> list[Item]:
        return [(str(kind), int(pk)) for kind, pk in self.session.get(name, [])]

    def __contains__(self, item: Item) -> bool:
        return item in self.items

    def __len__(self) -> int:
        return len(self.items)

    def said(self, item: Item) -> str:
        """What the last change did to an item: "saved", "removed", or "" if it was another's."""
        if not self.before:
            return "saved" if self.items[-1:] == [item] else ""
        return "removed" if set(self.before) - set(self.items) == {item} else ""

    def add(self, item: Item) -> None:
        """Keep an item; raises ShortlistIsFull."""
        if item in self.items:
            return
        if len(self.items) >= MOST:
            raise ShortlistIsFull
        self._write([*self.items, item], [])

    def remove(self, item: Item) -> None:
        """Keep it no longer; `undo` brings it back to its place."""
        if item in self.items:
            self._write([other for other in self.items if other != item], self.items)

    def clear(self) -> None:
        """Keep nothing; `undo` brings all back."""
        if self.items:
            self._write([], self.items)

    def undo(self) -> None:
        """What was there before the last removal."""
        if self.before:
            self._write(self.before, [])

    def _write(self, items: list[Item], before: list[Item]) -> None:
        self.items, self.before = items, before
        self.session[KEPT], self.session[BEFORE] = items, before


def one_at_a_time(view: View) -> View:
    """Decorator of a view that changes the shortlist: of two clicks at once none is lost."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with transaction.atomic():
            _lock_session(request)
            response = view(request, *args, **kwargs)
            # Stored before the next request reads it, not at the end of this one.
            SessionMiddleware(lambda _request: response).process_response(request, response)
        request.session.modified = False
        return response

    return waiting


def _lock_session(request: HttpRequest) -> None:
    """Wait for requests of the same visitor that change theirs, then read it anew."""
    key = request.session.session_key
    if key and Session.objects.select_for_update().filter(pk=key).first():
        request.session = type(request.session)(key)
