from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from careers.offers.enums import Contract, OfferStatus
from careers.offers.examples import Catalogue, copy_offers, generate, top_up
from careers.offers.examples.amounts import LEAST
from careers.offers.examples.choices import SIDE_CONTRACTS
from careers.offers.importers import EXAMPLES
from careers.offers.models import Employer, JobOffer
from careers.offers.pay import a_month
from careers.offers.search.terms import terms
from careers.offers.wording import check_texts, errors
from careers.professions.enums import SalaryLevel
from careers.professions.models import Profession, Sector
from careers.zones.models import Province
from portal.sources.models import Source
from tests.careers.offers.shipped import make_all
from tests.careers.professions.factories import GuideFactory, SalaryBandFactory
from tests.databases import cloned_database, point_at

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module", autouse=True)
def _shipped(
    django_db_setup: None, django_db_blocker: Any, testrun_uid: str, worker_id: str
) -> Iterator[None]:
    """The tests of this module find the places, professions and employers that ship."""
    own = connection.settings_dict["NAME"]
    database = cloned_database(testrun_uid[:8], f"{worker_id}_examples")
    with django_db_blocker.unblock():
        with database:
            make_all()
            with django_db_blocker.block():
                yield
        point_at(own)


@pytest.fixture(scope="module")
def catalogue(_shipped: None, django_db_blocker: Any) -> Catalogue:
    with django_db_blocker.unblock():
        return Catalogue.read()


@pytest.fixture(scope="module")
def offers(catalogue):
    return list(generate(catalogue, count=2000, today=TODAY))


def as_offer(example):
    """The example as a row that is not saved."""
    return JobOffer(
        title=example.title,
        description=example.description,
        profile=example.profile,
        source_id=1,
        employer_id=example.employer_id,
    )


def load(**options):
    return top_up(**({"count": 300, "seed": 1, "today": TODAY} | options))


def test_the_same_seed_makes_the_same_offers_in_any_part(catalogue, offers):
    again = generate(Catalogue(catalogue.firms, catalogue.texts), count=2000, today=TODAY)
    part = generate(catalogue, count=2000, today=TODAY, start=700)
    other = generate(catalogue, count=2000, today=TODAY, seed=2)

    assert list(again) == offers
    assert list(islice(part, 5)) == offers[700:705]
    assert [offer.title for offer in islice(other, 50)] != [offer.title for offer in offers[:50]]


def test_offers_come_in_order_of_publication_and_mostly_lately(offers):
    moments = [offer.created_at for offer in offers]
    live = [
        offer
        for offer in offers
        if offer.status == OfferStatus.PUBLISHED and offer.closes_on >= TODAY
    ]
    ages = [(TODAY - offer.created_at.date()).days for offer in live]

    assert moments == sorted(moments)
    assert 1900 < len(live) < 2100
    assert 40 < sum(offer.closes_on < TODAY for offer in offers) < 80
    assert sum(age < 20 for age in ages) > 1.5 * sum(20 <= age < 40 for age in ages)
    assert set(OfferStatus) == {offer.status for offer in offers}
    assert all(7 <= (offer.closes_on - offer.created_at.date()).days <= 60 for offer in offers)


@pytest.mark.django_db
def test_two_thousand_offers_are_spread_over_the_country_and_the_professions(offers):
    sectors = dict(Profession.objects.values_list("pk", "sector__key"))
    provinces = {
        p.pk: set(p.municipalities.values_list("pk", flat=True)) for p in Province.objects.all()
    }
    found = Counter(sectors[offer.profession_id] for offer in offers)
    languages = Counter(offer.language for offer in offers)

    assert set(found) == set(Sector.objects.values_list("key", flat=True))
    assert min(found.values()) >= 10
    for towns in provinces.values():
        assert sum(bool(towns & set(offer.places)) for offer in offers) >= 10
    assert len({offer.contract for offer in offers}) == len(Contract)
    assert len({offer.profession_id for offer in offers}) > 200
    assert len({offer.employer_id for offer in offers}) >= Employer.objects.count() - 5
    assert 0.18 < languages["nl"] / len(offers) < 0.3
    assert min(languages["en"], languages["de"]) > 10
    assert {len(offer.places) for offer in offers} == {1, 2, 3}
    assert len({offer.title for offer in offers}) > 300
    assert len({offer.description for offer in offers}) > 1900


@pytest.mark.django_db
def test_employers_seek_what_such_houses_do(offers):
    employers = dict(Employer.objects.values_list("pk", "name"))
    sought = [(employers[offer.employer_id], offer.title) for offer in offers]
    in_hospitals = ("aux urgences", "au bloc opératoire", "aux soins intensifs", "op spoed")

    places = {name for name, title in sought if title.endswith(in_hospitals)}
    seekers = {offer.employer_id for offer in offers if "nfirmi" in offer.title}

    agencies = set(Employer.objects.filter(kind="agency").values_list("name", flat=True))
    assert {name.split()[0] for name in places - agencies} <= {"Hôpital", "Clinique", "Ziekenhuis"}
    assert len(places) > 1
    assert not [employers[pk] for pk in seekers if employers[pk].startswith("Crèche")]


