"""Jobs and bulk actions to look at; procrastinate's own pages give way to ours."""

from typing import Any

import procrastinate.contrib.django.admin  # noqa: F401 registers what is taken off below
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from portal.admin import ModelAdmin
from portal.jobs import bulk
from portal.jobs.models import BulkAction, Job, JobStatus, Run

admin.site.unregister(ProcrastinateJob)

BADGES = {JobStatus.SUCCEEDED: "good", JobStatus.FAILED: "removed", JobStatus.DOING: "changed"}
TOLD = 3  # refusals that the message after a small action names


class ReadOnlyAdmin(ModelAdmin):
    """Rows that the site alone writes."""

    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def badge(status: str) -> str:
    kind = BADGES.get(JobStatus(status), "")
    return format_html(
        '<span class="badge badge-{}">{}</span>', kind or "waiting", JobStatus(status).label
    )


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """What waits, runs, is done or failed. Arguments are not shown: they may name people."""

    list_display = ["task_name", "state", "queued_at", "scheduled_at", "attempts", "error"]
    list_filter = ["status"]
    search_fields = ["task_name"]
    ordering = ["-pk"]
    fields = ["task_name", "state", "queued_at", "scheduled_at", "attempts", "error"]
    actions = ["try_again"]

    def get_queryset(self, request: HttpRequest) -> Any:
        events = ProcrastinateEvent.objects.filter(job_id=OuterRef("pk"), type="deferred")
        runs = Run.objects.filter(job_id=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                queued=Subquery(events.order_by("pk").values("at")[:1]),
                last_error=Subquery(runs.values("error")[:1]),
            )
        )

    @admin.display(description=_("state"), ordering="status")
    def state(self, job: Job) -> str:
        return badge(job.status)

    @admin.display(description=_("queued at"))
    def queued_at(self, job: Any) -> Any:
        return job.queued

    @admin.display(description=_("last error"))
    def error(self, job: Any) -> str:
        return job.last_error or "–"

    def has_repeat_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.change_job")

    @admin.action(description=_("Try the failed ones again"), permissions=["repeat"])
    @transaction.atomic
    def try_again(self, request: HttpRequest, jobs: models.QuerySet[Job]) -> None:
        count = waiting = 0
        # Those that somebody else tries again at this moment are theirs.
        failed = jobs.filter(status=JobStatus.FAILED).select_for_update(skip_locked=True)
        for job in failed:
            try:
                with transaction.atomic():
                    app.job_manager.retry_job_by_id(
                        job.pk,
                        retry_at=timezone.now(),
                        priority=job.priority,
                        queue=job.queue_name,
                        lock=job.lock,
                    )
            except UniqueViolation:  # of jobs with the same queueing lock, one waits
                waiting += 1
            else:
                count += 1
        text = ngettext("%(count)d job waits again.", "%(count)d jobs wait again.", count)
        self.message_user(request, text % {"count": count})
        if waiting:
            text = ngettext(
                "%(count)d job was left out: one that does the same waits already.",
                "%(count)d jobs were left out: jobs that do the same wait already.",
                waiting,
            )
            self.message_user(request, text % {"count": waiting}, messages.WARNING)


@admin.register(BulkAction)
class BulkActionAdmin(ReadOnlyAdmin):
    """How far an action on many rows is, and which rows it refused."""

    list_display = ["label", "asked_by", "asked_at", "state", "progress", "refused"]
    list_filter = ["asked_at"]
    list_select_related = ["asked_by"]
    search_fields = ["label", "asked_by__email"]
    ordering = ["-pk"]
    fields = [
        *["label", "content_type", "state", "progress", "total", "done", "refused"],
        *["reasons", "asked_by", "asked_at", "finished_at"],
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        jobs = Job.objects.filter(pk=OuterRef("job_id"))
        return (
            super()
            .get_queryset(request)
            .defer("pks")
            .annotate(job_status=Subquery(jobs.values("status")[:1]))
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever asked for it follows it."""
        is_mine = obj is not None and obj.asked_by_id == request.user.pk
        return is_mine or super().has_view_permission(request, obj)

    @admin.display(description=_("state"))
    def state(self, row: Any) -> str:
        if row.is_finished:
            return badge(JobStatus.SUCCEEDED)
        if row.job_status == JobStatus.FAILED:
            return badge(JobStatus.FAILED)
        state = badge(JobStatus.DOING if row.done else JobStatus.TODO)
        # A plain link: it works without JavaScript, and nobody's reading is interrupted.
        return format_html('{} <a href="">{}</a>', state, _("Show the newest state"))

    @admin.display(description=_("progress"))
    def progress(self, row: BulkAction) -> str:
        return format_html(
            '<progress max="{}" value="{}" aria-label="{}"></progress> {}',
            row.total or 1,
            row.done if row.total else 1,
            _("progress"),
            _("%(done)s of %(total)s") % {"done": row.done, "total": row.total},
        )

    @admin.display(description=_("reasons"))
    def reasons(self, row: BulkAction) -> str:
        return format_html_join("", "<div>{}: {}</div>", row.refusals) or "–"


def run_and_tell(
    request: HttpRequest,
    func: bulk.RowAction,
    rows: models.QuerySet[Any],
    *,
    label: str | Promise,
    options: dict[str, Any] | None = None,
) -> HttpResponse | None:
    """What an action of the admin returns: a message if all is done, else the page of progress."""
    done = bulk.run_in_batches(func, rows, label=label, asked_by=request.user, options=options)
    if not done.is_finished:
        return redirect("admin:jobs_bulkaction_change", done.pk)
    if done.succeeded:
        text = ngettext("%(count)d row: done.", "%(count)d rows: done.", done.succeeded)
        messages.success(request, text % {"count": done.succeeded})
    for name, reason in done.refusals[:TOLD]:
        messages.warning(request, f"{name}: {reason}")
    if done.refused > TOLD:
        link = format_html(
            '<a href="{}">{}</a>',
            reverse("admin:jobs_bulkaction_change", args=[done.pk]),
            _("All refused rows"),
        )
        messages.warning(request, link)
    return None
