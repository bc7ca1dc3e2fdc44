"""Every address of the site: who may open it, how, and in which languages it exists."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, resolve, reverse
from django.utils import translation

from tests.pages import BARE, LANGUAGES, OF_ONE_QUIZ, PAGES, is_public, patterns

# What a visitor without an account may open besides the pages of `tests.pages`.
DOORS = {
    "admin:login",
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "account_logout",
    "account_reauthenticate",
}
SAMPLES = {"int": "1", "uuid": "12345678-1234-5678-1234-567812345678"}


def sample_arguments(pattern: URLPattern) -> dict[str, str]:
    """Something for each part of an address that varies."""
    route = pattern.pattern
    if converters := getattr(route, "converters", {}):
        kinds = {name: type(converter).__name__ for name, converter in converters.items()}
        return {
            name: SAMPLES.get(kind.removesuffix("Converter").lower(), "a")
            for name, kind in kinds.items()
        }
    choices = re.findall(r"\(\?P<(\w+)>(\w+)\|", str(route))
    groups = getattr(route, "regex", re.compile("")).groupindex
    return dict.fromkeys(groups, "1-a") | dict(choices)


def named_patterns() -> Iterator[tuple[str, URLPattern, str]]:
    """Name, pattern and a French address of each URL pattern that has a name."""
    for name, pattern in patterns():
        if not pattern.name:
            continue
        with translation.override("fr"):
            yield name, pattern, reverse(name, kwargs=sample_arguments(pattern))


def test_what_is_public_is_so_on_purpose():
    public = {name for name, pattern in patterns() if is_public(pattern)}

    assert public - DOORS == {*PAGES, *BARE, *OF_ONE_QUIZ}


@pytest.mark.django_db
def test_all_else_asks_to_sign_in():
    doors, client = (reverse(settings.LOGIN_URL), reverse("admin:login")), Client()
    private = [(name, url) for name, pattern, url in named_patterns() if not is_public(pattern)]

    answers = {name: client.get(url) for name, url in private}

    assert len(answers) > 50
    assert [
        f"{name}: {answer.status_code}"
        for name, answer in answers.items()
        if answer.status_code != 302 or not answer.url.startswith(doors)
    ] == []


# Public addresses that take more than reading.
ALSO_TAKE = {
    "offers:report": "GET, HEAD, POST",
    "portal:shortlist_change": "POST",
    "quiz:start": "GET, HEAD, POST",
    "quiz:class": "GET, HEAD, POST",
    "compatibility:begin": "GET, HEAD, POST",
}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
def test_public_pages_take_no_other_method(client, method):
    for name, _pattern, url in named_patterns():
        allowed = ALSO_TAKE.get(name, "GET, HEAD")
        if name in {*PAGES, *BARE} - {"portal:sitemap"} and method not in allowed:
            response = client.generic(method, url)
            assert (response.status_code, response["Allow"]) == (405, allowed), name


@pytest.mark.django_db
def test_a_header_cannot_change_the_method(client):
    for header in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]:
        assert client.get("/", headers={header: "DELETE"}).status_code == 200


def test_every_address_exists_in_every_language_and_leads_back():
    for name, pattern in patterns():
        if name in DOORS | BARE or ":" not in name or name.startswith("admin:"):
            continue
        arguments, urls = sample_arguments(pattern), set()
        for language in LANGUAGES:
            with translation.override(language):
                url = reverse(name, kwargs=arguments)
                assert resolve(url).view_name == name
                urls.add(url)
        assert len(urls) == len(LANGUAGES), f"{name}: {urls}"


def test_words_of_addresses_are_plain_and_translated():
    for name, _pattern, french in named_patterns():
        assert re.fullmatch(r"[a-z0-9/_.:-]*", french), f"{name}: {french}"
