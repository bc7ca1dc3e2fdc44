"""How much one connection may do, and the status with which a form says so."""

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

OK, TOO_MANY = 200, 429
CODE = "too_many"


def refuse(form: Form, text: str, field: str | None = None) -> None:
    """Write into a form that it was sent too often."""
    form.add_error(field, ValidationError(text, code=CODE))


def is_within(
    request: HttpRequest,
    form: Form,
    *,
    action: str,
    text: str,
    field: str | None = None,
    key: str | None = None,
) -> bool:
    """Count an action of `ACCOUNT_RATE_LIMITS`; beyond its limit the form says the text."""
    if ratelimit.consume(request, action=action, key=key):
        return True
    refuse(form, text, field)
    return False


def may_begin(request: HttpRequest, form: Form) -> bool:
    """Whether one more quiz may begin from here; the form says why not."""
    text = _("Too many quizzes were begun from here. Try again in an hour.")
    return is_within(request, form, action="start_quiz", text=text)


def status_of(form: Form) -> int:
    """429 where a limit refused the form; 200, as for any form that is shown again, otherwise."""
    errors = [error for found in form.errors.as_data().values() for error in found]
    return TOO_MANY if any(error.code == CODE for error in errors) else OK
