from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Pages say the words of the code, whatever is translated."""
    with translation.override("en"):
        yield
