"""Pages of a list, reached by real links."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 24


def paginate(request: HttpRequest, rows: QuerySet | Sequence, size: int = PAGE_SIZE) -> Page:
    """The page that `?page=` asks for; the nearest one where it asks for none that exists."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
