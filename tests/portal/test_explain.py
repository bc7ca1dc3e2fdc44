import pytest
from django.utils import translation

from portal.explain import Explainer, Term
from portal.fields import Text


def french(text):
    return Text(text, "fr")


@pytest.fixture
def tell():
    terms = [
        Term(["MES"], french("Logiciel d’atelier."), "/glossaire/#mes", "Manufacturing Execution"),
        Term(["indicateur", "KPI"], french("Mesure."), "/glossaire/#kpi"),
        Term(["indicateur clé"], french("Mesure qui compte."), "/glossaire/#cle"),
        Term(["chef d'équipe"], french("Qui dirige."), "/glossaire/#chef"),
    ]
    with translation.override("fr"):
        yield Explainer(terms)


def explained(html):
    return html.count('class="term"')


def test_a_term_is_explained_at_its_first_occurrence_only(tell):
    first, second = tell(french("Le KPI, ce KPI")), tell(french("Un indicateur"))

    assert explained(first) == 1
    assert first.startswith('Le <span class="term-hold"><button class="term"')
    assert first.endswith("ce KPI")
    assert explained(second) == 0


@pytest.mark.parametrize(
    "text",
    [
        "indicateurs",
        "Indicateur",
        "l’indicateur",
        "l'indicateur.",
        "chef d’équipe",
        "Chef d'équipe",
    ],
)
def test_plurals_capitals_and_apostrophes_are_seen_through(tell, text):
    assert explained(tell(french(text))) == 1


@pytest.mark.parametrize(
    ("text", "lead", "tail"),
    [
        ("Le KPI, et", "", ","),
        ("Lu sur l’indicateur du jour", "l’", ""),
        ("Il dit « KPI » tout haut", "«\xa0", "\xa0»"),
        ("Tout (KPI).", "(", ")."),
    ],
)
def test_what_stands_against_a_term_stays_on_its_line(tell, text, lead, tail):
    html = tell(french(text.replace("« ", "«\xa0").replace(" »", "\xa0»")))

    assert f'<span class="term-hold">{lead}<button class="term"' in html
    assert f"</span>{tail}</span>" in html


@pytest.mark.parametrize(
    "text", ["mes", "Mes collègues", "indicateurement", "préindicateur", "KPIX"]
)
def test_other_words_are_left_alone(tell, text):
    assert tell(french(text)) == text


def test_the_longest_spelling_wins(tell):
    html = tell(french("Un indicateur clé"))

    assert "Mesure qui compte." in html
    assert explained(html) == 1


def test_an_acronym_says_what_it_stands_for(tell):
    assert "Manufacturing Execution. Logiciel d’atelier." in tell(french("Le MES"))


def test_markup_in_texts_and_terms_is_shown_not_run():
    hostile = "<script>alert(1)</script>"
    tell = Explainer([Term(["<b>"], french(hostile), "/x", hostile)])

    html = tell(french(f"un <b> {hostile} & co"))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&amp; co" in html


def test_a_text_in_another_language_says_so_and_is_remembered(tell):
    with translation.override("en"):
        html = tell.plain(french("Bonjour"))

    assert html == '<span lang="fr">Bonjour</span>'
    assert tell.languages == {"fr"}


def test_paragraphs_are_split_at_blank_lines(tell):
    assert tell.paragraphs(french("Un.\n\n \nDeux\ntrois.")) == "<p>Un.</p>\n<p>Deux\ntrois.</p>"


def test_without_terms_a_text_is_only_escaped():
    assert Explainer([])(french("a < b")) == "a &lt; b"


# HTML


def test_html_is_explained_once_where_a_term_first_stands(tell):
    assert explained(tell.html("<p>Un KPI, puis un autre KPI.</p><p>KPI</p>")) == 1


@pytest.mark.parametrize("tag", ["a", "h2", "h3", "code", "pre"])
def test_titles_links_and_code_are_left_alone(tell, tag):
    assert tell.html(f"<{tag}>KPI</{tag}>") == f"<{tag}>KPI</{tag}>"


def test_the_text_after_a_link_is_explained_again(tell):
    assert explained(tell.html('<p><a href="/x">KPI <b>a</b></a> et KPI</p>')) == 1


def test_attributes_are_left_alone(tell):
    html = '<a href="https://kpi.example" title="KPI">x</a>'

    assert tell.html(html) == html


@pytest.mark.parametrize("text", ["dKPI", "KPIX", "kpis2", "sans mot"])
def test_parts_of_words_in_html_are_not_terms(tell, text):
    assert tell.html(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_escaped_html_stays_escaped(tell):
    assert "&lt;script&gt;" in tell.html("<p>&lt;script&gt; KPI</p>")
