"""What is refused before any page looks at it, and what is true of every answer."""

import json
import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertTemplateUsed

from careers.offers import logos
from portal import kept
from tests.house import ROOT
from tests.portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

PRIVACY = "/confidentialite/"


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "FOO"])
@pytest.mark.parametrize(
    ("path", "verbs"),
    [
        ("/", "GET, HEAD"),
        ("/offres/", "GET, HEAD"),
        ("/quiz/", "GET, HEAD, POST"),
        ("/compte/login/", "GET, HEAD, POST, OPTIONS"),
        ("/admin/", "GET, HEAD, POST, OPTIONS"),
        ("/zzz/", "GET, HEAD, POST, OPTIONS"),
    ],
)
def test_a_verb_that_no_page_has_is_refused_with_those_there_are(path, verb, verbs):
    response = Client(enforce_csrf_checks=True).generic(verb, path)

    assert response.status_code == 405
    assert response.headers["Allow"] == verbs
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(("path", "language"), [("/quiz/", "fr"), ("/en/quiz/", "en")])
def test_what_is_too_large_is_refused_in_the_sites_look(client, settings, path, language):
    settings.LARGEST_BODY = 1000
    file = SimpleUploadedFile("cv.pdf", b"x" * 1001)

    response = client.post(path, {"file": file})

    assert response.status_code == 413
    assertTemplateUsed(response, "413.html")
    assertContains(response, f'<html lang="{language}"', status_code=413)


def test_the_largest_logo_fits_with_its_form(settings):
    assert settings.LARGEST_BODY >= logos.MOST_BYTES + 512 * 1024
    assert settings.LARGEST_BODY >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("length", ["", "-1", "x", "9" * 30])
def test_a_length_that_is_none_is_no_error(client, length):
    assert client.post("/quiz/", CONTENT_LENGTH=length).status_code in {403, 413}


def test_nothing_that_a_person_sees_is_stored(client):
    client.force_login(UserFactory())

    for path in ["/", "/metiers/", PRIVACY, "/suggestions/?q=a", "/robots.txt", "/zzz/"]:
        directives = client.get(path, follow=True).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(directives.split(", ")), path
        assert "public" not in directives


def test_answers_to_anybody_stay_as_they_are(client, django_assert_max_num_queries):
    kept.forget()
    client.get("/plan-du-site/")

    with django_assert_max_num_queries(1):
        response = client.get("/plan-du-site/")

    assert "Cache-Control" not in response.headers
    assert not client.cookies
    assert "public" in client.get("/suggestions/?q=a").headers["Cache-Control"]


WITHOUT_DATABASE = """
import django, json; django.setup()
from django.test import Client
client, answers = Client(raise_request_exception=False), {}
for path in ["/", "/en/", "/metiers/", "/offres/", "/quiz/", "/compte/login/", "/admin/"]:
    client.cookies["session"] = "abcdefghijklmnopqrstuvwxyz012345"
    response = client.get(path)
    page = response.content.decode()
    answers[path] = [response.status_code, response.headers.get("Retry-After"), "<h1>" in page]
print(json.dumps(answers))
"""


def test_a_database_that_is_gone_is_said_with_the_time_to_come_back():
    gone = {"DATABASE_URL": "postgresql://x:y@127.0.0.1:1/z", "PORTAL_ENV": "test"}
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings"}

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DATABASE],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | gone | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    answers = json.loads(done.stdout)
    assert answers == dict.fromkeys(answers, [503, "10", True])
    assert len(answers) == 7


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (ProgrammingError, 500)]
)
def test_only_failures_of_the_database_ask_to_come_back(client, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr("portal.views_shortlist.shortlist_page.contents", fail)

    assert client.get(reverse("portal:shortlist")).status_code == status
