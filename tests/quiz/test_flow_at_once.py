"""Two answers at the same moment, each in a request of its own, on the real database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from quiz import actions
from quiz.models import Answer
from tests.quiz.shipped import load_bank, page_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session():
    load_bank()
    return actions.start(language="fr")


def at_once(*requests):
    """The statuses of the answers to these requests, sent together."""

    def post(request):
        try:
            return Client().post(*request).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as pool:
        return sorted(pool.map(post, requests))


def test_two_taps_at_once_are_one_answer(session):
    first = session.next_item.key
    taps = [(page_of(session), {"item": first, "value": "5"})] * 4

    assert at_once(*taps) == [302] * 4

    assert session.answers.get().value == 5
    session.refresh_from_db()
    assert session.next_item.key != first


@pytest.mark.parametrize("earlier", ["", "3", "skip"])
def test_of_two_answers_at_once_the_first_stays_and_the_other_is_told(session, earlier):
    first = session.next_item.key
    if earlier:
        Client().post(page_of(session), {"item": first, "value": earlier})
    seen = {"item": first, "before": earlier}
    taps = [(page_of(session), seen | {"value": value}) for value in "15"]

    assert at_once(*taps) == [302, 409]

    kept = session.answers.get().value
    assert kept in {1, 5}
    # The page that was too late shows that answer, and sends it along the next time.
    again = seen | {"value": 6 - kept, "before": kept}
    assert Client().post(page_of(session), again).status_code == 302
    assert session.answers.get().value == 6 - kept


def test_a_page_that_was_passed_meanwhile_changes_nothing(session):
    first = session.next_item.key
    ahead = actions.resumed(session)
    ahead.answer(first, 3)
    second = ahead.next_item()
    taps = [(page_of(session), {"item": key, "value": "3"}) for key in [first, second, second]]

    statuses = at_once(*taps)

    assert set(statuses) <= {302, 409}
    orders = Answer.objects.order_by("order").values_list("order", "item__key")
    assert list(orders) in ([(1, first)], [(1, first), (2, second)])


def test_the_whole_page_sent_twice_at_once_finishes_once(session):
    values = {item.key: "4" for item in actions.form_items(session)}

    assert at_once(*[(page_of(session, "form"), values)] * 2) == [302, 302]

    session.refresh_from_db()
    assert session.is_finished
    assert session.answers.count() == 20
