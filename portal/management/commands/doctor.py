"""Looks at the machine and the settings, and tells what is wrong and how to cure it."""

import argparse
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from portal import operators
from portal.messages import catalogues, is_compiled

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
OLDEST_POSTGRESQL = 15
EXTENSIONS = ["unaccent", "pg_trgm"]
SHORTEST_KEY = 50  # characters
WORKER_SILENCE = timedelta(minutes=1)
WAITING_TOO_LONG = timedelta(minutes=5)
WORKER_AND_JOBS = """
    SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - %s),
    EXISTS (
        SELECT FROM procrastinate_jobs AS job JOIN procrastinate_events ON job_id = job.id
        WHERE status = 'todo' AND type = 'deferred' AND greatest(at, scheduled_at) < now() - %s
    ),
    (
        SELECT json_object_agg(task_name, count ORDER BY task_name) FROM (
            SELECT task_name, count(*) FROM procrastinate_jobs
            WHERE status = 'failed' GROUP BY task_name
        ) AS failed
    )
"""
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


@dataclass(frozen=True)
class Problem:
    """Something wrong, with what to do about it."""

    message: str
    cure: str


Check = Callable[[], Iterator[Problem]]


class Command(BaseCommand):
    help = "Check this installation; exit code 1 if anything is wrong."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = {name: list(check()) for name, check in checks().items()}
        if options["json"]:
            self.stdout.write(json.dumps(as_data(findings), indent=2))
        else:
            self.tell(findings)
        if any(findings.values()):
            sys.exit(1)

    def tell(self, findings: dict[str, list[Problem]]) -> None:
        for name, problems in findings.items():
            if not problems:
                self.stdout.write(self.style.SUCCESS("ok     ") + name)
            for problem in problems:
                self.stdout.write(self.style.ERROR("wrong  ") + f"{name}: {problem.message}")
                self.stdout.write(f"       Cure: {problem.cure}")


def as_data(findings: dict[str, list[Problem]]) -> list[dict[str, Any]]:
    return [
        {"check": name, "ok": not problems, "problems": [asdict(problem) for problem in problems]}
        for name, problems in findings.items()
    ]


def checks() -> dict[str, Check]:
    """The checks that make sense here, by name."""
    everywhere: dict[str, Check] = {
        "Python": python,
        "var folder": var_folder,
        "database": database,
        "jobs": jobs,
        "translations": translations,
    }
    production: dict[str, Check] = {
        "secret key": secret_key,
        "hosts": hosts,
        "debug": debug,
        "static files": static_files,
        "e-mail": email,
        "sender": sender,
        "address": address,
        "operator": operator,
        "proxy": proxy,
    }
    return everywhere | (production if settings.IS_PRODUCTION else {"browser tests": browser})


