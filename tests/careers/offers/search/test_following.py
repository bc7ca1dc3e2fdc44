"""What is published, edited or ended is found, or no longer found, at the next search."""

import json
from datetime import timedelta
from hashlib import blake2b
from threading import Event, Thread

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from careers.offers import search
from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer, OfferChange, OfferLanguage, OfferPlace
from careers.offers.search import live, snapshot, state
from careers.offers.search.query import FACETS, Query
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.offers.search.market import settle
from tests.careers.offers.search.memory import Search
from tests.careers.offers.search.reference import PlainSearch
from tests.careers.professions.factories import SectorFactory
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def memory(tmp_path, monkeypatch) -> Search:
    """The search of this process answers from memory; nothing is published yet."""
    OfferChange.objects.create(offer_id=0)
    engine = Search(tmp_path / "offers.index")
    engine.start()
    monkeypatch.setattr(search, "_live", engine)
    return engine


def found(*words: str, **asked) -> list[int]:
    """What the search finds after all that was done so far, which is what a plain search finds."""
    settle()
    query = Query(today=timezone.localdate(), words=words, **asked)
    answer = search.search(query, facets=FACETS)
    settle()
    now = state.current()
    assert search._live.search(query, now, size=20, facets=FACETS) == answer
    assert answer == PlainSearch().search(query, facets=FACETS)
    return answer.ids


def test_a_new_offer_is_found_at_once(memory):
    offer = JobOfferFactory(title="Soudeuse", languages={"nl": 3})

    assert found() == found("soudeuses") == [offer.pk]
    assert found("boulanger") == []
    assert found(languages=(("nl", 2),)) == []


def test_an_edited_offer_is_found_by_what_it_says_now(memory):
    offer = JobOfferFactory(title="Soudeuse", contract="permanent", pay_max=3000)
    assert found("soudeuse") == [offer.pk]

    offer.title, offer.contract, offer.pay_max = "Boulangère", "fixed-term", 4000
    offer.save()

    assert found("soudeuse") == []
    assert found("boulangere", pay=3900) == [offer.pk]
    assert found(chosen=(("contract", frozenset(["permanent"])),)) == []


def test_places_and_languages_that_change_are_followed(memory):
    here, there = MunicipalityFactory(), MunicipalityFactory(in_brussels=True)
    offer = JobOfferFactory(places=[here])
    assert found(municipalities=frozenset([here.pk])) == [offer.pk]

    OfferPlace.objects.filter(offer=offer).update(municipality=there)
    OfferLanguage.objects.create(offer=offer, language="nl", level=5)

    assert found(municipalities=frozenset([here.pk])) == []
    assert found(languages=(("nl", 4),)) == []
    assert found(languages=(("nl", 5),), municipalities=frozenset([there.pk])) == [offer.pk]


@pytest.mark.parametrize("status", [OfferStatus.FILLED, OfferStatus.WITHDRAWN])
def test_an_offer_that_is_no_longer_published_is_not_found(memory, status):
    offer = JobOfferFactory(title="Soudeuse")
    assert found("soudeuse") == [offer.pk]

    JobOffer.objects.filter(pk=offer.pk).update(status=status)

    assert found() == found("soudeuse") == []


def test_a_deleted_offer_is_not_found(memory):
    offer, other = JobOfferFactory(title="Soudeuse"), JobOfferFactory()
    assert found() == [other.pk, offer.pk]

    offer.delete()

    assert found() == [other.pk]
    assert found("soudeuse") == []


@pytest.mark.parametrize(
    "leave",
    [lambda offers: offers.delete(), lambda offers: offers.update(status=OfferStatus.FILLED)],
    ids=["deleted", "filled"],
)
def test_nothing_of_an_offer_stays_in_memory(memory, leave):
    offer = JobOfferFactory(title="Soudeuse", languages={"nl": 3})
    assert found() == [offer.pk]

    leave(JobOffer.objects.filter(pk=offer.pk))

    assert found() == []
    left = {name for name, sets in memory.engine.index.families.items() if sets}
    assert left == set()


