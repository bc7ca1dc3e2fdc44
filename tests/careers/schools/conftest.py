from collections.abc import Iterator

import pytest
from django.utils import translation

from portal import kept


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Pages say the words of the code, whatever is translated."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """A test's rollback takes the content version back: what is kept must go too."""
    kept.forget()
