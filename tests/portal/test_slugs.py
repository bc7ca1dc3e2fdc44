import pytest
from django.http import Http404

from careers.zones.models import Zone
from portal import slugs
from portal.models import SlugRedirect

pytestmark = pytest.mark.django_db


def test_a_slug_of_any_language_finds_the_object():
    zone = Zone.objects.create(name_fr="Anvers", slug_fr="anvers", slug_nl="antwerpen")

    assert slugs.find(Zone.objects.all(), "antwerpen") == zone


def test_an_old_slug_finds_the_object_after_a_plain_update():
    zone = Zone.objects.create(name_fr="Anvers", slug_fr="port")
    Zone.objects.filter(pk=zone.pk).update(slug_fr="port-anvers")

    assert slugs.find(Zone.objects.all(), "port") == zone
    assert SlugRedirect.objects.get().language == "fr"


def test_a_slug_that_changes_hands_leads_to_its_last_owner():
    first = Zone.objects.create(name_fr="Un", slug_fr="port")
    Zone.objects.filter(pk=first.pk).update(slug_fr="un")
    second = Zone.objects.create(name_fr="Deux", slug_fr="port")
    Zone.objects.filter(pk=second.pk).update(slug_fr="deux")

    assert slugs.find(Zone.objects.all(), "port") == second


def test_an_unknown_slug_is_not_found():
    with pytest.raises(Http404):
        slugs.find(Zone.objects.all(), "nowhere")


def test_a_dash_parts_the_words_of_an_address():
    assert slugs.slug_of("Axe Anvers–Gand, l’Escaut") == "axe-anvers-gand-l-escaut"
