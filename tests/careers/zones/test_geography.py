"""Points, distances and old codes of the municipalities that ship."""

from datetime import date
from math import acos, cos, dist, radians, sin

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.zones import sphere
from careers.zones.models import Municipality, MunicipalityAlias
from portal.imports.models import LoadedRecord
from tests.careers.zones.belgium import make_belgium
from tests.careers.zones.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

# Where the town halls and main squares are, from any map.
SQUARES = {
    "62063": (50.6451, 5.5736),  # Liège
    "92094": (50.4635, 4.8667),  # Namur
    "21004": (50.8467, 4.3525),  # Bruxelles
    "11002": (51.2213, 4.3997),  # Anvers
    "81001": (49.6837, 5.8142),  # Arlon
    "35013": (51.2247, 2.9157),  # Ostende
}


@pytest.fixture
def belgium():
    make_belgium()


def test_every_municipality_of_2025_has_a_name_a_region_and_a_point(belgium):
    towns = Municipality.objects.all()

    assert towns.count() == 565
    assert towns.filter(province=None).exclude(region__code="04000").count() == 0
    assert towns.filter(region__code="04000").count() == 19
    assert len(set(towns.values_list("latitude", "longitude"))) == 565


@pytest.mark.parametrize(
    ("one", "other"), [("62063", "92094"), ("21004", "11002"), ("81001", "35013")]
)
def test_distances_between_towns_are_right_within_five_kilometres(belgium, one, other):
    (a, b), (c, d) = (map(radians, SQUARES[code]) for code in (one, other))
    # The spherical law of cosines: another formula than the site's own.
    known = 6371 * acos(sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))
    start, end = (Municipality.objects.get(nis_code=code) for code in (one, other))

    near = Municipality.objects.within(latitude=start.latitude, longitude=start.longitude, km=300)
    found = near.get(pk=end.pk).distance

    assert found == pytest.approx(known, abs=5)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    latitude=st.floats(-90, 90) | st.floats(49.4, 51.6),
    longitude=st.floats(-170, 170) | st.floats(2.4, 6.5),
    km=st.floats(0, 25_000) | st.floats(0, 320) | st.sampled_from([5, 10, 15, 25, 50, 100, 1e9]),
)
def test_the_database_and_python_agree_on_who_is_near(belgium, latitude, longitude, km):
    here = sphere.vector(latitude, longitude)
    expected = {
        town.pk: sphere.arc(dist(here, sphere.vector(town.latitude, town.longitude)))
        for town in Municipality.objects.all()
    }
    found = dict(
        Municipality.objects.within(latitude=latitude, longitude=longitude, km=km).values_list(
            "pk", "distance"
        )
    )

    # A millimetre either way is rounding.
    assert all(expected[pk] <= km + 1e-6 for pk in found)
    assert all(pk in found for pk, distance in expected.items() if distance <= km - 1e-6)
    assert found == pytest.approx({pk: expected[pk] for pk in found}, abs=1e-6)


def test_municipalities_merged_in_2025_are_known_by_their_old_code_and_name(belgium):
    former = MunicipalityAlias.objects.exclude(nis_code="")

    # 581 in 2019, 13 new codes since, 565 now.
    assert former.count() == 581 + 13 - 565
    borsbeek = former.get(nis_code="11007")
    assert (borsbeek.name_nl, borsbeek.municipality.nis_code) == ("Borsbeek", "11002")
    assert borsbeek.valid_until == date(2024, 12, 31)
    current = Municipality.objects.values("nis_code")
    assert not former.filter(nis_code__in=current).exists()
    assert not former.filter(municipality__nis_code=F("nis_code")).exists()


def test_merged_municipalities_lie_between_their_parts(belgium):
    beveren = Municipality.objects.get(nis_code="46030")

    # The squares of Beveren, Kruibeke and Zwijndrecht.
    assert 51.17 < beveren.latitude < 51.30
    assert 4.20 < beveren.longitude < 4.36


def test_old_places_are_loaded_from_a_file_and_once(tmp_path, capsys):
    MunicipalityFactory(nis_code="11002")
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "municipality_aliases.csv").write_text(
        "nis,old_nis,name_fr,name_nl,valid_until\n"
        "11002,11007,Borsbeek,Borsbeek,2024-12-31\n"
        "11002,,Sinjorenstad,,\n"
    )

    for _round in range(2):
        call_command("load_content", folder=tmp_path, json=True)

    rows = MunicipalityAlias.objects.order_by("name_fr")
    assert [(row.nis_code, row.name_fr, row.valid_until) for row in rows] == [
        ("11007", "Borsbeek", date(2024, 12, 31)),
        ("", "Sinjorenstad", None),
    ]
    assert LoadedRecord.objects.filter(content_type__model="municipalityalias").count() == 2


def test_an_old_code_has_one_successor_and_five_digits():
    town = MunicipalityFactory()
    MunicipalityAlias.objects.create(municipality=town, nis_code="11007", name_fr="Borsbeek")

    with pytest.raises(ValidationError, match="already has a successor"):
        MunicipalityAlias(municipality=town, nis_code="11007", name_fr="Autre").full_clean()
    with pytest.raises(ValidationError, match="five digits"):
        MunicipalityAlias(municipality=town, nis_code="1100", name_fr="Autre").full_clean()
