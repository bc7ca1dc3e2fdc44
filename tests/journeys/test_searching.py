"""A visitor searches and narrows, by mouse, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.pages import address

HUB = "professions:list"


def names(page: Page) -> list[str]:
    return page.locator("#results .row-title a").all_inner_texts()


def test_the_hub_is_narrowed_widened_sorted_and_paged(any_page, request):
    page = any_page
    scripted = "without" not in request.node.callspec.id
    page.goto(address(HUB, "fr"))
    everything = page.locator("[data-result-count]").inner_text()

    page.locator("#facet-sector-industrie-et-technique").check()
    if not scripted:
        page.locator("#filters [type=submit]").click()
    page.wait_for_url("**sector=industrie-et-technique*")
    expect(page.locator("[data-result-count]")).not_to_have_text(everything)
    narrowed = names(page)
    assert 0 < len(narrowed) < 24

    page.locator("#sort-select").select_option("level")
    if not scripted:
        page.locator("#filters [type=submit]").click()
    page.wait_for_url("**sort=level*")
    expect(page.locator("#results .row-title a")).not_to_have_text(narrowed)
    assert sorted(names(page)) == sorted(narrowed)

    page.locator(".active-filters .chip").first.click()
    expect(page.locator("[data-result-count]")).to_have_text(everything)
    assert "sector=" not in page.url

    first = names(page)
    page.locator(".pagination [rel=next]").click()
    page.wait_for_url("**page=2*")
    assert not set(first) & set(names(page))

    page.go_back()
    expect(page.locator("#results .row-title a").first).to_have_text(first[0])
    page.go_back()
    expect(page.locator("#results .row-title a")).to_have_count(len(narrowed))


def test_the_filters_open_on_a_phone(any_page):
    page = any_page
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address(HUB, "fr"))

    page.locator(".filter-open").click()
    page.locator("#facet-sector-sante").check()
    page.locator("#filters [type=submit]").click()

    page.wait_for_url("**sector=sante*")
    expect(page.locator("#results .row-title a").first).to_be_visible()


def test_criteria_combine(any_page):
    page = any_page
    page.goto(f"{address('criteria:list', 'fr')}?all=travail-en-equipe")
    before = page.locator("[data-result-count]").inner_text()

    page.goto(f"{address('criteria:list', 'fr')}?all=travail-en-equipe&without=bruit")

    assert page.locator("[data-result-count]").inner_text() != before


def test_a_typing_error_is_forgiven(any_page):
    any_page.goto(address("portal:search", "fr"))

    any_page.locator("#page-what").fill("chapentier")
    any_page.locator("#page-what").press("Enter")

    expect(any_page.locator("main .row-title").first).to_contain_text("harpentier")


def test_the_box_suggests_and_is_driven_by_the_keyboard(page):
    page.goto("/")
    box = page.locator("#home-what")
    options = page.locator("#home-what-list [role=option]")

    box.press_sequentially("coo")
    expect(options.first).to_be_visible()
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == "home-what-list"

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")

    box.press("Escape")
    expect(options.first).to_be_hidden()
    assert box.input_value() == "coo"
    assert box.get_attribute("aria-expanded") == "false"

    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/metiers/**")
    expect(page.locator("h1")).to_contain_text("opérations industrielles")


def test_words_without_a_suggestion_are_searched(page):
    page.goto("/")

    page.locator("#home-what").press_sequentially("zzyzx")
    page.locator("#home-what").press("Enter")

    page.wait_for_url("**q=zzyzx*")
    expect(page.locator("h1")).to_be_visible()


def focused(page: Page) -> str:
    return page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")


def test_the_keyboard_alone_reaches_the_content_and_shows_where_it_is(page):
    page.goto("/")

    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('main')"), focused(page)


UNSEEN = """() => {
    const at = document.activeElement;
    if (at === document.body) return "";  // past the last stop
    const box = at.getBoundingClientRect();
    const outlined = (style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px";
    const marked = outlined(getComputedStyle(at)) || outlined(getComputedStyle(at, "::after"))
        || [...at.querySelectorAll("path, circle")]
            .some((part) => parseFloat(getComputedStyle(part).strokeWidth) >= 5);
    const y = box.y + Math.min(box.height, 20) / 2;
    const top = document.elementFromPoint(box.x + box.width / 2, y);
    const covered = top?.closest(".toc, .site-header, .filter-submit") && !top.contains(at);
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return inside && marked && (!covered || at.closest(".toc, .site-header, .filter-submit"))
        ? "" : at.outerHTML.slice(0, 200);
}"""


@pytest.mark.parametrize("name", ["schools:detail", "zones:detail", HUB])
def test_each_stop_of_the_keyboard_is_marked_and_uncovered(page, name):
    page.goto(address(name, "fr"))

    for _stop in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == ""
