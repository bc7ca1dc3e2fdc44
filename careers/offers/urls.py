from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from careers.offers import views_offer, views_reports

app_name = "offers"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="employers:list"), name="list"),
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
