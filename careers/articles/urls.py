from django.urls import path
from django.utils.translation import gettext_lazy as _

from careers.articles import views

app_name = "articles"

urlpatterns = [
    path("", views.article_list, name="list"),
    path(_("employers/"), views.story_list, name="stories"),
    path("<slug:slug>/", views.article_detail, name="detail"),
]
