"""Every public page in a browser: accessible in light and dark, no wider than a phone."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tests.accessibility import faults_in_both_schemes
from tests.journeys.conftest import watch
from tests.pages import PAGES, STATES, address

SEEN = [
    *[(name, "fr") for name in [*PAGES, *STATES]],
    *[(name, "en") for name in ["portal:home", "professions:detail"]],
]
WIDTHS = [320, 360]


@pytest.fixture(scope="module")
def screen(site: str, browser: Browser) -> Iterator[Page]:
    """One page for all addresses."""
    context = browser.new_context(base_url=site, reduced_motion="reduce", locale="fr-BE")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(site: str, browser: Browser) -> Iterator[Page]:
    """A narrow page, without JavaScript."""
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="fr-BE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("name", "language"), SEEN, ids=map(" ".join, SEEN))
def test_page_has_no_accessibility_fault_and_no_complaint(screen, name, language):
    faults = watch(screen)

    screen.goto(address(name, language))

    assert faults_in_both_schemes(screen) == []
    assert faults == []


@pytest.mark.parametrize("name", [*PAGES, *STATES])
def test_page_fits_a_phone(phone, name):
    phone.set_viewport_size({"width": WIDTHS[0], "height": 640})
    phone.goto(address(name, "fr"))

    for width in WIDTHS:
        phone.set_viewport_size({"width": width, "height": 640})
        assert wider_than_the_screen(phone) == []


def wider_than_the_screen(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    root = page.locator("html")
    if root.evaluate("root => root.scrollWidth <= root.clientWidth"):
        return []
    return root.evaluate(
        """root => [...root.querySelectorAll("body *")]
            .filter((part) => part.getBoundingClientRect().right > root.clientWidth + 1)
            .map((part) => part.outerHTML.slice(0, 120))"""
    )


@pytest.mark.parametrize("where", ["/nothing-here/", "/?q=%00"])
def test_refusal_of_an_address_has_no_accessibility_fault(screen, where):
    response = screen.goto(where)

    assert response.status in {400, 404}
    assert screen.locator("h1").is_visible()
    assert faults_in_both_schemes(screen) == []


@pytest.mark.parametrize("status", [403, 429, 500])
def test_error_page_has_no_accessibility_fault(screen, site, rf, status):
    request = rf.get("/")
    request.user, request.resolver_match = AnonymousUser(), None
    body = render_to_string(f"{status}.html", request=None if status == 500 else request)
    screen.route(
        f"{site}/{status}/", lambda route: route.fulfill(body=body, content_type="text/html")
    )

    screen.goto(f"/{status}/")

    assert screen.locator("h1").is_visible()
    assert faults_in_both_schemes(screen) == []
