"""Every public page in a browser: accessible in light and dark, no wider than a phone."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tests.accessibility import accessibility_faults
from tests.journeys.conftest import watch
from tests.pages import PAGES, STATES, address

SCHEMES = ["light", "dark"]
# A state of a page has nothing of its own to colour: one scheme is enough.
SEEN = [
    *[(scheme, name, "fr") for scheme in SCHEMES for name in PAGES],
    *[("dark", name, "fr") for name in STATES],
    *[("light", name, "en") for name in ["portal:home", "professions:detail"]],
]
WIDTHS = [320, 360]


@pytest.fixture(scope="module", params=SCHEMES)
def themed(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Page]:
    """One page for all addresses in a colour scheme."""
    context = browser.new_context(
        base_url=site, color_scheme=request.param, reduced_motion="reduce", locale="fr-BE"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(site: str, browser: Browser) -> Iterator[Page]:
    """A narrow page, without JavaScript."""
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="fr-BE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("themed", "name", "language"), SEEN, ids=map(" ".join, SEEN), indirect=["themed"]
)
def test_page_has_no_accessibility_fault_and_no_complaint(themed, name, language):
    faults = watch(themed)

    themed.goto(address(name, language))

    assert accessibility_faults(themed) == []
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
def test_refusal_of_an_address_has_no_accessibility_fault(themed, where):
    response = themed.goto(where)

    assert response.status in {400, 404}
    assert themed.locator("h1").is_visible()
    assert accessibility_faults(themed) == []


@pytest.mark.parametrize("status", [403, 429, 500])
def test_error_page_has_no_accessibility_fault(themed, site, rf, status):
    request = rf.get("/")
    request.user, request.resolver_match = AnonymousUser(), None
    body = render_to_string(f"{status}.html", request=None if status == 500 else request)
    themed.route(
        f"{site}/{status}/", lambda route: route.fulfill(body=body, content_type="text/html")
    )

    themed.goto(f"/{status}/")

    assert themed.locator("h1").is_visible()
    assert accessibility_faults(themed) == []
