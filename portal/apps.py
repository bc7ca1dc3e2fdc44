import django.contrib.admin.apps as admin_apps
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Site")


class BackOfficeConfig(admin_apps.AdminConfig):
    """Django's admin on our own site; `default` would make it the app `portal` too."""

    default = False
    default_site = "portal.back_office.BackOffice"
