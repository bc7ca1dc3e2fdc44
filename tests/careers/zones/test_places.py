"""What a visitor types as "where", over all the places that ship."""

from math import dist

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from careers.zones import gazetteer, sphere
from careers.zones.models import Municipality, Zone
from careers.zones.places import (
    RADII,
    PlaceKind,
    clean_radius,
    distances,
    find_place,
    get_place,
    places_like,
    within,
)
from portal.fields import LANGUAGE_CODES
from portal.models import ContentVersion
from tests.careers.zones.belgium import make_belgium

pytestmark = pytest.mark.django_db

same_belgium = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def version():
    """All of Belgium and two zones; what is kept is of this version of the content."""
    make_belgium()
    towns = Municipality.objects.filter(nis_code__in=["62063", "62096", "92094"])
    meuse = Zone.objects.create(name_fr="Axe mosan", name_nl="Maasas", slug_fr="axe-mosan")
    meuse.municipalities.set(towns)
    meuse.aliases.create(name="Sillon Sambre-et-Meuse")
    hainaut = Zone.objects.create(name_fr="Province de Hainaut", slug_fr="hainaut")
    hainaut.municipalities.set(Municipality.objects.filter(province__code="50000"))
    return ContentVersion.current()


def found(text, version):
    place = find_place(text, version)
    return (str(place.kind), place.key) if place else None


LIEGE = ("municipality", "62063")
BRUSSELS = ("region", "04000")


WRITTEN = [
    (["Liège", "Liege", "LIÈGE ", "Luik", "Lüttich", "62063", "Liège, Belgique"], LIEGE),
    (["4000", "4000 Liège", "Liège 4000", "B-4000 Luik", "BE 4000"], ("postcode", "4000")),
    (["9999 Liège"], LIEGE),
    (["Bruxelles", "Brussel", "Brüssel", "Brussels", "Bruxelles-Capitale"], BRUSSELS),
    (["Bruxelles-Ville", "Ville de Bruxelles", "Stad Brussel"], ("municipality", "21004")),
    (["Province de Liège", "provincie Luik", "Liège (province)"], ("province", "60000")),
    (["Hainaut", "Henegouwen", "Province de Hainaut"], ("province", "50000")),
    (["Anvers", "Antwerpen", "Antwerp"], ("municipality", "11002")),
    (["Limburg"], ("province", "70000")),
    (["Limbourg"], ("municipality", "63046")),
    (["Wallonie", "Wallonië", "Région wallonne"], ("region", "03000")),
    (["Belgique", "België", "everywhere"], ("country", "BE")),
    (["Axe mosan", "Maasas", "Sillon Sambre-et-Meuse"], ("zone", "axe-mosan")),
    (["Borsbeek", "11007"], ("municipality", "11002")),
    (["Beveren", "Zwijndrecht"], ("municipality", "46030")),
    (["La Louvière", "louviere"], ("municipality", "58001")),
    (["St-Niklaas", "Sint Niklaas"], ("municipality", "46021")),
    (["Saint-Nicolas", "St Nicolas"], ("municipality", "62093")),
    (["Louvain-la-Neuve", "Ottignies"], ("municipality", "25121")),
    (["Braine l'Alleud", "Brainelalleud"], ("municipality", "25014")),
    (["Lige", "Leige", "Lieg", "Liéège"], LIEGE),
    (["Charleroy"], ("municipality", "52011")),
    (["Bruxelle"], BRUSSELS),
    (["", "   ", "de", "zzzz", "9999", "!?", "Braine", "Spo", "x" * 5_000, "1 2 3 4 5"], None),
]


def test_a_place_is_found_however_it_is_written(version):
    expected = {text: place for texts, place in WRITTEN for text in texts}

    assert {text: found(text, version) for text in expected} == expected


def test_what_the_site_writes_for_a_place_finds_it_again(version):
    places = gazetteer.current(version).by_key.values()

    lost = []
    for language in LANGUAGE_CODES:
        with translation.override(language):
            lost += [place for place in places if find_place(place.text, version) != place]

    assert len(places) == 565 + 1149 + 10 + 3 + 2 + 1
    assert lost == []


def test_places_stand_for_their_municipalities(version):
    assert len(find_place("Bruxelles", version).municipality_ids) == 19
    assert len(find_place("Axe mosan", version).municipality_ids) == 3
    assert len(find_place("1050", version).municipality_ids) == 2
    assert len(find_place("Belgique", version).municipality_ids) == 565
    assert find_place("Liège", version).area_codes == {"60000"}
    assert find_place("Ixelles", version).area_codes == {"04000"}
    assert find_place("Belgique", version).centre is None
    assert get_place("zone", "hainaut", version).kind is PlaceKind.ZONE
    assert get_place("zone", "nowhere", version) is None


def test_a_place_is_named_in_the_language_of_the_page(version):
    place = find_place("Luik", version)

    with translation.override("nl"):
        assert (place.label, place.label.language) == ("Luik", "nl")
    with translation.override("en"):
        assert (place.label, place.label.language) == ("Liège", "fr")
    with translation.override("fr"):
        assert find_place("Leuven", version).label == "Louvain"


BEGUN = {
    "lie": "Lie",
    "Liè": "Lie",
    "brux": "Brussels-Capital Region",
    "la lou": "La Louvière",
    "de p": "De Panne",
    "st n": "Sint-Niklaas",
    "saint n": "Saint-Nicolas",
    "4000 l": "4000 Liège",
    "axe": "Axe mosan",
    "sillon": "Axe mosan",
    "charlre": "Charleroi",
    "borsb": "Antwerp",
}


