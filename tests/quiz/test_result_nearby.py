"""What a result says of places: how many offers and programmes there are, and where it leads."""

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse
from justhtml import JustHTML
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.filters import JobOfferFilterSet
from careers.professions.models import Profession
from careers.schools.filters import ProgrammeFilterSet
from careers.schools.models import Programme
from careers.zones import places
from quiz import nearby, results
from tests.quiz.answered import LEADING, finished
from tests.quiz.result_pages import address, links

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("content", "in_english", "nurse"),
]


@pytest.fixture
def session(in_english, nurse):
    return finished(LEADING)


@pytest.mark.parametrize(("where", "km"), [("", 0), ("Liège", 0), ("Namur", 0), ("Liège", 100)])
def test_counts_are_those_of_the_lists_they_lead_to(client, session, where, km):
    place = places.find_place(where) if where else None
    around = nearby.Around(place, km)
    found = {match.pk: around.of(match.pk) for match in results.of(session)}
    towns = places.within(place, km) if place else None

    for pk, near in found.items():
        query = QueryDict(urlsplit(near.offers_url).query, mutable=True)
        query.setlist("profession", [Profession.objects.get(pk=pk).slug_fr])
        assert near.offers == JobOfferFilterSet(query).count()
        taught = Programme.objects.filter(professions=pk)
        if towns is not None:
            taught = taught.filter(campuses__municipality__in=towns)
        assert near.programmes == taught.distinct().count()
        if near.programmes:
            listed = QueryDict(urlsplit(near.programmes_url).query)
            assert near.programmes == ProgrammeFilterSet(listed, Programme.objects.all()).qs.count()
    # No municipality of this province is known to the test.
    assert any(near.programmes for near in found.values()) == (where != "Namur")


def test_a_place_changes_the_counts_alone(client, session):
    usual = client.get(address(session)).context["result"]

    response = client.get(address(session, query="?where=Namur&radius=5"))

    assert response.context["result"] == usual
    assertNotContains(response, "if it were so")


@pytest.mark.parametrize("query", ["", "?where=Liège&radius=25"])
def test_the_foot_leads_to_what_fits_the_result(client, session, query):
    response = client.get(address(session, query=query))

    page = JustHTML(response.content, sanitize=False)
    urls = [link.attrs["href"] for link in page.query("#next-lists a")]
    professions = {match.slug for f in response.context["result"].families for match in f}
    offers, programmes = (
        next(QueryDict(urlsplit(url).query) for url in urls if reverse(name) in url)
        for name in ["offers:list", "programmes:list"]
    )
    assert set(offers.getlist("profession")) == set(programmes.getlist("profession"))
    assert {Profession.objects.get(slug_en=slug).slug_fr for slug in professions} == set(
        offers.getlist("profession")
    )
    assert offers.get("radius") == ("25" if query else None)
    said = " ".join(page.query("#next-lists")[0].to_text().split())
    assert f"{ProgrammeFilterSet(programmes, Programme.objects.all()).qs.count()} programme" in said
    assert f"{JobOfferFilterSet(offers).count()} offer" in said
    assert ("Liège" in said) == bool(query)


def test_what_is_imagined_changes_the_links_of_the_foot(client, session):
    query = "?where=Liège&radius=25"
    response = client.get(address(session, query=query), headers={"HX-Target": "results"})

    (lists,) = JustHTML(response.content.decode(), sanitize=False).query("#next-lists")
    assert lists.attrs["data-hx-swap-oob"] == "true"
    assert "Liège" in lists.to_text()
    assertNotContains(client.get(address(session, query=query)), "data-hx-swap-oob")


def test_the_foot_names_guidance_and_open_days(client, session):
    response = client.get(address(session))

    assertContains(response, "PMS centre")
    assertContains(response, "open days")
    assert reverse("schools:list") in links(response, "#next a")


# Next steps


def test_first_four_are_compared_and_each_can_be_kept_and_tested(client, session):
    response = client.get(address(session))

    found = response.context["result"]
    four = ",".join(match.slug for match in found.nearest[:4])
    assert any(link.endswith(f"?metiers={four}") for link in links(response, "main a"))
    for match in found:
        assertContains(response, f'id="keep-profession-{match.pk}"')
        assert reverse("compatibility:begin", args=[match.slug]) in links(response, "main a")
    assert reverse("quiz:how") in links(response, "main a")
