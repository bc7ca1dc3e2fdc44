import gzip
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from portal import kept, shortlist
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import ProgrammeFactory
from tests.portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def in_english():
    kept.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def client():
    """A visitor whose browser says where a form comes from."""
    return Client(headers=HERE, enforce_csrf_checks=True)


def change(client, do, row=None, kind="offer", **options):
    data = {"do": do, "kind": kind, "id": row.pk} if row else {"do": do}
    return client.post(reverse("portal:shortlist_change"), data, **options)


def shown(client):
    response = client.get(reverse("portal:shortlist"))
    return [row for group in response.context["groups"] for row in group["rows"]]


def test_what_is_kept_stands_on_the_page_by_kind_the_newest_first(client):
    profession, programme = ProfessionFactory(), ProgrammeFactory()
    first, second = JobOfferFactory.create_batch(2)

    change(client, "add", profession, "profession")
    change(client, "add", first)
    change(client, "add", programme, "programme")
    change(client, "add", second)
    change(client, "add", second)

    assert shown(client) == [second, first, programme, profession]


def test_a_button_leads_back_to_the_page_it_stood_on(client):
    offer = JobOfferFactory()
    page = f"http://testserver{offer.get_absolute_url()}?x=1"

    response = change(client, "add", offer, headers={"Referer": f"{page}#top"})

    assertRedirects(response, f"{page}#keep-offer-{offer.pk}", fetch_redirect_response=False)
    assertContains(client.get(offer.get_absolute_url()), 'value="remove"')


@pytest.mark.parametrize("referer", ["", "https://evil.example/", "//evil.example", "javascript:x"])
def test_a_button_never_leads_to_another_site(client, referer):
    response = change(client, "add", JobOfferFactory(), headers={"Referer": referer})

    assertRedirects(response, reverse("portal:shortlist"))


def test_htmx_gets_the_button_anew_and_the_count(client):
    offer = JobOfferFactory()

    response = change(client, "add", offer, headers={"HX-Request": "true"})

    assertContains(response, f'id="keep-offer-{offer.pk}-button" name="do" value="remove"')
    assertContains(client.get(offer.get_absolute_url()), f'id="keep-offer-{offer.pk}-button"')
    assertContains(response, 'data-hx-swap-oob="true">1</span>')
    assertNotContains(response, "<html")


def said(html):
    found = re.search(r'<p class="keep-said">(.*?)</p>', html, re.DOTALL)
    return " ".join(re.sub("<.*?>", "", found[1]).split()) if found else ""


@pytest.mark.parametrize("name", ["offer", "profession"])
def test_the_page_says_what_was_kept_and_what_was_taken_away(client, name):
    row = JobOfferFactory() if name == "offer" else ProfessionFactory()
    url = row.get_absolute_url()
    assert said(client.get(url).text) == ""

    change(client, "add", row, name)
    assert said(client.get(url).text) == "Saved: My shortlist"
    change(client, "remove", row, name)
    assert said(client.get(url).text) == "Removed. Undo"
    response = change(client, "undo", row, name, headers={"Referer": f"http://testserver{url}"})

    assertRedirects(response, f"http://testserver{url}#keep-{name}-{row.pk}")
    assert shown(client) == [row]


def test_htmx_is_told_in_words_what_was_done(client):
    offer = JobOfferFactory(title="Poste <1>")
    told = '<p id="shortlist-said" data-hx-swap-oob="innerHTML">'
    assertContains(client.get(reverse("portal:home")), 'id="shortlist-said" role="status"')

    saved, removed, undone = (
        change(client, do, offer, headers={"HX-Request": "true"})
        for do in ["add", "remove", "undo"]
    )

    assertContains(saved, f"{told}Saved in my shortlist: Poste &lt;1&gt;</p>")
    assertContains(removed, f"{told}Removed from my shortlist: Poste &lt;1&gt;</p>")
    assertContains(removed, 'name="do" value="undo"')
    assertContains(undone, f"{told}Saved in my shortlist")


