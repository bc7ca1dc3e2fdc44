"""The site of tests/content behind a real server, and browsers that notice every fault."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

TOO_SOON = 320  # milliseconds in which the quiz takes no second answer


@pytest.fixture(scope="module")
def site(content: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the site; the threads of the server read the same database as the test."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def bank(site: str) -> None:
    """The site has the items and answers of the quiz that ship."""
    for part in ["items", "scale"]:
        call_command("load_content", only=part, json=True)


def watch(page: Page) -> list[str]:
    """What the page complains of: errors of scripts, refusals of the content policy, lost files."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    return faults


@pytest.fixture
def page(site: str, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page with JavaScript; addresses begin with "/"."""
    page = new_context(base_url=site).new_page()
    faults = watch(page)
    yield page
    assert faults == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def any_page(
    site: str, new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page with JavaScript, then one without: what must work with both."""
    page = new_context(base_url=site, java_script_enabled=request.param).new_page()
    faults = watch(page)
    yield page
    assert faults == []
