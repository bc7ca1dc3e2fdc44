from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from careers.offers import views, views_offer, views_reports

app_name = "offers"

urlpatterns = [
    path("", views.offer_list, name="list"),
    path(
        "<slug:slug>-<int:pk>/",
        include(
            [
                path("", views_offer.offer_detail, name="detail"),
                path(_("report/"), views_reports.report, name="report"),
            ]
        ),
    ),
]
