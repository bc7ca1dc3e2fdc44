"""What the rules of the house look at: our files, templates and models."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from portal.management.commands.check_templates import template_names

ROOT = Path(settings.BASE_DIR)
OURS = {"portal", "careers", "quiz"}


def modules(*folders: str) -> list[Path]:
    """Our Python files, without migrations."""
    files = [file for folder in sorted(folders) for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in files if "migrations" not in file.parts]


def own_models() -> list[type[models.Model]]:
    """Our models, without the events that record their history."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not hasattr(model, "pgh_tracked_model")
    ]


TEMPLATES = {name: (ROOT / "templates" / name).read_text() for name in template_names()}
MODULES = modules(*OURS, "tests", "benchmarks")
MODELS = own_models()

each_module = pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
each_template = pytest.mark.parametrize("name", TEMPLATES)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)

# What the part of a page costs that shows live offers, once a second at most.
LIVE_OFFERS_QUERIES = 7
