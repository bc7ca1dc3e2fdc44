"""The tags that pages are put together with."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from portal import numbers
from portal.charts import days, scale
from portal.query import query_page, query_without
from portal.templatetags import ui


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Tags say the words of the code, whatever is translated."""
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load charts ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "written"), [("fr", "4\u202f500\xa0€"), ("nl", "€\xa04.500"), ("en", "€4,500")]
)
def test_money_is_written_as_the_language_writes_it(language, written):
    with translation.override(language):
        assert numbers.money(4500) == written


@pytest.mark.parametrize(
    ("top", "ticks"),
    [(9500, [0, 2000, 4000, 6000, 8000, 10000]), (5, [0, 1, 2, 3, 4, 5])],
)
def test_ticks_are_round_and_reach_the_top(top, ticks):
    assert scale.ticks_to(top) == ticks


def test_pay_without_a_highest_amount_is_drawn_open():
    html = render(
        "{% salary_chart series title='Pay' id='pay' %}",
        series=[{"label": "", "bands": [{"label": "Senior", "low": 4200, "high": None}]}],
    )

    assert "from" in html
    assert 'class="open"' in html


def test_what_comes_on_top_of_pay_stands_below_the_chart_once():
    bands = [
        {"label": label, "low": 3000, "high": 4000, "text": text}
        for label, text in [("Junior", "Car"), ("Senior", "Car"), ("Expert", "")]
    ]

    html = render(
        "{% salary_chart series title='Pay' id='pay' %}", series=[{"label": "", "bands": bands}]
    )

    assert "<li><strong>Junior, Senior</strong> Car</li>" in html


@pytest.mark.parametrize("tag", ["salary_chart", "bar_chart", "day_clock"])
def test_chart_without_data_draws_nothing(tag):
    html = render("{% " + tag + " rows title='Nothing' id='nothing' %}", rows=[])

    assert not html.strip()


def test_night_shift_goes_on_past_midnight():
    spans = days._spans(
        [
            {"start": "21:45", "end": "01:30", "text": "first half"},
            {"start": "01:30", "end": "06:00", "text": "second half"},
        ]
    )

    assert [(start, end) for start, end, _text in spans] == [(1305, 1530), (1530, 1800)]


def test_map_links_the_areas_that_have_an_address():
    html = render(
        "{% belgium_map title='Schools' id='map' values=values %}",
        values=[{"code": "90000", "value": 12, "url": "/zones/namur/"}],
    )

    assert html.count('href="/zones/namur/"') == 2  # on the map and in its table
    assert html.count("<path") == 11


def test_map_says_what_a_dot_is_and_lists_those_with_a_value():
    places = [
        {"label": "Mons", "latitude": 50.4, "longitude": 3.9},
        {"label": "Namur", "latitude": 50.5, "longitude": 4.9, "value": 3},
    ]

    html = render(
        "{% belgium_map title='x' id='map' points=places point_label='a town' %}", places=places
    )

    assert "a town" in html.split("map-legend")[1]
    table = html.split("<tbody>")[1]
    assert "Mons" not in table
    assert "Namur" in table


def test_a_source_names_its_publisher_once():
    source = {"title": "Estimations de Jalon : pay", "publisher": "Jalon", "url": ""}

    html = render("{% include 'components/source_name.html' with source=given %}", given=source)

    assert html.strip() == "Estimations de Jalon\xa0: pay"


def test_radar_writes_coordinates_with_points_in_every_language():
    with translation.override("fr"):
        html = render(
            "{% radar values title='Interests' id='radar' %}", values=[1.5, 2, 3, 4, 5, 6.5]
        )

    assert 'cx="220.0"' in html
    assert "6,5" in html  # the value as people read it


def test_query_without_a_value_keeps_the_others_and_drops_the_page():
    query = QueryDict("sector=1&sector=2&page=3")

    assert query_without(query, "sector", 1) == "?sector=2"
    assert query_without(query, "sector") == "?"


def test_first_page_has_no_number():
    query = QueryDict("q=nurse&page=3")

    assert query_page(query, 1) == "?q=nurse"
    assert query_page(query, 2) == "?q=nurse&page=2"


def test_text_in_another_language_is_marked():
    with translation.override("en"):
        foreign = render("{% in_language 'fr' %}Soudeur{% endin_language %}")
        own = render("{% in_language 'en' %}Welder{% endin_language %}")

    assert '<span lang="fr">Soudeur</span>' in foreign
    assert "FR" in foreign
    assert own == "Welder"


def test_button_refuses_a_kind_that_does_not_exist():
    with pytest.raises(TemplateSyntaxError):
        render("{% button kind='loud' %}x{% endbutton %}")


def test_icon_is_hidden_unless_it_says_something():
    assert 'aria-hidden="true"' in ui.icon("search")
    assert 'role="img" aria-label="Search"' in ui.icon("search", label="Search")


def test_a_code_for_telephones_is_named_and_has_its_address_in_letters():
    html = render("{% qr_code url label %}", url="https://example.org/?a=1&b=2", label='"Open"')

    assert '<svg role="img" aria-label="&quot;Open&quot;" ' in html
    assert "<figcaption>https://example.org/?a=1&amp;b=2</figcaption>" in html
    assert "style" not in html


def test_a_code_for_telephones_holds_its_address_alone():
    codes = {render("{% qr_code url 'Open' text='Here' %}", url=url) for url in ["a:b", "a:c"]}

    assert len(codes) == 2
    assert all("<figcaption>Here</figcaption>" in code for code in codes)
