from django.urls import path
from django.utils.translation import gettext_lazy as _

from careers.zones import views

app_name = "zones"

urlpatterns = [
    path("", views.zone_list, name="list"),
    path(_("suggestions/"), views.suggest, name="suggest"),
    path("<slug:slug>/", views.zone_detail, name="detail"),
]
