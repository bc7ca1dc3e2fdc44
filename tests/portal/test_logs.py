import json
import logging
from urllib.parse import quote

import pytest
import structlog
from django.http import HttpResponse
from django.utils.log import log_response

from portal import logs
from tests.logged import logged


@pytest.fixture
def lines():
    with logged() as read:
        yield read


def test_secrets_are_hidden(lines):
    structlog.get_logger("shop").info("signed in", password="hunter2", api_key="k", member=7)

    (line,) = lines()
    assert (line["password"], line["api_key"], line["member"]) == ("…", "…", 7)


def test_an_event_is_one_line_whatever_it_says(lines):
    logging.getLogger("shop").warning("Not found: %s", "/a\n{forged}")

    (line,) = lines()
    assert line["event"] == "Not found: /a\\n{forged}"


def test_an_error_is_one_line_without_the_values_of_variables(lines):
    def fail():
        word = "hunter2"
        raise ValueError(len(word))

    try:
        fail()
    except ValueError:
        logging.getLogger("shop").exception("failed")

    (line,) = lines()
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert "hunter2" not in json.dumps(line)


def test_a_request_is_one_line_with_its_route_and_id(lines, rf):
    request = rf.get("/results/private-token/?q=word", headers={"X-Request-ID": "proxy-12345"})

    response = logs.RequestLogMiddleware(lambda request: HttpResponse())(request)

    (line,) = lines()
    assert response["X-Request-ID"] == line["request_id"] == "proxy-12345"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert "private-token" not in json.dumps(line)


@pytest.mark.parametrize("path", ["/fr/quiz/resultat/private-token/", "/réponse/private-token/"])
@pytest.mark.parametrize("name", ["django.request", "django.security.csrf"])
def test_no_line_of_django_holds_an_address(lines, rf, path, name):
    response = HttpResponse(status=503)

    log_response(
        "%s: %s",
        response.reason_phrase,
        path,
        response=response,
        request=rf.get(quote(path)),
        logger=logging.getLogger(name),
    )

    (line,) = lines()
    assert line["event"] == "Service Unavailable: …"
    assert "private-token" not in json.dumps(line)


def test_an_id_that_is_none_is_replaced(lines, rf):
    request = rf.get("/", headers={"X-Request-ID": "a b\tc"})

    response = logs.RequestLogMiddleware(lambda request: HttpResponse())(request)

    assert response["X-Request-ID"] == lines()[0]["request_id"]
    assert " " not in response["X-Request-ID"]


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="json or console"):
        logs.configuration("xml")
