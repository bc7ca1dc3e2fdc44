from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob


class JobStatus(models.TextChoices):
    """How far a job is; the words are procrastinate's."""

    TODO = "todo", _("waiting")
    DOING = "doing", _("running")
    SUCCEEDED = "succeeded", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    ABORTED = "aborted", _("stopped")


class Run(models.Model):
    """What became of a job: written in the transaction of its effects, so that they happen once."""

    job_id = models.BigIntegerField(primary_key=True)
    is_done = models.BooleanField(default=False)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")

    def __str__(self) -> str:
        return str(self.job_id)


class Job(ProcrastinateJob):
    """A job as procrastinate keeps it, for people to read."""

    class Meta:
        proxy = True
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        # Not its arguments: they may name people.
        return f"{self.task_name} {self.pk}"


class BulkAction(models.Model):
    """An action on many rows, done in batches by jobs."""

    action = models.CharField(_("action"), max_length=200)
    label = models.CharField(_("action"), max_length=200)
    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("kind of row"))
    # In the order in which they are done; `done` of them are.
    pks = ArrayField(models.BigIntegerField())
    total = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("rows done"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    # The first of them: pairs of row and reason.
    refusals = models.JSONField(_("reasons"), default=list, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("asked by"),
        null=True,
        related_name="+",
    )
    # What the action is told beside the row, by name.
    options = models.JSONField(default=dict, blank=True)
    language = models.CharField(_("language"), max_length=2)
    # The job of the next batch.
    job_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")

    def __str__(self) -> str:
        return self.label

    @property
    def succeeded(self) -> int:
        return self.done - self.refused

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    def next_rows(self, size: int) -> models.QuerySet[Any]:
        """The rows of the next batch that still exist."""
        pks = type(self).objects.filter(pk=self.pk)
        pks = pks.values_list(f"pks__{self.done}_{self.done + size}", flat=True)
        rows = self.content_type.get_all_objects_for_this_type(pk__in=pks.get())
        return rows.order_by("pk")