def test_a_removal_is_undone_at_its_place(client):
    offers = JobOfferFactory.create_batch(3)
    for offer in offers:
        change(client, "add", offer)

    change(client, "remove", offers[1])
    assert shown(client) == [offers[2], offers[0]]
    change(client, "undo")

    assert shown(client) == offers[::-1]


def test_all_is_removed_and_brought_back(client):
    offer = JobOfferFactory()
    change(client, "add", offer)

    change(client, "clear")
    assert shown(client) == []
    change(client, "undo")

    assert shown(client) == [offer]


def test_what_became_of_an_offer_is_said(client):
    ended, filled, withdrawn = (JobOfferFactory(title=f"Poste n{n}") for n in range(3))
    for offer in [ended, filled, withdrawn]:
        change(client, "add", offer)
    yesterday = timezone.localdate() - timedelta(days=1)
    JobOffer.objects.filter(pk=ended.pk).update(
        published_at=timezone.now() - timedelta(days=9), closes_on=yesterday
    )
    JobOffer.objects.filter(pk=filled.pk).update(status=OfferStatus.FILLED)
    JobOffer.objects.filter(pk=withdrawn.pk).update(status=OfferStatus.WITHDRAWN)

    response = client.get(reverse("portal:shortlist"))

    for text in ["Ended", "Filled", "Withdrawn", "Poste n0", "Poste n1"]:
        assertContains(response, text)
    assertNotContains(response, "Poste n2")


def test_a_withdrawn_offer_is_not_kept_and_its_title_not_told(client):
    offer, other = JobOfferFactory(title="Poste retiré"), JobOfferFactory(title="Autre retiré")
    change(client, "add", offer)
    JobOffer.objects.update(status=OfferStatus.WITHDRAWN)

    assertNotContains(client.get(reverse("portal:shortlist")), "retire")  # as in addresses
    assert change(client, "add", other).status_code == 404
    response = change(client, "remove", offer, headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == reverse("portal:shortlist")
    assert shown(client) == []


def test_an_invented_offer_is_marked(client):
    change(client, "add", JobOfferFactory(employer__is_example=True))

    assertContains(client.get(reverse("portal:shortlist")), '<span class="tag">Example</span>')


def test_what_is_gone_is_counted(client):
    profession = ProfessionFactory()
    change(client, "add", profession, "profession")
    profession.is_listed = False
    profession.save()

    assertContains(client.get(reverse("portal:shortlist")), "1 thing that you kept")


def test_two_professions_can_be_compared(client):
    for profession in ProfessionFactory.create_batch(2):
        change(client, "add", profession, "profession")

    assertContains(client.get(reverse("portal:shortlist")), reverse("professions:compare"))


def test_there_is_an_end(client, monkeypatch):
    monkeypatch.setattr(shortlist, "MOST", 2)
    offers = JobOfferFactory.create_batch(3)

    for offer in offers:
        response = change(client, "add", offer)

    assertContains(client.get(response.url), "full")
    assert shown(client) == [offers[1], offers[0]]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "nonsense"},
        {"do": "add"},
        {"do": "add", "kind": "nonsense", "id": "1"},
        {"do": "add", "kind": "offer", "id": "nonsense"},
        {"do": "add", "kind": "offer", "id": "9" * 30},
        {"do": "add", "kind": "offer", "id": "²"},
        {"do": "add", "kind": "offer", "id": "-1"},
    ],
    ids=str,
)
def test_what_no_button_sends_is_not_found_and_makes_no_session(client, data):
    response = client.post(reverse("portal:shortlist_change"), data)

    assert response.status_code == 404
    assert not Session.objects.exists()


def test_only_what_the_public_sees_can_be_kept(client):
    assert change(client, "add", JobOfferFactory(draft=True)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
    ids=str,
)
def test_only_this_site_can_send_the_form(headers, status):
    client = Client(headers=headers, enforce_csrf_checks=True)

    assert change(client, "add", JobOfferFactory()).status_code == status