def test_an_offer_ends_with_its_last_day(memory):
    offer = JobOfferFactory(closes_on=timezone.localdate() + timedelta(2))
    assert found() == [offer.pk]

    midnight = timezone.localtime().replace(hour=0, minute=0, second=0) + timedelta(3)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert found() == [offer.pk]
    with time_machine.travel(midnight, tick=False):
        assert found() == []
        JobOffer.objects.update(closes_on=timezone.localdate())
        assert found() == [offer.pk]


def test_offers_without_terms_are_analysed_when_they_are_met(memory):
    offer = JobOfferFactory(title="Soudeuse", description="Du pain")
    JobOffer.objects.update(title="Boulangère", title_terms=None, body_terms=None)

    assert found("boulangere", "pain") == [offer.pk]
    assert found("soudeuse") == []
    offer.refresh_from_db()
    assert offer.title_terms
    assert offer.body_terms
    assert not state.current().has_waiting


def test_words_that_come_after_their_offer_are_followed(memory):
    offer = JobOfferFactory(title="Soudeuse")
    JobOffer.objects.update(title="Boulangère", title_terms=None)
    settle()
    query = Query(timezone.localdate(), words=("boulangere",))
    assert memory.search(query, state.current(), size=20, facets=[]).total == 0

    state.analyse()

    assert found("boulangere") == [offer.pk]


def test_analysing_leaves_no_trace_in_the_history(memory):
    JobOfferFactory()
    JobOffer.objects.update(title_terms=None)
    history = apps.get_model("offers", "JobOfferEvent").objects
    before = history.count()

    assert state.analyse() == 1

    assert history.count() == before


def test_a_profession_that_moves_takes_its_offers_along(memory):
    offer = JobOfferFactory()
    old, new = offer.profession.sector, SectorFactory()
    assert found(chosen=(("sector", frozenset([str(old.pk)])),)) == [offer.pk]

    offer.profession.sector = new
    offer.profession.save()

    assert found(chosen=(("sector", frozenset([str(new.pk)])),)) == [offer.pk]
    assert found(chosen=(("sector", frozenset([str(old.pk)])),)) == []


def test_a_town_that_moves_takes_its_offers_along(memory):
    town = MunicipalityFactory()
    offer = JobOfferFactory(places=[town])
    town.province = ProvinceFactory(code="50000")

    town.save()

    assert found(chosen=(("province", frozenset(["50000"])),)) == [offer.pk]


def test_an_employer_is_found_by_the_name_it_has_now(memory):
    offer = JobOfferFactory(employer__name="Aciers Dupont")
    assert found("dupont") == [offer.pk]

    offer.employer.name = "Verrerie Durand"
    offer.employer.save()

    assert found("dupont") == []
    assert found("durand") == [offer.pk]


def test_an_index_that_missed_changes_is_not_asked(memory):
    JobOfferFactory()
    settle()
    now = state.current()
    assert memory.search(Query(timezone.localdate()), now, size=20, facets=[]).total == 1

    JobOfferFactory.create_batch(3)
    settle()
    OfferChange.objects.filter(id__lt=OfferChange.objects.latest("id").id).delete()

    assert memory.search(Query(timezone.localdate()), state.current(), size=20, facets=[]) is None
    memory.tasks[0]()
    assert len(found()) == 4


def test_old_changes_are_trimmed_but_the_last(memory):
    JobOfferFactory.create_batch(2)
    settle()
    last = OfferChange.objects.latest("id").id
    OfferChange.objects.update(changed_at=timezone.now() - timedelta(3))

    state.trim(timedelta(2))

    assert [change.id for change in OfferChange.objects.all()] == [last]


def test_more_changes_than_a_request_has_time_for_are_applied_beside_it(memory, monkeypatch):
    monkeypatch.setattr(live.following, "AT_ONCE", 3)
    offers = JobOfferFactory.create_batch(4)
    settle()

    query = Query(timezone.localdate())
    assert memory.search(query, state.current(), size=20, facets=[]) is None
    assert search.search(query).total == 4
    memory.tasks[0]()

    assert found() == [offer.pk for offer in reversed(offers)]


