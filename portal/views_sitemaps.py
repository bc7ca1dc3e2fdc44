"""The list of offers for search engines: an index, and files of a bearable size."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import index
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.sitemaps import OFFERS


@login_not_required
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """List the files that hold the live offers."""
    return index(request, OFFERS, sitemap_url_name="portal:sitemap_section")


@login_not_required
@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    """List the live offers of one file (`?p=`)."""
    return sitemap_of(request, OFFERS, section)
