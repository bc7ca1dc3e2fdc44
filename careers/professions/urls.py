from django.urls import path
from django.utils.translation import gettext_lazy as _

from careers.professions import views

app_name = "professions"

urlpatterns = [
    path("", views.profession_list, name="list"),
    path(_("compare/"), views.compare, name="compare"),
    path(_("preview/<int:pk>/"), views.preview, name="preview"),
    path("<slug:slug>/", views.profession_detail, name="detail"),
]
