from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from careers.offers import views, views_offer, views_reports

app_name = "offers"

urlpatterns = [
    path("", views.offer_list, name="list"),
    path(_("feed/"), views.offer_feed, name="feed"),
    path(
        _("profession/"),
        include(
            [
                path("<slug:slug>/", views.offers_of_profession, name="of_profession"),
                path("<slug:slug>/<slug:place>/", views.offers_of_profession, name="of_both"),
            ]
        ),
    ),
    path(_("place/"), include([path("<slug:slug>/", views.offers_of_place, name="of_place")])),
    path("<slug:slug>-<int:pk>/", views_offer.offer_detail, name="detail"),
    path(_("<slug:slug>-<int:pk>/report/"), views_reports.report, name="report"),
]
