"""What every app stands on: the version of the content, and slugs that have moved."""

from typing import Any

import pghistory.trigger
import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import InterfaceError, OperationalError, connection, models
from django.utils.translation import gettext_lazy as _

from portal.fields import LANGUAGE_CODES


class ContentVersion(models.Model):
    """One row whose number rises with each change of content: the key of what is kept."""

    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now; 0 while nothing has been written. Every page asks: no ORM in the way.

        The question is its own health check of the connection: where it fails, it is asked once
        more on a new one, which spares each page a `SELECT 1` before it.
        """
        connection.health_check_done = connection.connection is not None
        try:
            return cls._ask()
        except (InterfaceError, OperationalError):
            if connection.in_atomic_block:
                raise
            connection.close()
            return cls._ask()

    @staticmethod
    def _ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM portal_contentversion WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else 0


class KeptPage(models.Model):
    """A page that costs much to make, made once for all processes (see `portal/kept.py`)."""

    key = models.CharField(max_length=64, primary_key=True)
    # The content version, the day and the code it was made with: others are of no use.
    edition = models.CharField(max_length=64, db_index=True)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("kept page")
        verbose_name_plural = _("kept pages")

    def __str__(self) -> str:
        return self.key


class SlugRedirect(models.Model):
    """A slug that an object had before; its old address answers 301."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.BigIntegerField()
    target = GenericForeignKey()
    language = models.CharField(_("language"), max_length=2)
    slug = models.SlugField(_("slug"), max_length=120)

    class Meta:
        verbose_name = _("moved address")
        verbose_name_plural = _("moved addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "language", "slug"],
                name="slugredirect_one_target_an_address",
                violation_error_message=_("This address already leads somewhere."),
            )
        ]

    def __str__(self) -> str:
        return self.slug


class BumpContentVersion(pgtrigger.Trigger):
    """Counts a statement that changes a table, so that kept pages and word lists are made anew."""

    name = "bump_content_version"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = """
        INSERT INTO portal_contentversion (id, number) VALUES (1, 1)
        ON CONFLICT (id) DO UPDATE SET number = portal_contentversion.number + 1;
        RETURN NULL;
    """


class RememberSlugs(pgtrigger.Trigger):
    """Keeps the slug an object had, so that its old address leads to the new one."""

    name = "remember_slugs"
    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange(*[f"slug_{code}" for code in LANGUAGE_CODES])

    def get_func(self, model: type[models.Model]) -> str:
        meta = model._meta
        return (
            "".join(
                f"""
            IF OLD.slug_{code} IS DISTINCT FROM NEW.slug_{code} AND OLD.slug_{code} IS NOT NULL THEN
                INSERT INTO portal_slugredirect (content_type_id, object_id, language, slug)
                SELECT id, OLD.id, '{code}', OLD.slug_{code} FROM django_content_type
                WHERE app_label = '{meta.app_label}' AND model = '{meta.model_name}'
                ON CONFLICT (content_type_id, language, slug) DO UPDATE SET object_id = OLD.id;
            END IF;"""
                for code in LANGUAGE_CODES
            )
            + "\nRETURN NULL;"
        )


class _Once(pghistory.trigger.Event):
    """An event that is written only where a row has none yet."""

    def get_func(self, model: type[models.Model]) -> pgtrigger.Func:
        table = self.event_model._meta.db_table
        is_known = f"SELECT FROM {table} WHERE pgh_obj_id = OLD.{model._meta.pk.column}"
        write = super().get_func(model).func
        return pgtrigger.Func(f"IF EXISTS ({is_known}) THEN RETURN NULL; END IF; {write}")


class FirstVersion(pghistory.UpdateEvent):
    """What a row was before its first change: for tables of which few rows ever change.

    Its trigger fires before that of `UpdateEvent`, by the order of their names.
    """

    label = "first"
    row = "OLD"

    def add_event_trigger(self, event_model: Any) -> None:
        trigger = _Once(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


def content(*, leave_out: tuple[str, ...] = ()) -> Any:
    """Class decorator of a content model: history by trigger and a new content version on change.

    `leave_out` names columns without history; generated columns are left out by themselves.
    """

    def decorate(model: type[models.Model]) -> type[models.Model]:
        generated = [f.name for f in model._meta.local_fields if f.generated]
        pgtrigger.register(BumpContentVersion())(model)
        for relation in model._meta.local_many_to_many:
            through = relation.remote_field.through
            # Named by a string is a content model of its own, decorated where it stands.
            if not isinstance(through, str) and through._meta.auto_created:
                pgtrigger.register(BumpContentVersion())(through)
        if any(field.name == "slug_fr" for field in model._meta.local_fields):
            pgtrigger.register(RememberSlugs())(model)
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=[*generated, *leave_out],
        )(model)

    return decorate
