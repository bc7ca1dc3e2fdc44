"""A visitor reads: from the home page to a guide, and from there to all that it leads to."""

import re

import pytest
from playwright.sync_api import Page, expect

from careers.professions import blocks
from tests.pages import address

GUIDE = "professions:detail"
PRINTED_PAGES = 6
BLOCKS = {name for name, *_rest in blocks.BLOCKS}


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_an_acronym_leads_from_the_home_page_to_a_guide_with_every_block(any_page):
    page = any_page
    page.goto("/")

    page.locator("#home-what").fill("COO")
    page.locator("main [role=search] button[type=submit]").click()
    page.locator("main .row-title a").first.click()

    assert "directrice des opérations industrielles" in heading(page).lower()
    titles = page.locator(".article > section > h2")
    shown = set(page.locator(".article > section").evaluate_all("all => all.map(one => one.id)"))
    assert shown == BLOCKS
    for number in range(titles.count()):
        assert titles.nth(number).inner_text().strip()


def test_a_criterion_of_a_guide_leads_to_other_professions(any_page):
    page = any_page
    page.goto(address(GUIDE, "fr"))
    guide = page.url

    page.locator("#criteria .chip").first.click()
    page.locator("main .row-title a").filter(has_not_text="opérations industrielles").first.click()

    assert page.url != guide
    assert "/metiers/" in page.url
    expect(page.locator("h1")).to_be_visible()


def test_a_guide_leads_to_a_school_its_programme_and_back(any_page):
    page = any_page
    page.goto(address(GUIDE, "fr"))
    guide = page.url

    page.locator("#training a[href*='/ecoles/']").first.click()
    school = page.url
    page.locator("#programmes a").first.click()
    assert "/formations/" in page.url
    page.locator("main a[href*='/metiers/']").first.click()
    assert "/metiers/" in page.url
    for _step in range(2):
        page.go_back()
    assert page.url == school
    page.go_back()
    assert page.url == guide


def test_a_guide_leads_to_a_zone_and_its_places(any_page):
    page = any_page
    page.goto(address(GUIDE, "fr"))

    name = page.locator("#zones a").first.inner_text()
    page.locator("#zones a").first.click()

    assert heading(page) == name
    expect(page.locator("main svg").first).to_be_visible()


def test_two_professions_are_compared_from_the_address(any_page):
    page = any_page
    page.goto(address("professions:compare", "fr"))

    for title in [
        "responsable de production",
        "Directeur / Directrice des opérations industrielles",
    ]:
        page.locator("#compare-add").fill(title)
        page.locator("#compare-add").press("Enter")

    expect(page.locator("main table").first).to_be_visible()
    assert "responsable-de-production" in page.url
    page.reload()
    assert page.locator("main thead th[scope=col] a").count() >= 2


def test_a_guide_is_read_on_a_phone_by_its_table_of_contents(any_page):
    page = any_page
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address(GUIDE, "fr"))

    page.locator(".toc summary").click()
    page.locator(".toc-fold a[href='#salary']").click()

    expect(page.locator("#salary-title")).to_be_in_viewport()


def test_a_question_of_a_guide_opens(any_page):
    page = any_page
    page.goto(address(GUIDE, "fr"))
    question = page.locator("#faq details").first

    question.locator("summary").click()

    assert question.evaluate("details => details.open")
    expect(question.locator("p").first).to_be_visible()


def test_a_guide_prints_on_few_pages(page):
    page.goto(address(GUIDE, "fr"))
    page.emulate_media(media="print")

    paper = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= PRINTED_PAGES
    expect(page.locator("#faq details p").last).to_be_visible()
    expect(page.locator("#similar")).to_be_hidden()


@pytest.mark.parametrize("name", ["professions:detail", "schools:detail", "criteria:list"])
def test_the_language_changes_and_the_page_stays(any_page, name):
    page = any_page
    page.goto(address(name, "fr"))
    french = page.url

    page.locator(".languages a[lang=en]").click()
    assert page.url.endswith(address(name, "en"))
    assert page.locator("html").get_attribute("lang") == "en"

    page.locator(".languages a[lang=fr]").click()
    assert page.url == french


def test_the_theme_changes_and_stays(page):
    page.emulate_media(color_scheme="light")
    page.goto("/")
    body = page.locator("body")
    light = body.evaluate("body => getComputedStyle(body).backgroundColor")

    page.locator("[data-theme-toggle]").click()
    dark = body.evaluate("body => getComputedStyle(body).backgroundColor")
    assert dark != light

    page.goto(address(GUIDE, "fr"))
    assert body.evaluate("body => getComputedStyle(body).backgroundColor") == dark

    page.locator("[data-theme-toggle]").click()
    assert body.evaluate("body => getComputedStyle(body).backgroundColor") == light
