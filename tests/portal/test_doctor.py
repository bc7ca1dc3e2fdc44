import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from portal.jobs import defer
from portal.tasks import forget_old_sessions

pytestmark = pytest.mark.django_db


def findings():
    output = StringIO()
    try:
        call_command("doctor", "--json", stdout=output)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, {finding["check"]: finding for finding in json.loads(output.getvalue())}


def test_the_database_of_the_tests_is_sound():
    _, found = findings()

    assert found["database"]["problems"] == []


def test_a_missing_table_is_told_with_its_cure():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE portal_cache")

    code, found = findings()

    assert code == 1
    assert found["database"]["problems"] == [
        {
            "message": "The table of the cache is missing.",
            "cure": "manage.py createcachetable",
        }
    ]


def test_work_that_waits_without_a_worker_is_told(settings):
    defer(forget_old_sessions)
    assert findings()[1]["jobs"]["ok"]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '6 minutes'")
    (problem,) = findings()[1]["jobs"]["problems"]
    assert "No worker is running" in problem["message"]
    assert "manage.py worker" in problem["cure"]

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert findings()[1]["jobs"]["ok"]


def test_jobs_that_failed_are_named():
    defer(forget_old_sessions)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")

    (problem,) = findings()[1]["jobs"]["problems"]

    assert problem["message"] == "1 jobs failed: portal.tasks.forget_old_sessions (1)"


def test_production_needs_a_key_hosts_a_server_and_static_files(settings, tmp_path):
    settings.IS_PRODUCTION = True
    settings.SECRET_KEY = "x" * 60
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEBUG = True
    settings.STATIC_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    code, found = findings()

    assert code == 1
    wrong = {name for name, finding in found.items() if not finding["ok"]}
    assert wrong >= {"secret key", "hosts", "debug", "static files", "e-mail"}


def test_people_read_what_to_do(settings):
    settings.PUBLISHED_LANGUAGES = ["fr", "nl", "xx"]
    output = StringIO()

    with pytest.raises(SystemExit):
        call_command("doctor", stdout=output, no_color=True)

    assert "wrong  translations: xx is published without a catalogue." in output.getvalue()
    assert "Cure: manage.py makemessages -l xx" in output.getvalue()


BEHIND = {
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "ALLOWED_HOSTS": [".metiers.test"],
    "SITE_URL": "https://metiers.test",
    "DEFAULT_FROM_EMAIL": "Jalon <ne-pas-repondre@metiers.test>",
    "OPERATOR_NAME": "Métiers ASBL",
    "OPERATOR_CONTACT": "https://metiers.test/contact",
}


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        ("sender", {"DEFAULT_FROM_EMAIL": "Jalon <ne-pas-repondre@example.org>"}),
        ("address", {"SITE_URL": "https://.metiers.test"}),
        ("address", {"SITE_URL": "https://other.test"}),
        ("address", {"SITE_URL": "http://metiers.test"}),
        ("operator", {"OPERATOR_NAME": ""}),
        ("operator", {"OPERATOR_CONTACT": ""}),
        ("operator", {"OPERATOR_CONTACT": "rue Haute 1"}),
        ("operator", {"OPERATOR_CONTACT": "contact@example.org"}),
        ("proxy", {"ALLAUTH_TRUSTED_PROXY_COUNT": 0, "SECURE_PROXY_SSL_HEADER": None}),
    ],
)
def test_production_says_who_and_where_it_is(settings, tmp_path, check, wrong):
    settings.IS_PRODUCTION = True
    settings.STATIC_ROOT = tmp_path
    for name, value in BEHIND.items():
        setattr(settings, name, value)
    _code, found = findings()
    assert found[check]["ok"]

    for name, value in wrong.items():
        setattr(settings, name, value)

    _code, found = findings()
    assert not found[check]["ok"]
