from django.urls import path

from careers.offers import views_employers

app_name = "employers"

urlpatterns = [
    path("", views_employers.employer_list, name="list"),
    path("logos/<slug:name>.webp", views_employers.employer_logo, name="logo"),
    path("<slug:slug>/", views_employers.employer_detail, name="detail"),
]
