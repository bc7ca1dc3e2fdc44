from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from portal.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url", ["/?q=%00", "/metiers/%00/", "/recherche/?q=a%00b", f"/recherche/?q={'a' * 20_000}"]
)
def test_an_address_no_page_could_have_made_is_refused_in_the_sites_look(client, url):
    response = client.get(url)

    assert response.status_code == 400
    assert b"Jalon" in response.content


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=%00", "This address makes no sense to us"),
        (f"q={'a' * 20_000}", "It is too long, or holds too many values."),
        ("&".join(f"x{n}=1" for n in range(1_100)), "It is too long, or holds too many values."),
    ],
)
def test_what_is_refused_is_told_in_the_language_of_the_address_with_ways_on(
    client, settings, query, told
):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

    response = client.get(f"/en/offers/?{query}")

    assertContains(response, '<html lang="en">', status_code=400)
    assertContains(response, told, status_code=400)
    assertContains(response, 'href="/en/professions/"', status_code=400)
    assertContains(response, 'action="/en/search/"', status_code=400)


@pytest.mark.parametrize("prefix", ["nl", "de"])
def test_a_language_that_is_not_published_does_not_exist(client, settings, prefix):
    settings.PUBLISHED_LANGUAGES = ["fr", "en"]

    assert client.get(f"/{prefix}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "language"), [("/", "fr"), ("/nl/", "nl"), ("/de/", "de"), ("/en/", "en")]
)
def test_the_path_alone_chooses_the_language(client, path, language):
    response = client.get(path, headers={"accept-language": "en,nl;q=0.9,de;q=0.8"})

    assert f'<html lang="{language}' in response.content.decode()


def test_every_page_carries_the_security_headers(client):
    headers = client.get("/").headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def answer(method, path):
    """Headers and body as the server gets them; the client of Django drops bodies by itself."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "testserver"}
    setup_testing_defaults(environ)
    headers = {}
    response = application(environ, lambda status, fields: headers.update(fields))
    body = b"".join(response)
    response.close()
    return headers, body


@pytest.mark.parametrize("path", ["/", "/confidentialite/", "/zzz/", "/robots.txt"])
def test_head_has_the_headers_of_get_and_no_body(path):
    headers, body = answer("GET", path)
    head_headers, head_body = answer("HEAD", path)

    assert head_body == b""
    assert int(head_headers["Content-Length"]) == len(body) > 0
    assert head_headers.keys() == headers.keys()


def test_a_file_is_not_sent_to_who_asks_for_its_headers():
    _headers, body = answer("HEAD", "/static/portal/img/favicon.svg")

    assert body == b""


def test_browsers_that_guess_the_address_of_the_icon_find_it(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert response["Location"].endswith(".svg")
    assert "public" in response["Cache-Control"]


def test_a_form_sent_without_its_token_is_refused_in_the_sites_look():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})

    assert response.status_code == 403
    assertTemplateUsed(response, "403_csrf.html")
    assertContains(response, 'class="site-header"', status_code=403)
    assertNotContains(response, "style=", status_code=403)
