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
    page.locator(".what-where button").click()

    expect(page).to_have_url(re.compile("where=Seraing"))
    assert 0 < count(page) < everything
    page.locator(".chip-removable").click()
    expect(page).not_to_have_url(re.compile("where="))
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


def test_a_search_near_a_place_leads_all_the_way(any_page: Page) -> None:
    page = any_page
    page.set_viewport_size({"width": 360, "height": 740})

    def fits() -> bool:
        return page.locator("html").bounding_box()["width"] <= 360

    # What and where; nothing in the town itself, but nearby.
    page.goto("/")
    page.locator("#home-what").fill("production")
    page.locator("#home-where").fill("4000")
    # The button of a phone's narrow form may lie under the suggestions by now: its "Go" key sends.
    page.locator("#home-where").press("Enter")
    expect(page).to_have_url(re.compile("where=4000"))
    page.goto("/offres/?q=production&where=4000")
    assert count(page) == 0
    page.locator(".empty a[href*='radius=']").first.click()
    expect(page).to_have_url(re.compile("radius="))
    page.goto(f"{page.url}&contract=permanent&pay=3000")
    assert count(page) == 1
    page.locator(".tabs a").last.click()
    expect(page).to_have_url(re.compile("view=map"))
    assert count(page) == 1
    assert fits()

    # The offer, kept for later; those like it; its employer.
    page.locator(".offer .row-title a").first.click()
    expect(page.locator("h1")).to_contain_text("Responsable de production")
    assert fits()
    offer = page.url
    page.locator("main button[name=do][value=add]").first.click()
    expect(page.locator("main button.is-kept").first).to_be_visible()
    expect(page.locator("#similar")).to_be_visible()
    page.locator(".kicker a").first.click()
    expect(page.locator("h1")).to_contain_text("Ateliers Plumevigne")
    assert fits()

    # The shortlist, the guide of the profession, a zone of it.
    page.goto("/selection/")
    expect(page.locator("main")).to_contain_text("Responsable de production")
    page.goto(offer)
    page.locator("#profession .row-title a").click()
    expect(page.locator("#offers")).to_contain_text("Ateliers Plumevigne")
    page.locator("#zones a").first.click()
    expect(page.locator("#offers .row").first).to_be_visible()
    assert fits()
