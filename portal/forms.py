"""How forms look: label, help, error, control, in this order and tied together."""

from pathlib import Path

import django.forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.template.backends.base import BaseEngine
from django.utils.functional import cached_property

BUILT_IN = Path(django.forms.__file__).parent / "templates"


class SiteFormRenderer(DjangoTemplates):
    """Form templates of the project first (`templates/django/forms/`), then Django's own."""

    form_template_name = "django/forms/div.html"

    @cached_property
    def engine(self) -> BaseEngine:
        return self.backend(
            {
                "NAME": "forms",
                "APP_DIRS": True,
                "DIRS": [settings.BASE_DIR / "templates", BUILT_IN],
                "OPTIONS": {},
            }
        )
