"""Sets Django up, for whoever imports this before the site's own modules."""

import os

import django
from django.apps import apps

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    os.environ.setdefault("PORTAL_ENV", "development")
    django.setup()
