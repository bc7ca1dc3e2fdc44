import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from portal.markdown import Heading, render, render_part


def test_headings_get_an_address_and_none_is_an_h1():
    html, headings = render("# Le métier\n\n## Été & hiver\n\ntexte")

    assert headings == [
        Heading("section-le-metier", "Le métier", 2),
        Heading("section-ete-hiver", "Été & hiver", 2),
    ]
    assert '<h2 id="section-le-metier">Le métier</h2>' in html
    assert "<h1" not in html


def test_equal_headings_get_different_addresses():
    headings = render("## Salaire\n\n## Salaire\n\n## Salaire 2")[1]

    assert len({heading.id for heading in headings}) == 3


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<img src=x onerror="alert(1)">',
        '[x](https://example.org "a\\" onclick=\\"alert(1)")',
        "<a href='javascript:alert(1)'>x</a>",
    ],
)
def test_nothing_that_runs_gets_through(attack):
    root = JustHTML(render(attack)[0], fragment=True, sanitize=False).root

    assert not root.query("script, img, iframe")
    for link in root.query("a"):
        assert link.attrs["href"].startswith("https://")
        assert not any(name.startswith("on") for name in link.attrs)


@given(st.text(max_size=300))
def test_any_text_becomes_html_with_unique_ids(text):
    html, headings = render(text)

    assert "<script" not in html
    assert len({heading.id for heading in headings}) == len(headings)


def test_a_part_of_a_page_has_headings_below_those_of_the_page_and_no_addresses():
    html = render_part("# Vos tâches\n\n#### Le matin\n\n- <script>alert(1)</script>")

    assert "<h3>Vos tâches</h3>" in html
    assert "<h3>Le matin</h3>" in html
    assert "<script" not in html
    assert "id=" not in html
