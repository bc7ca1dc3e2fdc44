import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from quiz import actions, compatibility_result, mails, reality
from quiz.models import QuizSession
from tests.logged import logged
from tests.quiz.answered import finished
from tests.quiz.one_profession import said
from tests.quiz.shipped import page_of
from tests.smtp import GREYLISTED, UNKNOWN, mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SMTP = "django.core.mail.backends.smtp.EmailBackend"
ADDRESS = "ann.peeters@example.org"


@pytest.fixture
def session(nurse):
    return finished()


def use(settings, port):
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.fixture
def sink(settings):
    with mail_server() as server:
        use(settings, server.port)
        yield server


@pytest.fixture
def silent(settings, monkeypatch):
    """A mail server that takes the call and says nothing."""
    monkeypatch.setattr(mails, "SECONDS", 0.3)
    with mail_server(answers=False) as server:
        use(settings, server.port)
        yield server


def send(client, session, to=ADDRESS):
    return client.post(page_of(session, "send"), {"email": to})


def test_the_result_is_sent_with_its_sentences_and_the_link_that_only_shows(
    client, session, nurse, sink, settings
):
    settings.SITE_URL = "https://www.example.org"

    response = send(client, session)

    assertRedirects(response, f"{page_of(session, 'send')}?sent=1")
    [(receivers, message)] = sink.sent
    text = message.get_content().replace("\r\n", "\n")
    link = reverse("quiz:result", args=[session.share_token])
    assert (receivers, message["To"]) == ([ADDRESS], ADDRESS)
    assert message["Subject"] == "Your quiz result"
    assert f"\nhttps://www.example.org{link}\n" in text
    assert f"- {nurse.title}: " in text
    assert "attracts you" in text
    assert session.edit_token not in message.as_string()


def test_the_address_is_stored_and_logged_nowhere(client, session, sink, caplog):
    caplog.set_level(logging.DEBUG)

    send(client, session)
    page = client.get(f"{page_of(session, 'send')}?sent=1")

    assertContains(page, "We have not kept the address")
    assert ADDRESS not in page.content.decode()
    told = caplog.text + " ".join(str(vars(record)) for record in caplog.records)
    assert "ann.peeters" not in told
    assert session.edit_token not in told
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(s)::text FROM quiz_quizsession s")
        [[row]] = cursor.fetchall()
    assert "ann" not in row
    assert '"mails": 1' in row


def test_a_result_is_sent_three_times_and_no_more(client, session, sink):
    for _time in range(3):
        send(client, session)

    response = send(client, session, "someone.else@example.org")

    assertContains(response, "often enough", status_code=429)
    assert len(sink.sent) == 3


def test_a_server_that_hangs_is_waited_for_a_moment_only(client, session, silent):
    start = time.monotonic()

    response = send(client, session)

    assert time.monotonic() - start < 15
    assertContains(response, "Nothing is lost", status_code=503)
    assertContains(response, f'value="{ADDRESS}"', status_code=503)
    assert QuizSession.objects.get().mails == 0


def test_failures_are_logged_without_the_address_and_the_links(client, session, silent):
    with logged() as lines:
        send(client, session)

    told = json.dumps(lines())
    assert "result not sent" in told
    assert "Service Unavailable: " in told
    for secret in ["ann", session.edit_token, session.share_token]:
        assert secret not in told


def test_no_server_at_all_is_a_clear_failure(client, session, settings):
    use(settings, 1)

    response = send(client, session)

    assertContains(response, "could not be sent", status_code=503)
    assert QuizSession.objects.get().mails == 0


def test_an_address_that_the_server_refuses_is_named_as_the_fault(client, session, sink):
    response = send(client, session, UNKNOWN)

    assertContains(response, "knows no such address")
    assert not sink.sent


def test_an_address_that_is_refused_for_now_is_no_fault_of_the_person(client, session, sink):
    response = send(client, session, GREYLISTED)

    assertContains(response, "could not be sent", status_code=503)
    assertContains(response, "Nothing is lost", status_code=503)
    assert QuizSession.objects.get().mails == 0


