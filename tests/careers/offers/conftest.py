import pytest

from tests.portal.accounts.factories import UserFactory


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True, name="Édith"))
    return client
