import argparse
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.embedded import EmbeddedServerError
from portal.embedded.server import server_of
from portal.jobs.worker import CONCURRENCY, work


class Command(BaseCommand):
    help = "Do the jobs that wait, and those of the clock, until Ctrl-C."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="jobs at a time")
        parser.add_argument("--reload", action="store_true", help="start anew when code changes")

    def handle(self, *args: Any, concurrency: int, reload: bool, **options: Any) -> None:
        try:
            with server_of(settings.DATABASES["default"]) or nullcontext():
                work(concurrency=concurrency, reload=reload)
        except EmbeddedServerError as error:
            raise CommandError(str(error)) from error
