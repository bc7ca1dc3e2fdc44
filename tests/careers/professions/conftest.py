from collections.abc import Iterator

import pytest
from django.utils import translation

from portal import kept


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """A test's rollback takes the content version back: what is kept must go too."""
    kept.forget()


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """A request to an English page leaves its language behind for the next test."""
    with translation.override("fr"):
        yield
