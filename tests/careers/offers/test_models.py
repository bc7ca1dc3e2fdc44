from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from careers.offers import company_numbers
from careers.offers.enums import OFFER_MOVES, OfferStatus
from careers.offers.models import Employer, JobOffer, OfferChange
from careers.offers.search.terms import terms
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.offers import settle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["0123.456.749", "BE 0123 456 749", "123456749"])
def test_a_company_number_is_read_however_it_is_written(text):
    number = company_numbers.clean(text)

    company_numbers.check(number)
    assert company_numbers.text(number) == "0123.456.749"


@pytest.mark.parametrize("number", ["0123456748", "2123456749", "012345674", "0123456749x", ""])
def test_a_wrong_company_number_is_refused(number):
    with pytest.raises(ValidationError):
        company_numbers.check(number)


def test_the_database_refuses_a_number_whose_check_digits_are_wrong():
    EmployerFactory(company_number="0123456749")

    with pytest.raises(IntegrityError, match="check_digits"), transaction.atomic():
        EmployerFactory(company_number="0123456748")
    with pytest.raises(IntegrityError, match="check_digits"), transaction.atomic():
        EmployerFactory(company_number="none")
    with pytest.raises(IntegrityError, match="one_a_company_number"), transaction.atomic():
        EmployerFactory(company_number="0123456749")
    assert Employer.objects.count() == 1


def test_an_offer_gets_its_number_when_it_is_first_published():
    draft = JobOfferFactory(draft=True)
    first = JobOfferFactory()
    draft.status = OfferStatus.IN_REVIEW
    draft.save()
    draft.status = OfferStatus.PUBLISHED
    draft.save()
    draft.refresh_from_db()

    assert draft.number == first.number + 1
    assert draft.published_at is not None


@pytest.mark.parametrize("before", OfferStatus)
@pytest.mark.parametrize("after", OfferStatus)
def test_the_database_lets_only_allowed_moves_pass(before, after):
    if before == after:
        return
    offer = JobOfferFactory(status=before)
    moving = JobOffer.objects.filter(pk=offer.pk)
    if (before, after) in OFFER_MOVES:
        assert moving.update(status=after) == 1
    else:
        with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
            moving.update(status=after)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"closes_on": timezone.localdate() - timedelta(days=2)}, "closes_after_publication"),
        ({"pay_min": 40, "pay_max": None}, "pay_is_plausible"),
        ({"pay_min": 3000, "pay_max": 2000}, "minimum_pay"),
        ({"pay_min": None, "pay_max": None}, "pay_is_given_or"),
        ({"pay_min": None, "pay_max": None, "pay_is_not_given": True}, "unless_imported"),
        ({"working_time": "part", "percentage": 100}, "percentage"),
        ({"contract": "forever"}, "contract_is_known"),
        ({"posts": 0}, "has_a_post"),
        ({"profession": None}, "has_a_profession"),
        ({"apply_by": "link"}, "where_to_apply"),
        ({"reference": "R1"}, "reference_has_a_source"),
    ],
)
def test_the_database_refuses_what_no_offer_may_be(values, rule):
    with pytest.raises(IntegrityError, match=rule):
        JobOfferFactory(**values)


def test_pay_is_compared_by_the_month():
    offer = JobOfferFactory(pay_min=15, pay_max=None, pay_period="hour")
    yearly = JobOfferFactory(pay_min=41760, pay_max=55680, pay_period="year")

    offer.refresh_from_db()
    yearly.refresh_from_db()
    assert (offer.monthly_low, offer.monthly_high) == (2470, 2470)
    assert (yearly.monthly_low, yearly.monthly_high) == (3000, 4000)


def test_forms_of_a_word_are_one_term():
    (one,) = terms(["Infirmière"])

    assert terms(["INFIRMIERS de la infirmiere"]) == [one]


def test_terms_follow_the_text_and_are_forgotten_behind_its_back():
    offer = JobOfferFactory(title="Soudeuse")
    assert offer.title_terms == terms(["Soudeuse"])

    offer.title = "Boulangère"
    offer.save()
    JobOffer.objects.filter(pk=offer.pk).update(description="Du pain.")

    offer.refresh_from_db()
    assert offer.title_terms == terms(["Boulangère"])
    assert offer.body_terms is None


def test_each_change_of_an_offer_is_written_down_at_the_end():
    offer = JobOfferFactory(title="Soudeuse", languages={"nl": 3})
    settle()
    start = OfferChange.objects.latest("id").id
    JobOffer.objects.filter(pk=offer.pk).update(title="Boulangère")
    assert OfferChange.objects.latest("id").id == start

    settle()
    offer.languages.update(level=4)
    offer.offer_places.all().delete()
    settle()

    changes = list(OfferChange.objects.filter(id__gt=start).order_by("id"))
    assert [change.offer_id for change in changes] == [offer.pk] * 3
    assert changes[0].old_title_terms == terms(["Soudeuse"])
    assert changes[0].old_body_terms is None
