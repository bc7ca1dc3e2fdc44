import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url", ["/?q=%00", "/metiers/%00/", "/recherche/?q=a%00b", f"/recherche/?q={'a' * 20_000}"]
)
def test_an_address_no_page_could_have_made_is_refused_in_the_sites_look(client, url):
    response = client.get(url)

    assert response.status_code == 400
    assert b"Jalon" in response.content


@pytest.mark.parametrize("prefix", ["nl", "de"])
def test_a_language_that_is_not_published_does_not_exist(client, prefix):
    assert client.get(f"/{prefix}/").status_code == 404


@pytest.mark.parametrize(("path", "language"), [("/", "fr"), ("/en/", "en")])
def test_the_path_alone_chooses_the_language(client, path, language):
    response = client.get(path, headers={"accept-language": "de,nl;q=0.9"})

    assert f'<html lang="{language}' in response.content.decode()


def test_every_page_carries_the_security_headers(client):
    headers = client.get("/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