def test_a_server_that_answers_without_end_is_left(client, session, settings, monkeypatch):
    monkeypatch.setattr(mails, "SECONDS", 0.5)
    monkeypatch.setattr(mails, "SECONDS_IN_ALL", 1)
    with mail_server(drips=True) as server:
        use(settings, server.port)
        start = time.monotonic()

        response = send(client, session)

        assert time.monotonic() - start < 15
    assertContains(response, "Nothing is lost", status_code=503)


@pytest.mark.parametrize(
    "address",
    ["", "ann", "a@example.org,b@example.org", "a@example.org\nBcc: b@example.org", "a\0@b.be"],
)
def test_what_is_not_one_address_is_sent_nowhere(client, session, sink, address):
    response = send(client, session, address)

    assertContains(response, "There is a problem")
    assert not sink.sent


def test_nobody_else_sends_it(session, sink):
    stranger = Client(enforce_csrf_checks=True)

    by_share = Client().post(reverse("quiz:send", args=[session.share_token]), {"email": ADDRESS})
    from_elsewhere = stranger.post(page_of(session, "send"), {"email": ADDRESS})

    assert by_share.status_code == 404
    assert from_elsewhere.status_code == 403
    assert not sink.sent


def test_a_connection_sends_only_so_many(client, nurse, sink, settings):
    settings.ACCOUNT_RATE_LIMITS = {"send_result": "1/h/ip"}
    first, second = finished(), finished()
    send(client, first)

    response = send(client, second)

    assertContains(response, "Wait an hour", status_code=429)
    assert len(sink.sent) == 1


def test_an_address_gets_only_so_many_results_whoever_sends_them(client, nurse, sink, settings):
    settings.ACCOUNT_RATE_LIMITS = {"send_result_to": "2/h/key"}
    for _time in range(2):
        send(client, finished())

    response = send(Client(REMOTE_ADDR="192.0.2.7"), finished(), ADDRESS.upper())
    send(client, finished(), "someone.else@example.org")

    assertContains(response, "sent to this address", status_code=429)
    assert [receivers for receivers, _message in sink.sent] == [
        [ADDRESS],
        [ADDRESS],
        ["someone.else@example.org"],
    ]


def test_the_count_of_an_address_does_not_tell_it():
    assert "ann" not in mails.mark_of(ADDRESS)
    assert mails.mark_of(ADDRESS) == mails.mark_of(ADDRESS.title())


def test_what_is_not_finished_is_not_sent(client, nurse, sink):
    session = actions.start(language="en")

    response = send(client, session)

    assertRedirects(response, page_of(session))
    assert not sink.sent


def test_the_quiz_about_one_profession_is_sent_with_both_results(client, finished_one, sink):
    said(finished_one, "yes", "no")

    send(client, finished_one)

    [(_receivers, message)] = sink.sent
    text = message.get_content().replace("\r\n", "\n")
    found = compatibility_result.of(finished_one)
    assert f"\nIt is about the profession: {found.match.title}\n" in text
    assert f"\n{found.said}\n" in text
    told = reality.said(finished_one)
    assert f"What speaks against it for you\n- {told.deal_breakers[0].text}\n" in text
    assert f"To find out\n- {told.open_points[0].text}\n" in text
    assert finished_one.share_token in text


def test_what_was_not_said_to_the_statements_is_not_sent(client, finished_one, sink):
    said(finished_one)

    send(client, finished_one)

    [(_receivers, message)] = sink.sent
    assert "To find out" not in message.get_content()


@pytest.mark.django_db(transaction=True)
def test_one_message_leaves_at_a_time(nurse, sink):
    session = finished()
    held, done = Event(), Event()

    def hold():
        with transaction.atomic():
            QuizSession.objects.select_for_update().get(pk=session.pk)
            held.set()
            done.wait(10)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(hold)
        held.wait(10)
        response = send(Client(), session)
        done.set()

    assertContains(response, "is being sent", status_code=429)
    assert not sink.sent
