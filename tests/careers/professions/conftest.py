from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """A request to an English page leaves its language behind for the next test."""
    with translation.override("fr"):
        yield