@pytest.mark.django_db
def test_nobody_leads_or_does_reserved_work_unpaid(offers):
    roles = Profession.objects.in_bulk()
    unpaid = [roles[o.profession_id] for o in offers if o.contract == Contract.VOLUNTEER]

    assert unpaid
    assert not [role.key for role in unpaid if role.is_regulated or "manager" in role.key]


def test_pay_is_believable(offers):
    paid = [offer for offer in offers if offer.pay.low]
    full = [offer for offer in paid if offer.contract not in SIDE_CONTRACTS]

    assert len(paid) > 0.94 * len(offers)
    assert all(offer.pay.high is None or offer.pay.low <= offer.pay.high for offer in paid)
    assert min(a_month_of(offer) for offer in full) >= LEAST
    assert max(a_month_of(offer) for offer in full) < 18_000
    assert {offer.pay.period for offer in paid} == {"hour", "month", "year"}


def a_month_of(offer):
    return a_month(Decimal(str(offer.pay.low)), offer.pay.period)


@pytest.mark.django_db
def test_pay_keeps_to_the_band_of_the_guide():
    guide = GuideFactory(profession=Profession.objects.get(key="nurse"))
    SalaryBandFactory(guide=guide, level=SalaryLevel.BEGINNER, minimum=3100, maximum=3600)
    SalaryBandFactory(guide=guide, level=SalaryLevel.EXPERIENCED, minimum=3600, maximum=4800)

    offers = generate(Catalogue.read(), count=2000, today=TODAY)

    nurses = [offer for offer in offers if offer.profession_id == guide.profession_id]
    monthly = [o.pay for o in nurses if o.pay.low and o.pay.period == "month"]
    assert len(monthly) > 30
    assert all(pay.low >= 3100 and (pay.high or 0) <= 4800 for pay in monthly)


def test_no_text_says_what_is_forbidden(offers):
    found = {
        (finding.code, finding.excerpt)
        for offer in offers
        for finding in errors(check_texts(as_offer(offer)))
    }

    assert found == set()


def test_texts_have_a_fair_length_and_no_gaps(offers):
    lengths = sorted(len(f"{offer.description} {offer.profile}".split()) for offer in offers)

    assert lengths[0] >= 40
    assert lengths[len(offers) // 10] >= 60
    assert lengths[-1] <= 220
    assert not [offer for offer in offers if "{" in offer.description + offer.profile]
    assert not [offer for offer in offers if " \n" in offer.description]
    assert all(len(offer.title) <= 150 for offer in offers)


def test_terms_are_those_of_the_text(offers):
    for offer in offers[::40]:
        assert offer.title_terms == terms([offer.title])
        assert offer.body_terms == terms([offer.description, offer.profile])


@pytest.mark.django_db
def test_the_database_takes_them_and_a_second_time_changes_nothing():
    first = load()
    before = list(JobOffer.objects.order_by("pk").values_list("pk", "number", "reference"))
    second = load()

    assert (first.deleted, second.created, second.deleted) == (0, 0, 0)
    assert first.created == first.there == second.there == JobOffer.objects.count()
    assert list(JobOffer.objects.order_by("pk").values_list("pk", "number", "reference")) == before
    published = JobOffer.objects.filter(number__isnull=False).order_by("number")
    moments = list(published.values_list("published_at", flat=True))
    assert moments == sorted(moments)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    offer = JobOffer.objects.for_cards().exclude(benefits=[]).first()
    offer.full_clean(exclude=["status"])
    assert offer.offer_places.all()


@pytest.mark.django_db
def test_a_month_later_what_has_ended_is_renewed_and_an_edited_offer_stays():
    load()
    first = JobOffer.objects.filter(closes_on__lt=TODAY).first()
    JobOffer.objects.filter(pk=first.pk).update(title="Changé par la rédaction")
    later = TODAY + timedelta(days=30)

    outcome = load(today=later)

    with time_machine.travel(later):
        assert 280 < JobOffer.objects.live().count() < 330
    assert outcome.created > 150
    assert outcome.deleted > 150
    assert JobOffer.objects.get(pk=first.pk).title == "Changé par la rédaction"
    assert outcome.there == JobOffer.objects.count()


@pytest.mark.django_db
def test_offers_can_be_copied_in_ranges(catalogue):
    source = Source.objects.get(key=EXAMPLES).pk
    for start in [0, 60]:
        stream = generate(catalogue, count=100, today=TODAY, start=start)
        part = islice(stream, 60 if start == 0 else None)
        written = list(copy_offers(connection.connection, part, source=source, batch=25))

    assert written[0] == 25
    assert JobOffer.objects.count() == len(list(generate(catalogue, count=100, today=TODAY)))


@pytest.mark.django_db
def test_the_command_says_what_it_did():
    out = StringIO()

    call_command("example_offers", offers=50, stdout=out)

    assert "example offers" in out.getvalue()
    assert JobOffer.objects.live().count() > 40


@pytest.mark.django_db
def test_the_command_needs_the_content():
    Employer.objects.all().delete()

    with pytest.raises(CommandError, match="load_content"):
        call_command("example_offers")
