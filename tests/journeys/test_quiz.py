"""A visitor takes the quiz: by keyboard, by touch, without JavaScript."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.fields import LANGUAGE_CODES
from quiz.models import Item, QuizSession
from tests.accessibility import faults_in_both_schemes
from tests.journeys.conftest import TOO_SOON, watch
from tests.journeys.test_every_page import wider_than_the_screen
from tests.quiz.answered import finished

pytestmark = pytest.mark.usefixtures("bank")


@pytest.fixture
def plain_page(site: str, new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    page = new_context(base_url=site, java_script_enabled=False).new_page()
    faults = watch(page)
    yield page
    assert faults == []


def begin(page: Page) -> None:
    page.goto("/quiz/")
    page.locator(".quiz-setup button[type=submit]").first.click()
    expect(page.locator("#question")).to_be_visible()


def begin_with_keys(page: Page) -> None:
    """Begin, and wait until the page listens to keys."""
    begin(page)
    expect(page.locator("[data-keys]")).not_to_have_attribute("hidden", "")
    page.wait_for_timeout(TOO_SOON)


def expect_answered(page: Page, count: int) -> None:
    expect(page.locator("#question progress")).to_have_attribute("value", str(count))


def last_session() -> QuizSession:
    return QuizSession.objects.latest("pk")


def test_twenty_questions_are_answered_by_keyboard(page: Page) -> None:
    begin_with_keys(page)
    for number in range(20):
        expect_answered(page, number)
        expect(page.locator("#question-title")).to_be_focused()
        page.wait_for_timeout(TOO_SOON)
        page.keyboard.press(str(number % 5 + 1))

    expect(page.locator("#question")).to_have_count(0)
    session = last_session()
    assert session.is_finished
    assert session.answers.filter(value__isnull=False, milliseconds__gte=300).count() == 20


def test_twenty_questions_are_answered_without_javascript(plain_page: Page) -> None:
    page = plain_page
    begin(page)
    for number in range(20):
        expect_answered(page, number)
        page.locator(".quiz-answer").nth(number % 5).click()

    expect(page.locator("#question")).to_have_count(0)
    assert last_session().is_finished


def test_a_person_goes_back_changes_and_skips(any_page: Page) -> None:
    page = any_page
    begin(page)
    first = page.locator("h1").inner_text()
    page.wait_for_timeout(TOO_SOON)
    page.locator(".quiz-answer").nth(1).click()
    expect_answered(page, 1)

    page.locator(".quiz-ways a").first.click()
    expect(page.locator("h1")).to_have_text(first)
    expect(page.locator(".quiz-answer.is-given")).to_contain_text("2")
    page.wait_for_timeout(TOO_SOON)
    page.locator(".quiz-answer").nth(4).click()
    expect(page.locator("h1")).not_to_have_text(first)
    expect_answered(page, 1)
    page.wait_for_timeout(TOO_SOON)
    page.locator(".quiz-ways button").click()
    expect_answered(page, 2)

    values = last_session().answers.order_by("order").values_list("value", flat=True)
    assert list(values) == [5, None]


def test_keys_and_taps_that_were_not_meant_answer_nothing(page: Page) -> None:
    begin_with_keys(page)
    elsewhere = page.locator("footer a").first
    elsewhere.focus()
    expect(elsewhere).to_be_focused()
    page.keyboard.press("3")
    page.locator("#question-title").focus()
    expect(page.locator("#question-title")).to_be_focused()
    page.keyboard.press("Control+3")
    page.keyboard.press("7")
    page.wait_for_timeout(TOO_SOON)
    expect_answered(page, 0)
    assert not last_session().answers.exists()

    # Twice at once, and again as soon as the next question stands there.
    page.evaluate("""() => {
        const tap = () => document.querySelectorAll(".quiz-answer")[2].click();
        document.addEventListener("htmx:afterSettle", tap, { once: true });
        tap();
        tap();
    }""")
    expect_answered(page, 1)
    page.wait_for_timeout(TOO_SOON)

    assert last_session().answers.count() == 1


def test_the_digits_of_a_belgian_keyboard_answer_without_shift(page: Page) -> None:
    begin_with_keys(page)
    page.locator("#question-title").dispatch_event(
        "keydown", {"key": "é", "code": "Digit2", "bubbles": True}
    )

    expect_answered(page, 1)
    assert last_session().answers.get().value == 2


def test_an_answer_that_does_not_arrive_is_said_and_sent_again(
    site: str, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(base_url=site)
    page = context.new_page()
    begin_with_keys(page)
    context.set_offline(True)
    page.keyboard.press("4")
    expect(page.locator("[data-lost]")).to_be_visible()

    context.set_offline(False)
    page.keyboard.press("4")

    expect_answered(page, 1)
    expect(page.locator("[data-lost]")).to_be_hidden()


def test_the_quiz_has_no_accessibility_fault(
    site: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(base_url=site).new_page()
    begin_with_keys(page)
    page.keyboard.press("4")
    expect_answered(page, 1)
    assert faults_in_both_schemes(page) == []
    page.goto(f"{page.url}?question=1")
    assert faults_in_both_schemes(page) == []

    page.locator(".quiz-later .cluster a").first.click()
    assert faults_in_both_schemes(page) == []
    page.locator(".quiz-form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults_in_both_schemes(page) == []

    page.goto("/quiz/not-a-link/")
    assert faults_in_both_schemes(page) == []


def test_a_browser_keeps_no_copy_of_a_result(page: Page) -> None:
    session = finished()
    page.goto(f"/quiz/resultat/{session.edit_token}/")
    page.locator("#what-if select[name=level]").select_option("bachelor")
    expect(page).to_have_url(re.compile("level=bachelor"))

    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()
    expect(page).to_have_url(re.compile("/$"))
    expect(page.locator("#what-if select[name=level]")).to_have_value("any")
    assert page.evaluate("sessionStorage.length") == 0


def test_the_quiz_fits_a_phone_and_its_answers_a_thumb(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    begin(page)
    assert wider_than_the_screen(page) == []
    heights = [answer.bounding_box()["height"] for answer in page.locator(".quiz-answer").all()]
    assert min(heights) >= 44

    page.locator(".quiz-later .cluster a").first.click()
    expect(page).to_have_url(re.compile("one|une"))
    assert wider_than_the_screen(page) == []


MEASURE = """texts => {
    const title = document.getElementById("question-title");
    const answers = document.querySelector(".quiz-answers");
    return [...new Set(texts.map((text) => {
        title.textContent = text;
        return Math.round(answers.getBoundingClientRect().top);
    }))];
}"""


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_answers_stay_in_their_place_whatever_is_asked(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    begin(page)
    columns = [f"text_{code}" for code in LANGUAGE_CODES]
    texts = [text for row in Item.objects.values_list(*columns) for text in row]

    assert len(page.evaluate(MEASURE, texts)) == 1
