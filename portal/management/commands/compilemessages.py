"""Stands in for Django's command of this name, which needs gettext on the machine."""

from typing import Any

from babel.messages.pofile import PoFileError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.messages import BrokenCatalogue, compile_outdated


class Command(BaseCommand):
    help = "Compile the message catalogues that changed."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            compiled = compile_outdated(settings.LOCALE_PATHS)
        except (BrokenCatalogue, PoFileError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            for catalogue in compiled:
                self.stdout.write(str(catalogue.relative_to(settings.BASE_DIR)))
