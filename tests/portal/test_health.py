import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("path", "body"), [("/healthz", b"ok\n"), ("/readyz", b"ready\n")])
def test_a_probe_is_answered_whatever_the_host(client, path, body):
    response = client.get(path, headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, body)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_probe_is_only_read(client):
    assert client.post("/healthz").status_code == 404
