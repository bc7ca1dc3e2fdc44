from django.urls import path

from careers.schools import views

app_name = "programmes"

urlpatterns = [
    path("", views.programme_list, name="list"),
    path("<slug:slug>-<int:pk>/", views.programme_detail, name="detail"),
]
