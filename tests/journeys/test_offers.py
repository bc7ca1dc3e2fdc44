"""A visitor looks for an offer."""

import re

from playwright.sync_api import Page, expect


def count(page: Page) -> int:
    return int(re.sub(r"\D", "", page.inner_text("[data-result-count]")))


def test_what_and_where_lead_to_offers_and_back(any_page: Page) -> None:
    page = any_page
    page.goto("/offres/")
    everything = count(page)

    page.locator("#offer-where").fill("Seraing")
    page.locator(".offer-search button").click()

    expect(page).to_have_url(re.compile("where=Seraing"))
    assert 0 < count(page) < everything
    page.locator(".chip-removable").click()
    expect(page).to_have_url(re.compile(r"/offres/(\?.*)?$"))
    assert count(page) == everything
    page.go_back()
    assert count(page) < everything


def test_typed_filters_become_chips(any_page: Page) -> None:
    page = any_page
    page.goto("/offres/?q=CDI+Seraing")

    expect(page).to_have_url(re.compile("contract=permanent&where=Seraing"))
    assert page.locator(".chip-removable").count() == 2
    page.locator(".notice a").click()
    expect(page).to_have_url(re.compile("plain=1"))


def test_fields_suggest_and_filters_swap_the_list(page: Page) -> None:
    page.goto("/offres/")
    where = page.locator("#offer-where")
    where.press_sequentially("sera")
    expect(page.locator("#offer-where-list [role=option]").first).to_be_visible()
    where.press("ArrowDown")
    where.press("Enter")
    expect(where).to_have_value("Seraing")

    everything = count(page)
    page.locator("#facet-contract-permanent").check()
    expect(page).to_have_url(re.compile(r"\?(?!.*=(&|$)).*contract=permanent"))
    expect(page.locator("[data-result-count]")).not_to_have_text(str(everything))
    assert page.locator("#facet-contract-permanent").is_checked()


def test_the_map_and_its_table_lead_to_a_province(any_page: Page) -> None:
    page = any_page
    page.goto("/offres/?view=map")

    page.locator(".chart-data summary").click()
    page.locator(".chart-data a").first.click()

    expect(page).to_have_url(re.compile("view=map.*(province|where)="))
    assert count(page) > 0