def find_chromium() -> str | None:
    """The browser of the tests: $CHROMIUM, else the first of the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def python() -> Iterator[Problem]:
    found = sys.version_info[:2]
    if not OLDEST_PYTHON <= found <= NEWEST_PYTHON:
        yield Problem(
            f"{found[0]}.{found[1]} is not supported.",
            "Install Python 3.11 to 3.14 and run: make run PYTHON=python3.11",
        )


def var_folder() -> Iterator[Problem]:
    try:
        settings.VAR_DIR.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.VAR_DIR):
            pass
    except OSError as error:
        yield Problem(str(error), f"Let this user write in {settings.VAR_DIR}.")


def database() -> Iterator[Problem]:
    if settings.IS_PRODUCTION and "EMBEDDED" in settings.DATABASES["default"]:
        yield Problem(
            "The embedded server is for development.",
            "Set DATABASE_URL=postgresql://user:password@host/name",
        )
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Problem(
            str(error).strip(),
            "Start the server that DATABASE_URL names, or unset DATABASE_URL to use the embedded "
            "one.",
        )
        return
    yield from database_content()


def database_content() -> Iterator[Problem]:
    major = connection.pg_version // 10_000
    if major < OLDEST_POSTGRESQL:
        yield Problem(f"PostgreSQL {major} is too old.", f"Use {OLDEST_POSTGRESQL} or newer.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, installed_version FROM pg_available_extensions")
        available = dict(cursor.fetchall())
    for extension in EXTENSIONS:
        if extension not in available:
            yield Problem(
                f"The server lacks the extension {extension}.",
                "Install the server's contrib package (Debian: postgresql-contrib).",
            )
        elif not available[extension]:
            yield Problem(f"The extension {extension} is not made.", "manage.py migrate")
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Problem(f"{len(missing)} migrations are not applied.", "manage.py migrate")
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        yield Problem("The table of the cache is missing.", "manage.py createcachetable")


def jobs() -> Iterator[Problem]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(WORKER_AND_JOBS, [WORKER_SILENCE, WAITING_TOO_LONG])
            is_working, are_late, failed = cursor.fetchone()
    except DatabaseError:
        return  # told above, as is a missing migration
    if not is_working and (are_late or settings.IS_PRODUCTION):
        yield Problem(
            "No worker is running: mail and nightly work wait.",
            "Run `manage.py worker` as a service; `make run` starts one beside the site.",
        )
    if failed:
        yield Problem(
            f"{sum(failed.values())} jobs failed: "
            + ", ".join(f"{name} ({count})" for name, count in failed.items()),
            "See why at /admin/jobs/job/?status=failed; once mended, choose to try them again.",
        )


def translations() -> Iterator[Problem]:
    found = catalogues(settings.LOCALE_PATHS)
    for catalogue in found:
        if not is_compiled(catalogue):
            yield Problem(f"{catalogue} is not compiled.", "manage.py compilemessages")
    languages = {catalogue.parts[-3] for catalogue in found}
    for language in settings.PUBLISHED_LANGUAGES:
        # English is the language of the messages themselves.
        if language not in languages | {"en"}:
            yield Problem(
                f"{language} is published without a catalogue.",
                f"manage.py makemessages -l {language}, or take it out of PUBLISHED_LANGUAGES.",
            )


def browser() -> Iterator[Problem]:
    if not find_chromium():
        yield Problem("Chromium is missing: browser tests are skipped.", "make browser")


def secret_key() -> Iterator[Problem]:
    if len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < 10:
        yield Problem(
            "It is too easy to guess.",
            "Set SECRET_KEY to the output of: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )


def hosts() -> Iterator[Problem]:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield Problem(
            "ALLOWED_HOSTS does not name the site's hosts.",
            "Set ALLOWED_HOSTS=www.example.org (several: commas between them).",
        )


def debug() -> Iterator[Problem]:
    if settings.DEBUG:
        yield Problem("DEBUG shows the inside of the site to visitors.", "Unset DEBUG.")


def static_files() -> Iterator[Problem]:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Problem("They are not collected.", "manage.py collectstatic --no-input")


def email() -> Iterator[Problem]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=3).close()
    except OSError as error:
        yield Problem(
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not answer: {error}",
            "Set EMAIL_URL=smtp+tls://user:password@host:587",
        )


def sender() -> Iterator[Problem]:
    _name, mailbox = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if mailbox.rpartition("@")[2] in operators.EXAMPLES:
        yield Problem(
            f"Mail comes from {mailbox}, an example: most servers refuse it.",
            "Set DEFAULT_FROM_EMAIL to an address of your own domain.",
        )


def address() -> Iterator[Problem]:
    parts = urlsplit(settings.SITE_URL)
    host = (parts.hostname or "").lstrip(".")
    is_answered = host == parts.hostname and validate_host(host, settings.ALLOWED_HOSTS)
    if parts.scheme != "https" or not is_answered:
        yield Problem(
            f"Links in mails lead to {settings.SITE_URL}, which this site does not answer.",
            "Set SITE_URL=https://www.example.org, a host of ALLOWED_HOSTS.",
        )


def operator() -> Iterator[Problem]:
    found = operators.operator()
    if not (found.name and found.url) or found.is_example:
        yield Problem(
            "Visitors read neither who answers for their data nor where to write.",
            "Set OPERATOR_NAME to your name and OPERATOR_CONTACT to a mail address or a URL.",
        )


def proxy() -> Iterator[Problem]:
    if not (settings.ALLAUTH_TRUSTED_PROXY_COUNT or settings.SECURE_PROXY_SSL_HEADER):
        yield Problem(
            "The site knows of no proxy: without one, nobody speaks TLS and slow visitors block "
            "it; behind one, all visitors count as one.",
            "Set TRUSTED_PROXY_COUNT=1 and PROXY_SSL_HEADER=X-Forwarded-Proto: see "
            "docs/deployment.md.",
        )
