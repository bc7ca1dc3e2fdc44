import pytest
from django.db import connection
from django.utils.translation import override

from careers.zones.models import Municipality, Region, Zone
from portal import kept
from portal.models import ContentVersion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()


def test_a_page_is_made_once_until_the_content_changes():
    made = []

    def build():
        made.append(1)
        return f"page {len(made)}".encode()

    assert kept.page("zones", build=build) == kept.page("zones", build=build) == b"page 1"
    Zone.objects.create(name_fr="Anvers", slug_fr="anvers")
    assert kept.page("zones", build=build) == b"page 2"


def test_each_language_has_its_own_page():
    with override("fr"):
        french = kept.page("zones", build=lambda: "français".encode())
    with override("en"):
        english = kept.page("zones", build=lambda: b"English")

    assert (french, english) == ("français".encode(), b"English")


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_every_change_of_content_counts(change):
    zone = Zone.objects.create(name_fr="Anvers", slug_fr="anvers")
    before = ContentVersion.current()

    if change == "insert":
        Zone.objects.create(name_fr="Gand", slug_fr="gand")
    elif change == "update":
        Zone.objects.filter(pk=zone.pk).update(name_fr="Antwerpen")
    else:
        Zone.objects.filter(pk=zone.pk).delete()

    assert ContentVersion.current() > before


def test_a_relation_between_rows_is_content_too():
    region = Region.objects.create(code="02000", name_fr="Flandre")
    town = Municipality.objects.create(
        nis_code="11002", name_fr="Anvers", region=region, latitude=51.2, longitude=4.4
    )
    zone = Zone.objects.create(name_fr="Anvers", slug_fr="anvers")
    before = ContentVersion.current()

    zone.municipalities.add(town)

    assert ContentVersion.current() > before


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_replaced_by_the_first_question():
    ContentVersion.current()
    connection.connection.close()

    assert ContentVersion.current() >= 0
