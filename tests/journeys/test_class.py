"""A teacher takes the quiz with a class; a pupil keeps, shows and erases a result."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from quiz.models import ClassGroup, QuizSession
from tests.accessibility import faults_in_both_schemes
from tests.journeys.test_every_page import wider_than_the_screen
from tests.pages import address
from tests.quiz.answered import finished

pytestmark = pytest.mark.usefixtures("bank")


def test_a_class_from_its_code_to_its_end(any_page: Page) -> None:
    page = any_page
    page.goto(address("quiz:class", "fr"))
    page.locator("main form button").click()
    expect(page.locator(".class-code")).to_be_visible()
    group = ClassGroup.objects.latest("pk")
    halves = page.locator(".class-code > span")
    expect(halves).to_have_text([group.code[:4], group.code[4:]])
    desk = page.url

    page.goto(page.locator("strong.share-address").inner_text())
    expect(page.locator("input[name=class_code]")).to_have_value(group.code)
    pupils = [finished(class_code=group.code).pk for _pupil in range(5)]
    page.goto(desk)
    expect(page.locator("#class-interests-title")).to_be_visible()

    page.locator("summary").last.click()
    page.locator("main form button").click()
    expect(page.locator(".site-messages")).to_be_visible()
    assert not ClassGroup.objects.filter(pk=group.pk).exists()
    left = QuizSession.objects.filter(pk__in=pupils, class_group=None).order_by("pk")
    assert list(left.values_list("pk", flat=True)) == pupils


def test_a_result_is_shown_by_its_link_and_erased(page: Page) -> None:
    session = finished()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse("quiz:result", args=[session.edit_token]))
    page.locator("[data-copy]").click()
    expect(page.locator("[data-share-status]")).not_to_be_empty()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith(reverse("quiz:result", args=[session.share_token]))

    page.locator(f"#keep a[href='{reverse('quiz:delete', args=[session.edit_token])}']").click()
    page.locator("main form button").click()
    expect(page.locator(".error-page h1")).to_be_visible()
    assert not QuizSession.objects.filter(pk=session.pk).exists()


def test_these_pages_are_accessible_and_fit_a_phone(site: str, browser: Browser) -> None:
    group, empty = [ClassGroup.objects.create(language="fr") for _class in range(2)]
    session = [finished(class_code=group.code) for _pupil in range(5)][0]
    addresses = [
        *[reverse("quiz:class_desk", args=[each.desk_token]) for each in [group, empty]],
        *[reverse(f"quiz:{name}", args=[session.edit_token]) for name in ["send", "delete"]],
        reverse("quiz:erased"),
    ]
    context = browser.new_context(base_url=site, locale="fr-BE")
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for url in addresses:
        page.goto(url)
        assert faults_in_both_schemes(page) == [], url
        assert wider_than_the_screen(page) == [], url
    context.close()
