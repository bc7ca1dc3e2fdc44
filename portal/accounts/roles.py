"""Who may do what: groups made from code, so that every installation has the same."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

EDITORS = "Éditeurs"
EDITED_APPS = ["sources", "zones", "professions", "schools", "articles", "offers"]
# Of an app that also holds what people answered.
EDITED_MODELS = ["quiz.Item", "quiz.ScalePoint", "quiz.ModelVersion"]


@transaction.atomic
def setup_roles() -> Group:
    """Make the group of editors, with every right on the content and none on people.

    Can be called again: the group gets exactly these rights, and its members stay.
    """
    models = [
        model
        for label in EDITED_APPS
        for model in apps.get_app_config(label).get_models()
        # Events of the history are written by the database alone.
        if not hasattr(model, "pgh_tracked_model")
    ] + [apps.get_model(label) for label in EDITED_MODELS]
    types = ContentType.objects.get_for_models(*models).values()
    editors, _created = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.set(Permission.objects.filter(content_type__in=types))
    return editors
