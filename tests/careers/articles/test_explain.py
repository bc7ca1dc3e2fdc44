import pytest

from careers.articles.explain import mark
from careers.professions.explain import Explainer, Term
from portal.fields import Text

TERMS = [
    Term(["ERP", "progiciel"], Text("Un logiciel <unique>.", "fr"), "/glossaire/#erp"),
    Term(["indicateur"], Text("Un nombre.", "fr"), "/glossaire/#indicateur"),
    Term(["indicateur clé"], Text("Un nombre choisi.", "fr"), "/glossaire/#cle"),
]


def marked(html: str) -> str:
    return mark(html, Explainer(TERMS))


def test_a_term_is_explained_once_where_it_first_stands():
    html = marked("<p>Un ERP, puis un autre ERP.</p>")

    assert html.count('<button class="term"') == 1
    assert "Un logiciel &lt;unique&gt;." in html


@pytest.mark.parametrize("tag", ["a", "h2", "h3", "code", "pre"])
def test_titles_links_and_code_are_left_alone(tag):
    assert marked(f"<{tag}>ERP</{tag}>") == f"<{tag}>ERP</{tag}>"


def test_the_text_after_a_link_is_explained_again():
    assert 'class="term"' in marked('<p><a href="/x">ERP <b>a</b></a> et ERP</p>')


def test_attributes_are_left_alone():
    assert marked('<a href="https://erp.example" title="ERP">x</a>').count("term") == 0


def test_the_longest_term_wins():
    html = marked("<p>un indicateur clé</p>")

    assert "Un nombre choisi." in html
    assert "Un nombre." not in html


@pytest.mark.parametrize("text", ["derp", "ERPX", "erp", "sans mot"])
def test_parts_of_words_are_not_terms(text):
    assert marked(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_escaped_text_stays_escaped():
    assert "&lt;script&gt;" in marked("<p>&lt;script&gt; ERP</p>")
