from collections.abc import Iterator

import pytest
from django.db import transaction

from portal import kept
from tests.careers.offers.search.market import Market


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What is kept is keyed by the content version, which a test that is rolled back sets back."""
    kept.forget()
    yield
    kept.forget()


@pytest.fixture(scope="module")
def market(django_db_setup, django_db_blocker) -> Iterator[Market]:
    """A few hundred offers of every kind, for all tests of the module; none may change them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Market.made()
        transaction.set_rollback(True)
