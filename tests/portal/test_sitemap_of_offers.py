import re
from math import ceil

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains

from portal import kept, sitemaps
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(sitemaps, "BLOCK", 2)


def addresses(response):
    return re.findall("<loc>http://testserver([^<]+)</loc>", response.text)


def test_every_live_offer_stands_in_one_file_with_its_day(client):
    live = JobOfferFactory.create_batch(3)
    JobOfferFactory(draft=True)
    JobOfferFactory(expired=True)
    JobOfferFactory(employer__is_example=True)

    files = addresses(client.get(reverse("portal:sitemap_offers")))
    responses = [client.get(url.replace("&amp;", "&")) for url in files]

    found = [url for response in responses for url in addresses(response)]
    found = [url for url in found if url.startswith("/offres/")]
    assert found == [offer.get_absolute_url() for offer in live]
    day = f"<lastmod>{live[0].published_at:%Y-%m-%d}"
    named = sum(response.text.count(day) for response in responses)
    assert named == len(settings.PUBLISHED_LANGUAGES) * len(live)


def test_no_file_is_named_that_only_invented_or_closed_offers_would_fill(client):
    listed = JobOfferFactory()
    JobOfferFactory.create_batch(5, employer__is_example=True)
    JobOfferFactory.create_batch(5, expired=True)

    response = client.get(reverse("portal:sitemap_offers"))

    assert len(addresses(response)) == ceil(listed.number / 2)
    assert f"<lastmod>{listed.published_at:%Y-%m-%d}" in response.text


def test_the_index_of_files_costs_few_queries(client, django_assert_num_queries):
    JobOfferFactory.create_batch(5)

    # The newest: for its number, for its day.
    with django_assert_num_queries(2):
        client.get(reverse("portal:sitemap_offers"))


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_a_file_that_is_not_there_is_not_found(client, page):
    address = reverse("portal:sitemap_section", args=["live"])

    assert client.get(address, {"p": page}).status_code == 404
    assert client.get(reverse("portal:sitemap_section", args=["nonsense"])).status_code == 404


def test_a_file_costs_two_queries(client, django_assert_num_queries):
    JobOfferFactory.create_batch(2)

    with django_assert_num_queries(2):
        client.get(reverse("portal:sitemap_section", args=["live"]))


def test_invented_employers_are_left_out(client):
    kept.forget()
    real, invented = EmployerFactory(), EmployerFactory(is_example=True)

    found = addresses(client.get(reverse("portal:sitemap")))

    assert real.get_absolute_url() in found
    assert invented.get_absolute_url() not in found


def test_robots_are_told(client):
    assertContains(client.get("/robots.txt"), reverse("portal:sitemap_offers"))


@pytest.mark.parametrize("language", settings.PUBLISHED_LANGUAGES)
@pytest.mark.parametrize("name", ["portal:search", "portal:suggest", "zones:suggest"])
def test_robots_leave_out_what_answers_to_typing(client, name, language):
    with override(language):
        line = f"Disallow: {reverse(name)}"

    assert line in client.get("/robots.txt").text.splitlines()
