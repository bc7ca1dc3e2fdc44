"""Home, search and the pages about the site itself."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from portal import views, views_shortlist, views_sitemaps

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path(_("search/"), views.search, name="search"),
    path(_("suggestions/"), views.suggest, name="suggest"),
    path(
        _("shortlist/"),
        include(
            [
                path("", views_shortlist.shortlist, name="shortlist"),
                path("change/", views_shortlist.shortlist_change, name="shortlist_change"),
            ]
        ),
    ),
    path(_("sources/"), views.sources, name="sources"),
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path(_("privacy/"), views.privacy, name="privacy"),
    path(_("site-map/"), views.site_map, name="site_map"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-offers.xml", views_sitemaps.offers, name="sitemap_offers"),
    path("sitemap-<slug:section>.xml", views_sitemaps.section, name="sitemap_section"),
]
