"""What every test has: a migrated database, and a browser where one is installed."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from portal import kept
from portal.management.commands.doctor import find_chromium
from tests.databases import cloned_database, content_database, reading

# Playwright runs an event loop in the thread that also prepares the data of a journey.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, testrun_uid: str, worker_id: str
) -> Iterator[None]:
    database = cloned_database(testrun_uid[:8], worker_id)
    with django_db_blocker.unblock(), database, django_db_blocker.block():
        yield


@pytest.fixture(scope="session")
def _content_database(
    django_db_setup: None, django_db_blocker: Any, testrun_uid: str, worker_id: str
) -> Iterator[str]:
    database = content_database(testrun_uid[:8], worker_id)
    with django_db_blocker.unblock(), database as name, django_db_blocker.block():
        yield name


@pytest.fixture(scope="module")
def content(_content_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The tests of this module find what stands in tests/content in the database."""
    # What is kept is keyed by the version of the content, and each database counts its own.
    kept.forget()
    with django_db_blocker.unblock(), reading(_content_database), django_db_blocker.block():
        yield
    kept.forget()


@pytest.fixture(scope="session")
def base_url() -> str | None:
    """No address of a site under test: pytest-playwright's own fixture warns under pytest 9."""
    return None


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = find_chromium()
    if not chromium:
        missing = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        missing("no Chromium: run `make browser`")
    return browser_type_launch_args | {"executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "fr-BE", "reduced_motion": "reduce"}
