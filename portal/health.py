"""Probes for whoever runs the site."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from careers.offers import search
from portal.models import ContentVersion


def alive() -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready() -> HttpResponse:
    """The database answers and is migrated, no index is being loaded; 503 otherwise."""
    try:
        ContentVersion.current()
    except DatabaseError:
        return HttpResponse("database unavailable\n", content_type="text/plain", status=503)
    finally:
        connection.close_if_unusable_or_obsolete()
    if not search.is_ready():
        return HttpResponse("search is loading\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


PROBES = {"/healthz": alive, "/readyz": ready}


class ProbesMiddleware:
    """Answers the probes before anything else: a load balancer asks by address, without TLS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        response = probe()
        response.headers["Cache-Control"] = "no-store"
        return response
