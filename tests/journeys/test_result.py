"""A person looks at the result of the quiz: with what-ifs, on paper, on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.enums import StudyOpenness
from quiz.models import QuizSession
from tests.accessibility import faults_in_both_schemes
from tests.journeys.test_every_page import WIDTHS, wider_than_the_screen
from tests.quiz.answered import LEADING, finished

SHEETS = 3
IMAGINED = "?level=bachelor&others=1&no_shifts=1&social=2&where=Liège&radius=25&colour=1"


@pytest.fixture(scope="module", autouse=True)
def session(bank: None) -> QuizSession:
    return finished(LEADING, level=StudyOpenness.MASTER)


@pytest.fixture
def address(session: QuizSession) -> str:
    return f"/en/quiz/result/{session.edit_token}/"


@pytest.mark.parametrize("query", ["", IMAGINED])
def test_the_result_has_no_accessibility_fault(page: Page, address: str, query: str) -> None:
    page.goto(address + query)
    page.locator(".match-why").evaluate_all("all => all.forEach(part => part.open = true)")

    assert faults_in_both_schemes(page) == []


@pytest.mark.parametrize("query", ["", IMAGINED])
def test_the_result_fits_a_phone(site: str, browser: Browser, address: str, query: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + query)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        assert wider_than_the_screen(page) == []
    context.close()


def test_a_weight_ranks_again_at_once_and_leaves_the_page_where_it_is(
    page: Page, address: str
) -> None:
    page.goto(address)
    first = page.locator(".nearest-name").all_inner_texts()

    page.get_by_text("Weight of your interests").click()
    weight = page.get_by_label("Enterprising", exact=True)
    weight.focus()
    weight.select_option("0")

    expect(page.locator("#nearest-title")).to_have_text("Your first ten, if it were so")
    expect(page.get_by_text(re.compile(r"\d places? won")).first).to_be_visible()
    assert page.locator(".nearest-name").all_inner_texts() != first
    expect(weight).to_be_focused()
    assert "enterprising=0" in page.url

    page.get_by_role("link", name="Back to your result").click()
    expect(page.locator("#nearest-title")).to_have_text("Your first ten")
    assert page.locator(".nearest-name").all_inner_texts() == first


def test_other_levels_are_one_step_away(any_page: Page, address: str) -> None:
    any_page.goto(address)

    any_page.get_by_role("link", name="Show other levels too").click()

    expect(any_page.locator("#nearest-title")).to_have_text("Your first ten, if it were so")
    expect(any_page.get_by_label("Show other levels too")).to_be_checked()


def test_the_friction_is_found_on_the_guide(page: Page, address: str) -> None:
    page.goto(address + "?others=1")
    page.locator(".match-why").evaluate_all("all => all.forEach(part => part.open = true)")
    quote = page.locator(".reason-against q a").first
    said = quote.inner_text()

    quote.click()

    page.wait_for_url("**#con-*")
    item = page.locator(".cons li:target")
    expect(item).to_contain_text(said)
    expect(item).to_be_in_viewport()


def test_the_change_of_another_profession_is_told(any_page: Page, address: str) -> None:
    any_page.goto(address + "?others=1")
    before = any_page.locator(".change-told").inner_text()

    any_page.get_by_label("Profession", exact=True).select_option(index=2)
    show = any_page.locator("#change").get_by_role("button", name="Show")
    if show.is_visible():
        show.click()

    expect(any_page.locator(".change-told")).not_to_have_text(before)


def test_the_result_is_printed_on_three_sheets_at_most(page: Page, address: str) -> None:
    page.goto(address)

    paper = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= SHEETS
