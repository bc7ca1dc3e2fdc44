"""The whole site on this machine: what `make run` calls."""

import argparse
import errno
import os
import socket
import sys
from contextlib import nullcontext, suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from portal.embedded import EmbeddedServerError
from portal.embedded.server import server_of
from portal.processes import Command as CommandLine
from portal.processes import end_politely, run_together

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Start the database, bring it up to date and serve the site until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("This serves a development site: set PORTAL_ENV=development.")
        end_politely()
        # First of all, so that a taken port is told before anything else is started.
        with listen(port) as listener:
            try:
                with server_of(settings.DATABASES["default"]) or nullcontext():
                    prepare()
                    self.stdout.write(f"Jalon is at http://{HOST}:{port}/ (Ctrl-C stops it)")
                    self.stdout.flush()
                    fd = listener.fileno()
                    code = run_together([web_server(fd), worker()], pass_fds=[fd])
            except EmbeddedServerError as error:
                raise CommandError(str(error)) from error
            except KeyboardInterrupt:
                code = 0
        sys.exit(code)


def listen(port: int) -> socket.socket:
    """The socket that the web server will answer on."""
    try:
        return socket.create_server((HOST, port), backlog=128)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            reason = f"port {port} is in use, perhaps by another copy of this site"
        else:
            reason = str(error)
        raise CommandError(
            f"Cannot listen: {reason}. Choose another port: make run PORT=8001"
        ) from error


def prepare() -> None:
    """Bring the database, the content and the translations up to date."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("compilemessages", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with suppress(CommandError):  # it has told what it rejected; the rest is worth seeing
        call_command("load_content")
    with suppress(CommandError):  # no content yet, no examples of it
        call_command("example_offers")
    if "demo_accounts" in get_commands():
        call_command("demo_accounts")


def web_server(fd: int) -> CommandLine:
    """Gunicorn on the inherited socket; changed code, templates and catalogues restart it."""
    watched = [
        *settings.BASE_DIR.glob("templates/**/*.html"),
        *settings.BASE_DIR.glob("locale/**/*.mo"),
    ]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", f"--bind=fd://{fd}"]
    command += ["--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket"]
    # The longest address that it reads, and no word of who asks about where the site stands.
    command += ["--limit-request-line=8190", "--forwarder-headers", ""]
    command += ["--log-level=error", "--reload"]
    command += [f"--reload-extra-file={path}" for path in watched]
    return command


def worker() -> CommandLine:
    """One worker of the jobs; changed code restarts it."""
    return [sys.executable, "manage.py", "worker", "--reload"]
