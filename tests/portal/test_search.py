import pytest
from django.http import QueryDict
from django.utils import translation

from careers.articles.models import Article, GlossaryTerm
from careers.professions.models import Profession
from careers.schools.models import Programme, School
from careers.zones.models import Zone
from portal import kept, results
from portal.search import proposals, search
from portal.words import query_words
from tests.careers.articles.factories import ArticleFactory, GlossaryTermFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import MunicipalityFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue():
    """A small site with one or two pages of each kind."""
    kept.forget()
    director = ProfessionFactory(
        name_masculine_fr="directeur des opérations industrielles",
        name_feminine_fr="directrice des opérations industrielles",
        name_short_fr="direction des opérations",
        slug_fr="directeur-operations",
    )
    director.other_names.create(text="COO", kind="acronym")
    director.other_names.create(text="directeur d’usine / directrice d’usine", kind="title")
    director.other_names.create(text="plant boss", language="en", is_hidden=True)
    ProfessionFactory(
        name_masculine_fr="boulanger",
        name_feminine_fr="boulangère",
        name_short_fr="boulangerie",
        name_masculine_nl="bakker",
        name_feminine_nl="bakker",
        slug_fr="boulanger",
    )
    ProfessionFactory(
        name_masculine_fr="comptable",
        name_feminine_fr="comptable",
        name_short_fr="comptabilité",
        slug_fr="comptable",
    )
    ProfessionFactory(
        name_masculine_fr="secret",
        name_feminine_fr="secrète",
        name_short_fr="secret",
        slug_fr="secret",
        is_listed=False,
    )
    a_school_in_its_town()
    ArticleFactory(
        title_fr="Diriger les opérations",
        slug_fr="diriger",
        summary_fr="Une usine et ses boulangers.",
    )
    ArticleFactory(title_fr="Brouillon sur les usines", slug_fr="brouillon", draft=True)
    GlossaryTermFactory(term_fr="TRS", expansion_fr="Taux de rendement synthétique", aliases="OEE")


def a_school_in_its_town() -> None:
    school = SchoolFactory(name="Haute École de la Ville", short_name="HEV", slug_fr="hev")
    school.aliases.create(name="Institut Meurice")
    programme = ProgrammeFactory(
        name_fr="Bachelier en comptabilité", slug_fr="bac-compta", school=school
    )
    town = MunicipalityFactory(name_fr="Liège", name_nl="Luik")
    programme.campuses.add(CampusFactory(school=school, municipality=town))
    town.postal_codes.create(code="4000")
    zone = ZoneFactory(name_fr="Bassin mosan", slug_fr="bassin-mosan", industries_fr="Métallurgie")
    zone.municipalities.add(town)


def titles(text: str, **options: bool) -> list[str]:
    return [found.entry.title for found in search(text, **options).found]


DIRECTOR = "Directeur des opérations industrielles\xa0/ Directrice des opérations industrielles"
BAKER = "Boulanger\xa0/ Boulangère"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("boulanger", BAKER),
        ("BOULANGÈRE", BAKER),
        ("boulangere", BAKER),
        ("boulangères", BAKER),
        ("bakker", BAKER),
        ("boulan", BAKER),
        ("boulnager", BAKER),
        ("coo", DIRECTOR),
        ("directrice opérations", DIRECTOR),
        ("opérations directeur", DIRECTOR),
        ("directeur d'usine", DIRECTOR),
        ("directeur d’usine", DIRECTOR),
        ("plant boss", DIRECTOR),
        ("compable", "Comptable"),
        ("HEV", "Haute École de la Ville"),
        ("meurice", "Haute École de la Ville"),
        ("bachelier comptabilite", "Bachelier en comptabilité"),
        ("bassin mosan", "Bassin mosan"),
        ("liege", "Bassin mosan"),
        ("Luik", "Bassin mosan"),
        ("4000", "Bassin mosan"),
        ("metallurgie", "Bassin mosan"),
        ("diriger les operations", "Diriger les opérations"),
        ("trs", "TRS"),
        ("oee", "TRS"),
        ("taux rendement", "TRS"),
    ],
)
def test_the_best_answer_comes_first(text, title):
    assert titles(text)[0] == title


@pytest.mark.parametrize("text", ["secret", "brouillon"])
def test_what_the_public_may_not_see_is_not_found(text):
    assert titles(text, exact=True) == []


def test_names_come_before_texts():
    assert titles("boulanger") == [BAKER, "Diriger les opérations"]


def test_a_name_that_is_the_query_comes_before_one_that_begins_with_it():
    ProfessionFactory(
        name_masculine_fr="aide-boulanger", name_feminine_fr="aide-boulangère", slug_fr="aide"
    )
    ProfessionFactory(
        name_masculine_fr="boulanger artisanal",
        name_feminine_fr="boulangère artisanale",
        slug_fr="artisanal",
    )

    assert titles("boulanger")[:3] == [
        BAKER,
        "Boulanger artisanal\xa0/ Boulangère artisanale",
        "Aide-boulanger\xa0/ Aide-boulangère",
    ]


