from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZonesConfig(AppConfig):
    name = "careers.zones"
    verbose_name = _("Places and employment zones")
