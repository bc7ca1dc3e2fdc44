from django.urls import path

from careers.articles import views

app_name = "glossary"

urlpatterns = [path("", views.glossary, name="list")]