def test_two_processes_agree(memory, tmp_path):
    other = Search(tmp_path / "other.index")
    other.start()
    offer = JobOfferFactory(title="Soudeuse")
    assert found("soudeuse") == [offer.pk]
    offer.title = "Boulangère"
    offer.save()
    JobOfferFactory(title="Boulanger")

    assert len(found("boulanger")) == 2
    query = Query(timezone.localdate(), words=("boulanger",))
    now = state.current()
    assert other.search(query, now, size=20, facets=FACETS) == memory.search(
        query, now, size=20, facets=FACETS
    )


def test_a_snapshot_holds_the_whole_index(memory, market_like, tmp_path):
    settle()
    assert found()
    snapshot.write(memory.engine.index, tmp_path / "copy.index")

    read = snapshot.read(tmp_path / "copy.index")

    index = memory.engine.index
    assert read.families == index.families
    assert (read.change, read.day, read.base) == (index.change, index.day, index.base)
    assert all((read.columns[name] == column).all() for name, column in index.columns.items())
    assert (read.everything, read.bare) == (index.everything, index.bare)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: b"\xff" * len(data),
    ],
    ids=["empty", "a byte short", "half", "a bit wrong", "noise"],
)
def test_a_damaged_snapshot_is_made_anew(memory, damage):
    offer = JobOfferFactory()
    assert found() == [offer.pk]
    snapshot.write(memory.engine.index, memory.path)
    memory.path.write_bytes(damage(memory.path.read_bytes()))

    with pytest.raises(snapshot.UnusableSnapshotError):
        snapshot.read(memory.path)
    memory.start()

    assert found() == [offer.pk]
    assert snapshot.read(memory.path).everything


def test_a_snapshot_is_brought_up_to_date_for_the_next_process(memory, tmp_path):
    JobOfferFactory()
    settle()
    memory.renew_snapshot()

    assert snapshot.read(memory.path).change == state.current().change


def test_a_process_waits_for_the_thread_that_changes_its_index(memory):
    JobOfferFactory()
    settle()
    query, may_end = Query(timezone.localdate()), Event()
    memory._thread = Thread(target=may_end.wait, daemon=True)
    memory._thread.start()

    try:
        assert memory.search(query, state.current(), size=20, facets=[]) is None
    finally:
        may_end.set()
        memory._thread.join()

    assert memory.search(query, state.current(), size=20, facets=[]).total == 1


def test_a_snapshot_of_other_code_is_not_used(memory):
    body = memory.path.read_bytes()[: -snapshot.DIGEST]
    end = snapshot.WORD + int.from_bytes(body[: snapshot.WORD], "big")
    code = json.loads(body[snapshot.WORD : end])["code"]
    body = body.replace(code.encode(), code[::-1].encode())
    memory.path.write_bytes(body + blake2b(body, digest_size=snapshot.DIGEST).digest())

    with pytest.raises(snapshot.UnusableSnapshotError, match="another code"):
        snapshot.read(memory.path)


def test_a_search_from_memory_costs_one_query(memory, django_assert_num_queries):
    JobOfferFactory(title="Soudeuse")
    assert found("soudeuse")

    with django_assert_num_queries(1):
        search.search(Query(timezone.localdate(), words=("soudeuse",)))


@pytest.fixture
def market_like(db) -> None:
    for level in range(3):
        JobOfferFactory(title="Soudeuse", languages={"nl": level + 1}, is_student_job=True)


def test_rows_that_come_by_copy_are_found(memory):
    model = JobOfferFactory(title="Soudeuse")
    settle()
    columns = [
        field.column
        for field in JobOffer._meta.local_concrete_fields
        if not field.generated and field.name not in ("id", "number", "title_terms", "body_terms")
    ]
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM offers_joboffer WHERE id = %s", [model.pk])
        row = cursor.fetchone()
        with cursor.copy(f"COPY offers_joboffer ({names}) FROM STDIN") as copy:
            copy.write_row(["{}" if value == [] else value for value in row])

    assert len(found("soudeuse")) == 2
