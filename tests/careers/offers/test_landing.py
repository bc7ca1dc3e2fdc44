import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.enums import Contract
from careers.offers.landing import FEWEST
from careers.professions.models import Profession
from portal import kept
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two towns of a zone, and two professions with offers in each."""
    kept.forget()
    province = ProvinceFactory(code="60000", name_fr="Province de Liège", name_en="Province Liège")
    towns = [
        MunicipalityFactory(name_fr=name, province=province, latitude=latitude)
        for name, latitude in [("Liège", 50.64), ("Seraing", 50.6)]
    ]
    ZoneFactory(name_fr="Bassin de Liège", slug_fr="bassin-de-liege", municipalities=towns)
    for slug, name in [("soudeur", "soudeur"), ("boulanger", "boulanger")]:
        profession = ProfessionFactory(slug_fr=slug, slug_en=f"{slug}-en", name_masculine_fr=name)
        for town in towns:
            JobOfferFactory(title=f"{name} {town}", profession=profession, places=[town])
    return towns


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("metier/soudeur", 2),
        ("lieu/liege", 2),
        ("lieu/bassin-de-liege", 4),
        ("metier/soudeur/seraing", 1),
    ],
)
def test_a_landing_page_shows_its_live_offers(client, world, path, number):
    JobOfferFactory(title="Passé", expired=True, places=world)

    response = client.get(f"/offres/{path}/")

    assert response.context["filterset"].answer.total == number
    assert response.context["filterset"].ignored == []
    assertContains(response, f'rel="canonical" href="http://testserver/offres/{path}/"')
    assertContains(response, "BreadcrumbList")
    assertNotContains(response, "JobPosting")


def test_neighbours_are_counted(client, world):
    groups = client.get("/offres/metier/soudeur/liege/").context["landing"].neighbours

    links = [
        (str(link["label"]), link["url"], link["count"]) for g in groups for link in g["links"]
    ]
    assert ("Seraing", "/offres/metier/soudeur/seraing/", 1) in links
    assert [link[1:] for link in links if "boulanger" in link[1]] == [
        ("/offres/metier/boulanger/liege/", 1)
    ]
    assert len(links) == 2


def test_every_neighbour_holds_what_it_says(client, world):
    for path in ["metier/soudeur", "lieu/liege", "lieu/bassin-de-liege", "metier/soudeur/liege"]:
        for group in client.get(f"/offres/{path}/").context["landing"].neighbours:
            for link in group["links"]:
                page = client.get(link["url"])
                assert page.context["filterset"].answer.total == link["count"], link["url"]


NOT_KEPT = '<meta name="robots" content="noindex, follow">'


@pytest.mark.parametrize("path", ["metier/soudeur", "lieu/liege", "metier/soudeur/liege"])
def test_a_page_is_for_search_engines_from_so_many_live_offers_on(client, world, path):
    address = f"/offres/{path}/"
    there = client.get(address).context["filterset"].answer.total
    what = {"places": [world[0]], "profession": Profession.objects.get(slug_fr="soudeur")}
    JobOfferFactory.create_batch(FEWEST - 1 - there, **what)
    JobOfferFactory(**what, expired=True)
    assertContains(client.get(address), NOT_KEPT, html=True)

    JobOfferFactory(**what, contract=Contract.STUDENT)

    assertNotContains(client.get(address), "noindex")


@pytest.mark.parametrize("address", ["/offres/", "/offres/lieu/liege/"])
def test_a_page_with_filters_is_not_for_search_engines(client, world, address):
    JobOfferFactory.create_batch(FEWEST, places=[world[0]], contract=Contract.STUDENT)

    assertNotContains(client.get(address), "noindex")
    assertContains(client.get(f"{address}?contract=student"), NOT_KEPT, html=True)


def test_search_engines_are_told_of_pages_with_enough_offers(client, world):
    for _number in range(FEWEST - 1):
        JobOfferFactory(places=[world[0]], profession=Profession.objects.get(slug_fr="soudeur"))

    sitemap = client.get(reverse("portal:sitemap")).content.decode()

    for path in ["metier/soudeur", "lieu/liege", "metier/soudeur/liege", "lieu/bassin-de-liege"]:
        assert f"<loc>http://testserver/offres/{path}/</loc>" in sitemap
    assert "/en/offers/profession/soudeur-en/liege/</loc>" in sitemap
    for path in ["metier/boulanger", "lieu/seraing", "metier/soudeur/seraing"]:
        assert f"/offres/{path}/</loc>" not in sitemap


def test_no_page_is_for_search_engines_while_offers_are_invented(client, world):
    for _number in range(FEWEST):
        JobOfferFactory(places=[world[0]])
    JobOfferFactory(employer__is_example=True)

    assertContains(client.get("/offres/lieu/liege/"), "noindex")
    assertNotContains(client.get(reverse("portal:sitemap")), "/offres/lieu/liege/</loc>")


def test_another_word_for_the_same_leads_to_its_page(client, world):
    assert client.get("/offres/metier/soudeur-en/").url == "/offres/metier/soudeur/"
    assert client.get("/en/offers/place/Liege/").url == "/en/offers/place/liege/"
    assert client.get("/offres/lieu/nulle-part/").status_code == 404
    assert client.get("/offres/metier/nulle-part/").status_code == 404
    with translation.override("en"):
        url = reverse("offers:of_both", args=["soudeur-en", "seraing"])
    assertContains(client.get("/offres/metier/soudeur/seraing/"), f'href="{url}"')


def test_narrowing_leads_to_the_list_with_all_filters(client, world):
    listing = client.get("/offres/metier/soudeur/liege/").context["listing"]

    assert [item["url"] for item in listing.active] == [
        "/offres/?where=Li%C3%A8ge",
        "/offres/?profession=soudeur",
    ]


def test_the_feed_holds_the_newest_of_a_search(client, world):
    JobOfferFactory(title="Tard", places=[world[0]], contract=Contract.STUDENT)

    response = client.get("/offres/flux/?contract=student&where=liege&sort=pay&after=x")

    assert response["Content-Type"].startswith("application/atom+xml")
    assertContains(response, "<title>Tard</title>")
    assert response.content.count(b"<entry>") == 1
    assertContains(client.get("/offres/flux/?pay=-1&nonsense=1"), "<entry>", count=5)


@pytest.mark.parametrize("is_example", [False, True])
def test_the_feed_marks_what_is_invented(client, is_example):
    JobOfferFactory(employer__is_example=is_example)

    response = client.get("/en/offers/feed/")

    assert (b">Example \xc2\xb7 " in response.content) == is_example
