"""What a stolen session cannot do, who gets mail, and whose limits a request counts for."""

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

from portal import tasks
from tests.portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-secret-2026"


@pytest.fixture
def person():
    user = UserFactory(email="ada@example.org")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def long_ago(person):
    """A session whose password was given long ago, as is one that was stolen."""
    client = Client()
    client.force_login(person)
    return client


def add_address(client, address="eve@example.org"):
    return client.post(reverse("account_email"), {"action_add": "", "email": address}, follow=True)


def test_an_address_is_changed_only_after_the_password(person, long_ago, mailoutbox):
    response = add_address(long_ago)

    assertTemplateUsed(response, "account/reauthenticate.html")
    assertContains(response, 'name="password"')
    assert not EmailAddress.objects.filter(email="eve@example.org").exists()

    long_ago.post(response.redirect_chain[-1][0], {"password": PASSWORD})

    assert EmailAddress.objects.filter(user=person, email="eve@example.org").exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_that_asks_for_the_password_is_one_of_the_site(long_ago, language):
    with translation.override(language):
        response = long_ago.get(reverse("account_reauthenticate"))

    page = response.content.decode()
    assert 'class="site-header"' in page
    assert "<script>" not in page
    assert "style=" not in page


def test_the_owner_hears_of_a_new_password(person, client, mailoutbox):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another-2026", "password2": "another-2026"}

    assertRedirects(
        client.post(reverse("account_change_password"), new),
        reverse("account_change_password"),
        fetch_redirect_response=False,
    )

    (mail,) = mailoutbox
    assert mail.to == [person.email]


def test_who_has_no_account_gets_no_mail(client, person, mailoutbox):
    for address in ["nobody@example.org", person.email]:
        response = client.post(reverse("account_reset_password"), {"email": address})
        assertRedirects(response, reverse("account_reset_password_done"))

    assert [mail.to for mail in mailoutbox] == [[person.email]]


def test_no_mailbox_is_flooded_with_links(client, person, mailoutbox):
    for number in range(7):
        with time_machine.travel(1_800_000_000 + 120 * number):
            client.post(
                reverse("account_reset_password"),
                {"email": person.email},
                REMOTE_ADDR=f"10.0.0.{number}",
            )

    assert len(mailoutbox) == 5


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        (0, "10.0.0.1", "6.6.6.6", "10.0.0.1"),
        (1, "10.0.0.1", "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (2, "10.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        # Past the proxies, or through too few.
        (2, "10.0.0.1", "6.6.6.6", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        # On a unix socket.
        (1, "", "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (0, "", "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (0, "", "6.6.6.6, 2001:db8::7", "2001:db8::7"),
    ],
)
def test_limits_count_for_whom_the_proxy_names(rf, settings, proxies, peer, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert get_adapter().get_client_ip(request) == address


@pytest.mark.parametrize(("proxies", "forwarded"), [(0, ""), (0, "x"), (1, ""), (2, "192.0.2.7")])
def test_who_comes_from_nowhere_is_refused(rf, settings, proxies, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="", HTTP_X_FORWARDED_FOR=forwarded)

    with pytest.raises(PermissionDenied):
        get_adapter().get_client_ip(request)


def test_a_site_on_a_unix_socket_takes_forms(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(REMOTE_ADDR="", headers={"X-Forwarded-For": "192.0.2.7"})

    response = client.post(reverse("account_login"), {"login": "a@b.be", "password": "x"})

    assert response.status_code == 200


def test_counts_of_connections_are_forgotten_once_they_count_no_more():
    def rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM portal_cache")
            return [key for (key,) in cursor.fetchall()]

    cache.clear()
    cache.set("192.0.2.7", [1], timeout=3600)
    cache.set("192.0.2.8", [1], timeout=3600)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE portal_cache SET expires = now() - interval '1 minute' WHERE cache_key LIKE %s",
            ["%.7"],
        )

    tasks.forget_counts.call()

    assert [key.rpartition(":")[2] for key in rows()] == ["192.0.2.8"]


def test_many_connections_at_once_make_nobody_forgotten():
    cache.clear()
    cache.set("counted", [1], timeout=3600)
    for number in range(320):
        cache.set(f"other-{number}", [1], timeout=3600)

    assert cache.get("counted") == [1]
    assert cache.get("other-0") == [1]
