"""A visitor of a guide asks how near the profession is, and what its reality asks."""

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.models import QuizSession
from tests.accessibility import faults_in_both_schemes
from tests.journeys.conftest import TOO_SOON
from tests.journeys.test_every_page import wider_than_the_screen
from tests.pages import address

pytestmark = pytest.mark.usefixtures("bank")

STATEMENTS = 6


def answer(page: Page) -> None:
    """Answer the eight questions, without caring for what they ask."""
    for number in range(8):
        expect(page.locator("#question progress")).to_have_attribute("value", str(number))
        page.wait_for_timeout(TOO_SOON)
        page.locator(".quiz-answer").nth(4 if number % 2 else 0).click()


def check(page: Page) -> None:
    assert faults_in_both_schemes(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert wider_than_the_screen(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def test_from_the_guide_to_two_results(any_page: Page) -> None:
    page = any_page
    page.goto(address("professions:detail", "fr"))
    page.locator(".guide-head .button-primary").click()
    page.locator(".quiz-setup button").click()
    answer(page)

    expect(page.locator(".quiz-line")).to_have_count(STATEMENTS)
    for place, said in [(1, "yes"), (2, "no"), (3, "depends")]:
        page.locator(f"input[name=statement-{place}][value={said}]").check()
    page.locator(".quiz-form button").first.click()

    expect(page.locator("#interests")).to_be_visible()
    expect(page.locator("#reality .compat-group")).to_have_count(3)
    expect(page.locator("#reality .compat-group").first.locator("li")).to_have_count(1)
    page.locator("#reality .compat-group li a").first.click()
    expect(page.locator("#check-1")).to_be_in_viewport()


def test_what_the_visitor_sees_is_accessible_and_fits_a_phone(site: str, browser: Browser) -> None:
    context = browser.new_context(base_url=site, locale="fr-BE")
    page = context.new_page()
    page.goto(address("compatibility:begin", "fr"))
    page.locator(".quiz-setup button").click()
    answer(page)
    expect(page.locator(".quiz-form")).to_be_visible()
    check(page)
    page.locator(".quiz-form button[name=skip]").click()
    expect(page.locator("#interests")).to_be_visible()
    check(page)
    session = QuizSession.objects.latest("pk")
    page.goto(page.url.replace(session.edit_token, session.share_token))
    check(page)
    context.close()
