"""The tree of public addresses. French has no prefix; the other published languages have one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import gallery

handler400 = "portal.middleware.bad_request"
handler500 = "portal.guards.server_error"

urlpatterns = [
    path("admin/ui/", gallery.gallery, name="gallery"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path(_("account/"), include("allauth.account.urls")),
        path(_("professions/"), include("quiz.urls_compatibility")),
        path(_("professions/"), include("careers.professions.urls")),
        path(_("criteria/"), include("careers.professions.urls_criteria")),
        path(_("schools/"), include("careers.schools.urls")),
        path(_("programmes/"), include("careers.schools.urls_programmes")),
        path(_("zones/"), include("careers.zones.urls")),
        path(_("offers/"), include("careers.offers.urls")),
        path(pgettext_lazy("address", "employers/"), include("careers.offers.urls_employers")),
        path(_("articles/"), include("careers.articles.urls")),
        path(_("glossary/"), include("careers.articles.urls_glossary")),
        path("quiz/", include("quiz.urls")),
        path("", include("portal.site_urls")),
        prefix_default_language=False,
    ),
]
