"""Probes for whoever runs the site."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.models import ContentVersion


@login_not_required
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated; 503 otherwise."""
    try:
        ContentVersion.current()
    except DatabaseError:
        return HttpResponse("database unavailable\n", content_type="text/plain", status=503)
    finally:
        connection.close_if_unusable_or_obsolete()
    return HttpResponse("ready\n", content_type="text/plain")