def test_readers_get_neither_session_nor_token(client):
    offer = JobOfferFactory()

    for url in [offer.get_absolute_url(), reverse("portal:shortlist"), reverse("offers:list")]:
        response = client.get(url)
        assert not response.cookies
        assertContains(response, 'id="shortlist-count"></span>')


def test_the_head_of_every_page_counts_what_is_kept(client):
    change(client, "add", JobOfferFactory())

    assertContains(client.get(reverse("portal:home")), 'id="shortlist-count">1</span>')


def test_cards_are_marked_for_the_visitor_alone(client):
    profession = ProfessionFactory()
    change(client, "add", profession, "profession")

    for url in [reverse("professions:list"), profession.get_absolute_url()]:
        assertContains(client.get(url), "is-kept", 1)
        assertNotContains(Client().get(url), "is-kept")


def test_nothing_but_the_items_is_stored(client):
    offer = JobOfferFactory()

    change(client, "add", offer)

    assert set(client.session.keys()) == {"shortlist", "shortlist_before"}
    assert client.session["shortlist"] == [["offer", offer.pk]]


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_costs_few_queries(client, django_assert_num_queries, count):
    for _number in range(count):
        change(client, "add", JobOfferFactory())
        change(client, "add", ProgrammeFactory(), "programme")
        change(client, "add", ProfessionFactory(), "profession")

    # The session; offers and their places; programmes and their sites; professions.
    with django_assert_num_queries(6):
        client.get(reverse("portal:shortlist"))


def test_a_shortlist_takes_nobody_from_the_kept_pages(client, django_assert_num_queries):
    profession = ProfessionFactory(name_masculine_en="l'<b>", name_feminine_en="l'<b>")
    url = reverse("professions:list")
    Client().get(url)
    change(client, "add", profession, "profession")

    with django_assert_num_queries(2):  # the session, the version of the content
        response = client.get(url, headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(response.content).decode()

    assert text.count("is-kept") == 1
    assert 'id="shortlist-count">1</span>' in text
    assert ": L&#x27;&lt;b&gt;. Remove it" in text
    assert "is-kept" not in Client().get(url).text


def test_one_connection_begins_no_end_of_shortlists(settings):
    settings.ACCOUNT_RATE_LIMITS = {"begin_shortlist": "2/h/ip"}
    offers = JobOfferFactory.create_batch(2)
    visitor = Client(headers=HERE)
    visitor.cookies["session"] = "abcdefghijklmnopqrstuvwxyz012345"  # of no session that we know

    assert change(visitor, "add", offers[0]).status_code == 302
    assert change(Client(headers=HERE), "add", offers[0]).status_code == 302
    assert change(Client(headers=HERE), "add", offers[0]).status_code == 429
    assert change(visitor, "add", offers[1]).status_code == 302

    assert Session.objects.count() == 2


def test_who_is_signed_in_gets_no_kept_page(client):
    user = UserFactory(staff=True)
    profession = ProfessionFactory()
    change(client, "add", profession, "profession")
    client.force_login(user)
    change(client, "add", profession, "profession")

    response = client.get(reverse("professions:list"))

    assertContains(response, "is-kept", 1)
    assertContains(response, reverse("account_logout"))
    assertNotContains(Client().get(reverse("professions:list")), reverse("account_logout"))


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_none_is_lost(client):
    first, second, third = JobOfferFactory.create_batch(3)
    change(client, "add", first)
    key = client.cookies["session"].value

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # Another worker that answers the other click.
            Session.objects.select_for_update().get(pk=key)
            answer = pool.submit(in_a_thread, partial(change, client, "add", second))
            wait_for_a_lock()
            session = SessionStore(key)
            session["shortlist"] = [*session["shortlist"], ("offer", third.pk)]
            session.save()
        assert answer.result(10).status_code == 302

    assert shown(client) == [second, third, first]
    assert "session" in answer.result().cookies


def in_a_thread(work):
    try:
        return work()
    finally:
        connection.close()


WAITING = """
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
    )"""


def wait_for_a_lock():
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")
