from django.urls import path
from django.utils.translation import gettext_lazy as _

from quiz import views_compatibility

app_name = "compatibility"

# Under the address of the professions.
urlpatterns = [
    path(_("<str:slug>/compatibility/"), views_compatibility.begin, name="begin"),
]
