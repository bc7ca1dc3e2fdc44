from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.portal.accounts.factories import UserFactory


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Pages say the words of the code, whatever is translated."""
    with translation.override("en"):
        yield


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True, name="Édith"))
    return client
