import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.zones.models import Zone, ZoneAlias
from portal import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ébéniste", "ebeniste"),
        ("Œnologue", "oenologue"),
        ("Straße", "strasse"),
        ("L’été", "l'ete"),
    ],
)
def test_folding_takes_accents_case_and_ligatures_away(text, folded):
    assert words.fold(text) == folded


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    once = words.fold(text)

    assert words.fold(once) == once


def test_words_leave_out_what_french_elides():
    assert words.split("Directeur d’usine, chef de l'atelier") == [
        "directeur",
        "usine",
        "chef",
        "de",
        "atelier",
    ]


def test_an_over_long_query_keeps_its_beginning():
    query = words.query_words("mot " * 5_000)

    assert query == ["mot"] * words.MOST_WORDS


def test_names_sort_without_regard_to_accents_and_case():
    for name in ["Étudiant", "Zoo", "eau", "Ébéniste", "abbé", "Avocat"]:
        Zone.objects.create(name_fr=name, slug_fr=name.lower())

    names = Zone.objects.order_by("sort_key_fr").values_list("name_fr", flat=True)

    assert list(names) == ["abbé", "Avocat", "eau", "Ébéniste", "Étudiant", "Zoo"]


def test_a_missing_translation_sorts_by_its_french_text():
    Zone.objects.create(name_fr="Anvers", name_en="Port", slug_fr="a")
    Zone.objects.create(name_fr="Liège", slug_fr="b")

    names = Zone.objects.order_by("sort_key_en").values_list("name_fr", flat=True)

    assert list(names) == ["Liège", "Anvers"]


@pytest.mark.parametrize(
    "query", ["infirmière", "infirmiere", "INFIRMIER", "infirmières", "infirm"]
)
def test_a_word_is_found_in_any_gender_number_case_and_accent(query):
    Zone.objects.create(name_fr="Infirmier, infirmière", slug_fr="a")
    Zone.objects.create(name_fr="Boulanger", slug_fr="b")

    found = Zone.objects.matching(words.query_words(query))

    assert [zone.slug_fr for zone in found] == ["a"]


def test_every_word_must_be_there():
    Zone.objects.create(name_fr="Port d’Anvers", slug_fr="a")
    Zone.objects.create(name_fr="Port de Gand", slug_fr="b")

    found = Zone.objects.matching(words.query_words("port anvers"))

    assert [zone.slug_fr for zone in found] == ["a"]


def test_other_names_are_searched_too():
    zone = Zone.objects.create(name_fr="Sillon industriel wallon", slug_fr="a")
    ZoneAlias.objects.create(zone=zone, name="Axe Haine-Sambre-Meuse-Vesdre")

    assert Zone.objects.matching(["sambre"]).get() == zone


@pytest.mark.parametrize("hostile", ["' & !", "a:*b", "((", "\\", "|&!<->", "💥 💥", "%_"])
def test_operators_of_the_database_are_only_letters(hostile):
    zone = Zone.objects.create(name_fr="Port", slug_fr="port")
    query = words.query_words(hostile)

    found = list(Zone.objects.matching(query))

    # What holds no word at all narrows nothing.
    assert found == ([] if query else [zone])


def test_names_that_differ_by_case_dots_or_an_article_are_not_told():
    names = ["HELHA", "H.E.L.Ha", "La HELHa", "Haute École", "haute ecole", "Hainaut"]

    assert words.distinct_names(names, "HELHa") == ["Haute École", "Hainaut"]
