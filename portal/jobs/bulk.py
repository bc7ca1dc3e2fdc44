"""Actions on many rows: a few at once, many in batches by jobs that show how far they are."""

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, models, transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.jobs.models import BulkAction
from portal.jobs.queue import defer, task

AT_ONCE = 500  # rows that an answer can wait for
BATCH = 200  # rows: a worker that is asked to stop finishes its batch
REASONS = 200  # refusals that are kept with their reason

# Called with the row, who asked (None once that account is gone), and the options as keywords.
RowAction = Callable[..., None]
ACTIONS: dict[str, RowAction] = {}

log = structlog.get_logger("portal.jobs")


class Refused(Exception):
    """This row cannot be treated so; the message, for people, says why."""


def action(func: RowAction) -> RowAction:
    """Decorator of what a bulk action does to one row; it stands in a module `tasks.py`.

    It may raise Refused or ValidationError: the row is told, and the others go on.
    """
    ACTIONS[_name(func)] = func
    return func


def _name(func: RowAction) -> str:
    return f"{func.__module__}.{func.__qualname__}"


@transaction.atomic
def run_in_batches(
    func: RowAction,
    rows: models.QuerySet[Any],
    *,
    label: str | Promise,
    asked_by: Any,
    options: dict[str, Any] | None = None,
) -> BulkAction:
    """Treat the rows: at once up to AT_ONCE of them, else by jobs, batch after batch.

    `options` are what JSON can hold; `func` gets them as keywords with each row.
    The answer says which: `is_finished`, and then `succeeded`, `refused` and `refusals`.
    """
    if _name(func) not in ACTIONS:
        raise LookupError(f"{_name(func)} lacks the decorator bulk.action.")
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    bulk = BulkAction.objects.create(
        action=_name(func),
        label=str(label),
        content_type=ContentType.objects.get_for_model(rows.model),
        pks=pks,
        total=len(pks),
        asked_by=asked_by,
        options=options or {},
        language=translation.get_language() or "",
    )
    if bulk.total > AT_ONCE:
        _defer_next(bulk)
    else:
        do_batch(bulk, AT_ONCE)
    return bulk


def _defer_next(bulk: BulkAction) -> None:
    bulk.job_id = defer(next_batch, bulk_id=bulk.pk)
    bulk.save(update_fields=["job_id"])


@task()
def next_batch(*, bulk_id: int) -> None:
    """Treat the next rows of a bulk action, and defer the job of those after them."""
    bulk = BulkAction.objects.defer("pks").get(pk=bulk_id)
    with translation.override(bulk.language or None):
        do_batch(bulk, BATCH)
    if not bulk.is_finished:
        _defer_next(bulk)


def do_batch(bulk: BulkAction, size: int) -> None:
    """Treat that many rows and write down how far it is, in the caller's transaction."""
    func = ACTIONS[bulk.action]
    reasons = []
    found = list(bulk.next_rows(size))
    for row in found:
        if reason := _refusal(func, row, bulk):
            reasons.append([str(row), reason])
    size = min(size, bulk.total - bulk.done)
    if gone := size - len(found):
        reasons.append(["", _("%(count)d rows are gone.") % {"count": gone}])
    bulk.done += size
    bulk.refused += len(reasons) - bool(gone) + gone
    bulk.refusals = (bulk.refusals + reasons)[:REASONS]
    if bulk.done >= bulk.total:
        bulk.finished_at = timezone.now()
    bulk.save(update_fields=["done", "refused", "refusals", "finished_at"])


def _refusal(func: RowAction, row: Any, bulk: BulkAction) -> str:
    """Why the row was left as it was, "" if it was not."""
    try:
        with transaction.atomic():
            func(row, bulk.asked_by, **bulk.options)
    except Refused as error:
        return str(error)
    except ValidationError as error:
        return " ".join(error.messages)
    except (InterfaceError, OperationalError):
        raise  # the database is not there: the batch is tried again
    except Exception:
        log.exception("a row of a bulk action failed", model=row._meta.label, pk=row.pk)
        return _("Unexpected error; the log holds it.")
    return ""