def test_places_are_proposed_while_they_are_typed(version):
    best = {text: places_like(text, version=version)[0].text for text in BEGUN}

    assert {text: best[text] for text in BEGUN if not best[text].startswith(BEGUN[text])} == {}


def test_places_that_share_a_name_or_a_word_are_all_proposed(version):
    def texts(typed, limit=10):
        return [place.text for place in places_like(typed, limit, version)]

    assert texts("Braine") == ["Braine-l’Alleud", "Braine-le-Château", "Braine-le-Comte"]
    assert texts("Liège") == ["Liège", "Liège (province)"]
    assert set(texts("Saint-Nicolas")) == {"Saint-Nicolas", "Sint-Niklaas"}
    assert len(texts("40")) == 10
    assert len(texts("li", 3)) == 3


def test_too_little_or_unknown_proposes_nothing(version):
    assert [places_like(text, version=version) for text in ["", "l", " ", "!?", "zzzz"]] == [[]] * 5


@same_belgium
@given(text=st.text(max_size=300) | st.text("liegdsanmo '-04", max_size=12))
def test_any_text_is_understood_or_not_but_never_breaks(version, text):
    place = find_place(text, version)

    assert place is None or find_place(place.text, version) == place
    assert len(places_like(text, 4, version)) <= 4


def test_nothing_is_asked_of_the_database_once_the_places_are_kept(
    version, django_assert_num_queries
):
    find_place("Liège", version)

    with django_assert_num_queries(0):
        place = find_place("Lige", version)
        places_like("li", version=version)
        within(place, 25, version)
    with django_assert_num_queries(1):
        find_place("Namur")


def test_a_changed_name_is_known_at_once(version):
    assert find_place("Nouvelle", version) is None

    Municipality.objects.filter(nis_code="62063").update(name_fr="Nouvelle")

    assert find_place("Nouvelle").key == "62063"


# Distances ---------------------------------------------------------------------------------------


def test_within_holds_the_place_and_what_is_near(version):
    codes = dict(Municipality.objects.values_list("pk", "nis_code"))
    near = {codes[pk] for pk in within(find_place("4000", version), 10, version)}

    assert {"62063", "62096", "62051"} <= near  # Liège, Seraing, Herstal
    assert "92094" not in near  # Namur
    assert within(find_place("Liège", version), 0, version) == find_place("4000").municipality_ids
    assert len(within(find_place("Liège", version), 300, version)) == 565


@same_belgium
@given(text=st.sampled_from(["Liège", "1050", "Axe mosan"]), km=st.floats(0, 300))
def test_distance_goes_to_the_nearest_municipality_of_the_place(version, text, km):
    place = find_place(text, version)
    inside = Municipality.objects.filter(pk__in=place.municipality_ids)

    expected = set()
    for town in inside:
        # A millimetre less: what lies on the edge may be rounded either way.
        rows = Municipality.objects.within(
            latitude=town.latitude, longitude=town.longitude, km=max(km - 1e-6, 1e-6)
        )
        expected |= set(rows.values_list("pk", flat=True))

    near = within(place, km, version)
    assert expected <= near
    assert all(distances(place, version)[pk] <= km for pk in near)
    assert {pk for pk, km in distances(place, version).items() if km == 0} == place.municipality_ids


def test_a_place_without_municipalities_is_near_nothing(version):
    Zone.objects.create(name_fr="Vide", slug_fr="vide")
    empty = find_place("Vide")

    assert (empty.centre, distances(empty), within(empty, 50)) == (None, {}, frozenset())


def test_the_centre_of_a_place_lies_among_its_municipalities(version):
    latitude, longitude = find_place("Bruxelles", version).centre
    centre, square = sphere.vector(latitude, longitude), sphere.vector(50.8467, 4.3525)

    assert sphere.arc(dist(centre, square)) == pytest.approx(0, abs=3)


@pytest.mark.parametrize("km", RADII)
@pytest.mark.parametrize("form", ["{}", " {} ", "{}.0", "{} km"])
def test_a_radius_that_is_offered_is_taken(km, form):
    assert clean_radius(form.format(km)) == clean_radius(km)
    assert (clean_radius(km).km, clean_radius(km).said) == (km, "")


@pytest.mark.parametrize(
    ("given", "km", "said"),
    [
        ("12", 15, "A radius of 12 km is not offered: it is 15 km now."),
        ("1e9", 100, "A radius of 1e9 km is not offered: it is 100 km now."),
        ("-3", 5, "A radius of -3 km is not offered: it is 5 km now."),
        ("0", 5, "A radius of 0 km is not offered: it is 5 km now."),
        ("near", None, "The radius “near” is not a number."),
        ("nan", None, "The radius “nan” is not a number."),
        ("9" * 5_000, 100, f"A radius of {'9' * 20} km is not offered: it is 100 km now."),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_any_other_radius_is_brought_in_line_and_said(given, km, said):
    assert (clean_radius(given).km, clean_radius(given).said) == (km, said)


# The field ---------------------------------------------------------------------------------------


def test_the_field_is_answered_with_values_grouped_by_kind(client, version):
    response = client.get(reverse("zones:suggest"), {"q": "liège"})

    assertContains(response, "Municipalities")
    assertContains(response, 'data-value="Liège"')
    assertContains(response, 'data-value="Liège (province)"')
    assert "max-age" in response["Cache-Control"]


def test_the_field_costs_one_query(client, version, django_assert_num_queries):
    client.get(reverse("zones:suggest"), {"q": "li"})

    with django_assert_num_queries(1):  # the content version
        client.get(reverse("zones:suggest"), {"q": "lie"})
