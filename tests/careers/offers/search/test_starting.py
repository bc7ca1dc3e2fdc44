"""What visitors and load balancers meet while a process has no index of offers yet."""

from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers import search
from careers.offers.models import OfferChange
from careers.offers.search import limit, live, snapshot, state
from careers.offers.search.query import Query
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.offers.search.memory import Search
from tests.careers.schools.factories import ProgrammeFactory
from tests.careers.zones.factories import ZoneFactory
from tests.offers import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def starting(tmp_path, monkeypatch):
    """The search of a web server without an index, before more offers than it has time for."""
    OfferChange.objects.create(offer_id=0)
    engine = Search(tmp_path / "offers.index")
    monkeypatch.setattr(search, "_live", engine)
    monkeypatch.setattr(limit, "SECONDS", 0)
    return engine


@pytest.fixture
def offer():
    offer = JobOfferFactory(title="Soudeuse")
    settle()
    return offer


def lists(offer):
    town = offer.offer_places.first().municipality
    return [
        *["/offres/", "/en/offers/", "/offres/?view=map&q=soudeuse", "/offres/flux/"],
        reverse("offers:of_profession", args=[offer.profession.slug]),
        reverse("offers:of_place", args=[slugify(town.name_fr)]),
        reverse("employers:list"),
        offer.employer.get_absolute_url(),
    ]


def test_lists_of_offers_ask_to_come_back(client, starting, offer):
    for url in lists(offer):
        response = client.get(url)

        assert response.status_code == 503, url
        assert response.headers["Retry-After"] == "5"
        assert "no-store" in response.headers["Cache-Control"]
        assertContains(response, "site-header", status_code=503)
        assertContains(response, '<p class="kicker">503</p>', status_code=503)
        if url.startswith("/en/"):
            assertContains(response, "is starting", status_code=503)


def test_a_search_that_was_too_slow_says_so(client, starting, offer, monkeypatch):
    starting.tasks.clear()
    client.get("/offres/")
    starting.tasks[0]()
    monkeypatch.setattr(starting, "search", lambda *args, **options: None)
    monkeypatch.setattr(starting, "search_behind", lambda *args, **options: None)

    response = client.get("/en/offers/?q=soudeuse")

    assertContains(response, "took too long", status_code=503)
    assertNotContains(response, "is starting", status_code=503)


def test_the_link_of_that_page_leads_to_the_same_search(client, starting):
    response = client.get("/offres/?q=soudeuse&contract=permanent")

    assertContains(response, 'href="/offres/?q=soudeuse&amp;contract=permanent"', status_code=503)


def test_a_part_of_a_page_gives_way_to_the_whole(client, starting):
    response = client.get("/offres/?q=a", headers={"HX-Request": "true", "HX-Target": "results"})

    assert response.headers["HX-Redirect"] == "/offres/?q=a"


def test_other_pages_stay_and_say_that_offers_are_being_loaded(client, starting, offer):
    programme = ProgrammeFactory(professions=[offer.profession])
    zone = ZoneFactory(municipalities=[offer.offer_places.first().municipality])
    with translation.override("fr"):
        said = _("The job offers are being loaded. Open this page again in a few seconds.")

    for thing in [offer.profession, programme, programme.school, zone]:
        with translation.override("fr"):
            response = client.get(thing.get_absolute_url())

        assertContains(response, said)
        assertNotContains(response, "Soudeuse")
    assertContains(client.get("/recherche/?q=soudeuse"), said)
    assertContains(client.get("/"), ">…</a>")


def test_the_page_of_an_offer_goes_without_similar_ones(client, starting, offer):
    other = JobOfferFactory(title="Soudeur de nuit", profession=offer.profession)
    settle()

    assertNotContains(client.get(offer.get_absolute_url()), other.title)


def test_the_search_answers_as_soon_as_it_is_loaded(client, starting, offer):
    assert client.get("/offres/").status_code == 503

    starting.tasks[0]()

    assertContains(client.get("/offres/"), "Soudeuse")


def test_a_small_catalogue_is_searched_in_time_without_an_index(
    client, starting, offer, monkeypatch
):
    monkeypatch.setattr(limit, "SECONDS", 60)

    assertContains(client.get("/offres/"), "Soudeuse")


@pytest.mark.parametrize(
    ("is_loading", "status", "body"),
    [(True, 503, b"search is loading\n"), (False, 200, b"ready\n")],
)
def test_no_balancer_sends_visitors_while_the_index_is_loaded(
    client, starting, is_loading, status, body
):
    may_end = Event()
    starting._thread = Thread(target=may_end.wait, daemon=True)
    if is_loading:
        starting._thread.start()

    try:
        response = client.get("/readyz")
    finally:
        may_end.set()

    assert (response.status_code, response.content) == (status, body)


def test_a_server_with_an_index_is_ready_whatever_it_is_doing(starting):
    starting._reload()
    starting._thread = Thread(target=Event().wait, daemon=True)
    starting._thread.start()

    assert search.is_ready()


def test_asking_whether_it_is_ready_begins_to_load(client, starting):
    client.get("/readyz")

    assert starting.tasks == [starting._reload]


def test_a_server_whose_index_cannot_be_loaded_is_not_kept_away_for_ever(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    engine = live.LiveSearch(tmp_path / "file" / "offers.index")
    monkeypatch.setattr(search, "_live", engine)

    search.is_ready()
    engine._thread.join()

    assert engine.engine is None
    assert search.is_ready()


def test_while_many_changes_are_applied_the_index_answers_without_them(starting, monkeypatch):
    JobOfferFactory(title="Soudeuse")
    settle()
    starting._reload()
    monkeypatch.setattr(live.following, "AT_ONCE", 3)
    JobOfferFactory.create_batch(4)
    settle()

    query = Query(timezone.localdate())
    with limit.begun():
        assert search.search(query).total == 1
    starting.tasks[0]()
    with limit.begun():
        assert search.search(query).total == 5


def test_the_next_server_starts_with_what_the_command_wrote(
    tmp_path, settings, monkeypatch, capsys
):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(live, "FEW_TO_BUILD", 0)
    OfferChange.objects.create(offer_id=0)
    JobOfferFactory.create_batch(2)
    settle()

    call_command("index_offers")

    assert capsys.readouterr().out == "2 offers are ready to be searched.\n"
    engine = live.LiveSearch(snapshot.default_path())
    engine.start()
    query = Query(timezone.localdate())
    assert engine.search(query, state.current(), size=20, facets=[]).total == 2


def test_a_full_disk_does_not_keep_an_index_from_its_process(starting, offer, monkeypatch):
    starting.path.mkdir(parents=True)

    starting._reload()

    with limit.begun():
        assert search.search(Query(timezone.localdate())).ids == [offer.pk]