def test_a_name_that_is_the_query_comes_first_whatever_its_place_in_the_alphabet():
    ProfessionFactory(
        name_masculine_fr="artisan boulanger",
        name_feminine_fr="boulangère artisane",
        slug_fr="artisan",
    )

    assert titles("boulangère")[0] == BAKER


def test_a_page_found_by_another_name_says_which():
    notes = {text: str(search(text).found[0].note) for text in ["bakker", "coo", "liege", "plant"]}

    assert '<span lang="nl">bakker</span>' in notes["bakker"]
    assert "COO" in notes["coo"]
    assert "Liège" in notes["liege"]
    assert notes["plant"] == ""


def test_a_repaired_query_says_so_and_can_be_kept_as_typed():
    assert search("compable").words == ("comptable",)
    assert search("compable").is_repaired
    assert search("compable", exact=True).total == 0
    assert not search("comptable").is_repaired


def test_a_search_that_finds_nothing_proposes_others_with_their_counts():
    found = {(proposal.text, proposal.count) for proposal in proposals(["boulanger", "4000"])}

    assert found == {("boulanger", 2), ("4000", 3)}


def test_a_change_of_the_content_is_found_at_once():
    assert titles("ferronnier", exact=True) == []

    ProfessionFactory(name_masculine_fr="ferronnier", name_feminine_fr="ferronnière", slug_fr="f")

    assert titles("ferronnier") == ["Ferronnier\xa0/ Ferronnière"]


@pytest.mark.parametrize(
    "text",
    ["boulanger", "boulangères", "directeur usine", "usine directrice", "compta", "les",
     "opération", "meurice", "ville ecole", "metallurgie", "luik", "taux",
     "boulanger usine", "industriel", "4000", "comptabilite liege", "bachelier meurice",
     "haute ecole luik", "meurice hev"],
)  # fmt: skip
def test_search_finds_what_the_lists_find(text):
    query = query_words(text)
    expected = {
        "professions": Profession.objects.listed().matching(query),
        "programmes": Programme.objects.matching(query),
        "schools": School.objects.matching(query),
        "zones": Zone.objects.matching(query),
        "articles": Article.objects.published().matching(query),
        "glossary": GlossaryTerm.objects.matching(query),
    }

    found = search(text, exact=True).by_kind

    for kind, rows in expected.items():
        assert {f.entry.pk for f in found.get(kind, [])} == {row.pk for row in rows}, kind


@pytest.mark.parametrize("text", ["liege", "Luik", "4000", "4000 Liège", "hev luik"])
def test_a_place_finds_the_schools_and_programmes_there(text):
    found = search(text).by_kind

    assert [f.entry.title for f in found["schools"]] == ["Haute École de la Ville"]
    assert [f.entry.title for f in found["programmes"]] == ["Bachelier en comptabilité"]


@pytest.mark.parametrize("text", ["bachelier liège", "comptabilité luik", "compta meurice 4000"])
def test_a_programme_is_found_by_its_words_with_those_of_its_school_and_place(text):
    assert titles(text)[0] == "Bachelier en comptabilité"


def test_a_programme_without_known_site_is_found_where_its_school_is():
    school = School.objects.get(slug_fr="hev")
    programme = ProgrammeFactory(name_fr="Bachelier infirmier", school=school)

    assert titles("infirmier liège") == ["Bachelier infirmier"]
    assert list(Programme.objects.matching(["infirmier", "liege"])) == [programme]


def test_a_place_outside_all_zones_is_not_repaired():
    campus = CampusFactory(municipality=MunicipalityFactory(name_fr="Comptaple"))

    assert titles("comptaple") == [campus.school.name]


def test_an_acronym_does_not_find_the_words_that_begin_with_it():
    for name in ["coordinateur", "cook"]:
        ProfessionFactory(name_masculine_fr=name, name_feminine_fr=name, slug_fr=name)

    assert titles("COO") == [DIRECTOR]
    assert len(titles("coor")) == len(titles("cook")) == 1
    assert len(titles("co")) > 3


def test_whole_words_come_before_beginnings():
    for name in ["art-thérapeute", "artisan", "conseiller en art"]:
        ProfessionFactory(name_masculine_fr=name, name_feminine_fr=name)

    assert titles("art") == ["Art-thérapeute", "Conseiller en art", "Artisan"]


@pytest.mark.parametrize("text", ["opératrices", "operateurs", "opératrices industrielles"])
def test_a_form_of_a_word_comes_before_another_word_of_its_stem(text):
    ProfessionFactory(
        name_masculine_fr="opérateur industriel",
        name_feminine_fr="opératrice industrielle",
        slug_fr="operateur",
    )

    assert titles(text)[:2] == ["Opérateur industriel\xa0/ Opératrice industrielle", DIRECTOR]


def test_titles_are_shown_in_the_language_of_the_page():
    Profession.objects.filter(slug_fr="boulanger").update(
        name_masculine_en="baker", name_feminine_en="baker"
    )

    with translation.override("en"):
        assert titles("boulanger")[0] == "Baker"


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 5000, "1000000000"])
def test_any_page_number_leads_to_a_page(page):
    asked = results.Asked.of(QueryDict(f"q=boulanger&kind=professions&page={page}"))

    assert results.contents(asked, 0)["page"].number == 1
