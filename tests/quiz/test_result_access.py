"""What a result page says to those who hear it."""

import pytest
from django.urls import reverse
from django.utils import translation
from justhtml import JustHTML

from portal import kept
from tests.quiz.answered import MAKING, finished
from tests.quiz.shipped import load_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

HTMX = {"HX-Request": "true", "HX-Target": "results"}


@pytest.fixture(autouse=True)
def bank():
    kept.forget()
    load_bank()
    with translation.override("en"):
        yield


def page(client, session, query="", headers=None):
    address = reverse("quiz:result", args=[session.edit_token])
    response = client.get(address + query, headers=headers)
    return JustHTML(response.content.decode(), sanitize=False), response.context["result"]


def text(element):
    return " ".join(element.to_text().split())


def test_what_an_interest_means_is_read_with_its_weight(client):
    html, _result = page(client, finished())

    for field in html.query(".what-if-weight"):
        (select,) = field.query("select")
        (said,) = field.query(f"#{select.attrs['aria-describedby']}")
        assert text(said)
    assert len(html.query(".what-if-weight")) == 6
    assert html.query(".what-if [title]") == []


def test_a_new_order_is_announced_where_nothing_is_swapped(client):
    session = finished()
    html, _result = page(client, session)
    (region,) = html.query("#ranked-again")
    assert region.attrs["role"] == "status"
    assert text(region) == ""
    assert html.query("#results [role=status]") == []

    part, result = page(client, session, "?social=0", HTMX)

    (said,) = part.query("#ranked-again")
    assert said.attrs["data-hx-swap-oob"] == "innerHTML"
    assert "Ranked again" in text(said)
    assert result.nearest[0].title in text(said)
    part, _result = page(client, session, "?where=Namur", HTMX)
    assert "counted again" in text(part.query("#ranked-again")[0])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_answers_of_another_language_are_marked(client, language):
    html, result = page(client, finished(MAKING, language=language))

    told = html.query(".change-told p")[-1]
    assert result.change.title in text(told)
    marked = [(span.attrs["lang"], text(span)) for span in told.query("span[lang]")]
    answers = [(language, result.change.after), (language, result.change.before)]
    assert marked == (answers if language == "fr" else [])
