import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from careers.offers.typed import read
from careers.zones.models import PostalCode
from portal import kept
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.zones.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns():
    kept.forget()
    for name in ["Liège", "Namur", "La Louvière", "Spa"]:
        town = MunicipalityFactory(name_fr=name, name_nl="Luik" if name == "Liège" else "")
        if name == "Liège":
            PostalCode.objects.create(code="4000", municipality=town)
    ProfessionFactory(name_masculine_fr="praticien spa", name_feminine_fr="praticienne spa")


UNDERSTOOD = {
    "CDI Liège 3000 €": ("", {"contract": "permanent", "where": "Liège", "pay": "3000"}),
    "infirmier mi-temps Namur": ("infirmier", {"time": "part", "where": "Namur"}),
    "student job 4000": ("", {"audience": "student", "where": "4000"}),
    "Soudeur à La Louvière": ("Soudeur", {"where": "La Louvière"}),
    "lasser voltijds luik": ("lasser", {"time": "full", "where": "Liège"}),
    "Koch Teilzeit unbefristet": ("Koch", {"time": "part", "contract": "permanent"}),
    "comptable 45.000 € par an": ("comptable", {"pay": "45000", "unit": "year"}),
    "comptable 45000 euros": ("comptable", {"pay": "45000", "unit": "year"}),
    "comptable € 3 000,50/mois Namur": ("comptable", {"pay": "3000", "where": "Namur"}),
    "développeur télétravail": ("développeur", {"telework": "some"}),
    # Not certain: the words stay words.
    "praticien spa": ("praticien spa", {}),
    "directeur des opérations": ("directeur des opérations", {}),
    "Namur infirmier": ("Namur infirmier", {}),
    "vendeur 3000": ("vendeur 3000", {}),
    "caissier 14 €": ("caissier 14 €", {}),
    "soudeur 20 € 4000 Liège": ("soudeur 20", {"where": "4000"}),
    "€": ("", {}),
}


@pytest.mark.parametrize(("text", "meaning"), UNDERSTOOD.items(), ids=UNDERSTOOD)
def test_only_what_is_certain_is_read(text, meaning):
    rest, values = meaning
    reading = read(text)

    assert " ".join(reading.rest) == rest.replace(" €", "")
    assert {name: found[0] for name, found in reading.values.items()} == values


def test_a_reading_is_said_and_can_be_refused(client):
    JobOfferFactory()
    text = "soudeur+CDI+Namur"
    url = reverse("offers:list")

    response = client.get(f"{url}?q={text}&time=full")

    assertRedirects(
        response, f"{url}?q=soudeur&time=full&contract=permanent&where=Namur&read={text}"
    )
    page = client.get(response.url)
    assertContains(page, "soudeur CDI Namur")
    assertContains(page, page.context["listing"].plain_url.replace("&", "&amp;"))
    assert len(page.context["listing"].active) == 4
    plain = client.get(page.context["listing"].plain_url)
    assert plain.context["filterset"].words == ("soudeur", "cdi", "namur")


def test_what_the_address_says_already_is_not_read_again():
    given = {"where", "contract", "pay"}

    assert read("CDI Liège 3000 €", given).values == {}


def test_htmx_is_sent_to_the_whole_page(client):
    response = client.get(
        f"{reverse('offers:list')}?q=CDI", headers={"HX-Request": "true", "HX-Target": "results"}
    )

    assert "contract=permanent" in response["HX-Redirect"]
