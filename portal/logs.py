"""Structured logs: one line an event, to standard error, without secrets or personal data."""

import logging
import logging.config
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.tracebacks import ExceptionDictTransformer
from structlog.types import EventDict, Processor, WrappedLogger

SECRET = re.compile(r"passw|secret|token|authorization|cookie|session|api_?key|database_url", re.I)
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

log = structlog.get_logger("portal.requests")


def configuration(form: str) -> dict[str, Any]:
    """The `LOGGING` setting; `form` is `json`, for machines, or `console`, for people."""
    renderers: dict[str, list[Processor]] = {
        "json": [
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        "console": [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ],
    }
    if form not in renderers:
        raise ValueError(f"LOG_FORMAT is json or console, not {form!r}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared_processors(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderers[form],
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Its 4xx lines repeat ours, with the whole address; its errors hold the traceback.
            "django.request": {"level": "ERROR"},
            # A line for each trigger of each migrate.
            "pgtrigger": {"level": "WARNING"},
            # Its lines hold the arguments of jobs, which may name people; we log jobs ourselves.
            "procrastinate": {"level": "WARNING"},
            "procrastinate.worker": {"level": "CRITICAL"},
            "procrastinate.worker.worker": {"level": "ERROR"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Set up both the standard library's loggers and structlog's (the LOGGING_CONFIG setting)."""
    logging.config.dictConfig(settings)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[*shared_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def shared_processors() -> list[Processor]:
    """What is done to each event, whichever library it comes from."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.UnicodeDecoder(),
        name_the_route,
        hide_secrets,
        keep_on_one_line,
    ]


def hide_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace the values whose names tell that they are secret."""
    return {key: "…" if SECRET.search(key) else value for key, value in event.items()}


def name_the_route(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Where a line of Django's own ends with the address of a request, write its route instead."""
    request = getattr(event.get("_record"), "request", None)
    if isinstance(request, HttpRequest):
        address = request.path.encode("unicode_escape").decode("ascii")
        message = str(event.get("event", ""))
        if message.endswith(address):
            event["event"] = f"{message.removesuffix(address)}{_route(request) or '…'}"
    return event


def keep_on_one_line(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Escape line ends in the message, so that no visitor can write a line of the log."""
    message = str(event.get("event", ""))
    event["event"] = message.replace("\r", "\\r").replace("\n", "\\n")
    return event


def _route(request: HttpRequest) -> str | None:
    return request.resolver_match.route if request.resolver_match else None


class RequestLogMiddleware:
    """Log each request in one line and name it in `X-Request-ID`, on the answer and in each event.

    The id of a proxy in front is kept if it has the form of one. The line names the route, not
    the address: addresses may hold what only their visitor should know.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        start = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            log.info(
                "request",
                method=request.method,
                route=_route(request),
                status=response.status_code,
                milliseconds=round((time.perf_counter() - start) * 1000, 1),
            )
        response["X-Request-ID"] = request_id
        return response
