import gzip

import pytest
import time_machine
from django.http import HttpResponse
from django.template import engines
from django.urls import reverse
from django.utils import timezone

from careers.professions import actions
from portal import kept
from portal.kept_pages import keep_page
from portal.models import KeptPage
from tests.careers.professions.factories import full_guide
from tests.house import LIVE_OFFERS_QUERIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    kept.forget()
    guide = full_guide()
    actions.publish(guide=guide)
    yield guide.profession.get_absolute_url()
    kept.forget()


def test_a_kept_page_costs_one_query_and_a_fetched_one_two(
    client, url, django_assert_max_num_queries
):
    # Within the second in which the live offers are not asked for again.
    with time_machine.travel(timezone.now(), tick=False):
        first = client.get(url)

        with django_assert_max_num_queries(1):
            assert client.get(url).content == first.content
        kept.forget()
        with django_assert_max_num_queries(2 + LIVE_OFFERS_QUERIES):
            assert client.get(url).content == first.content


@pytest.mark.parametrize(
    "odd",
    [
        {"QUERY_STRING": "&&"},
        {"QUERY_STRING": "x=1"},
        {"HTTP_HX_TARGET": "results"},
        {"HTTP_HX_TARGET": "anything"},
        {"HTTP_HOST": "testserver:8123"},
        {"HTTP_HOST": "TestServer"},
        {"HTTP_HOST": "testserver."},
    ],
)
def test_a_stranger_cannot_fill_the_database(client, url, odd):
    client.get(url)
    assert KeptPage.objects.count() == 1

    response = client.get(url, **odd)

    assert response.status_code == 200
    assert KeptPage.objects.count() == 1


def test_a_header_of_a_server_does_not_move_the_site(client, url):
    moved = client.get(url, SCRIPT_NAME="/evil").content

    assert client.get(url).content == moved
    assert b"/evil" not in moved


def test_yesterdays_pages_make_room(client, url):
    with time_machine.travel("2026-11-22 12:00"):
        client.get(url)
    with time_machine.travel("2026-11-23 12:00"):
        client.get(url)

    assert KeptPage.objects.count() == 1


def test_a_page_is_compressed_for_who_asks(client, url):
    plain = client.get(url)
    packed = client.get(url, headers={"accept-encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("query", ["", "?q=" + "a" * 400])
def test_a_list_says_that_its_fragment_differs(client, query):
    response = client.get(reverse("professions:list") + query)

    assert "HX-Target" in response.headers["Vary"]


def test_a_cookie_with_a_nul_is_refused(client):
    client.cookies["session"] = "\x00aaaaaaaa"

    assert client.get("/").status_code == 400


@pytest.mark.parametrize("cookies", [{}, {"session": "mine"}], ids=["kept", "not kept"])
def test_a_part_of_a_kept_page_is_never_older_than_a_second(rf, cookies):
    made = {"page": 0, "count": 0}

    def count(request):
        made["count"] += 1
        return {"count": f"{made['count']} offers"}

    @keep_page(fresh=count)
    def view(request):
        made["page"] += 1
        template = engines["django"].from_string("{% load ui %}<p>{% fresh 'count' %}</p>")
        return HttpResponse(template.render())

    rf.cookies.load(cookies)
    bodies = []
    kept.forget()
    for seconds in [0, 0.5, 2]:
        with time_machine.travel(1_800_000_000 + seconds, tick=False):
            bodies.append(view(rf.get("/fresh/")).content)

    assert bodies == [b"<p>1 offers</p>", b"<p>1 offers</p>", b"<p>2 offers</p>"]
    assert made["page"] == (3 if cookies else 1)
