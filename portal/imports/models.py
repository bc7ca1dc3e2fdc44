from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRecord(models.Model):
    """What a content file last wrote to one object, so that an editor's later change is kept.

    One more row, of the model `ContentVersion` and the key "*", stands for all files together.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    key = models.CharField(_("key"), max_length=200)
    # Field name to hash of the value that was loaded; a different hash now means someone edited it.
    hashes = models.JSONField(_("hashes"), default=dict)
    # Of the row for all files: the hash of them and of the importers, so that nothing is read
    # where nothing changed. Empty in every other row.
    record_hash = models.CharField(_("record hash"), max_length=64)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "key"], name="loadedrecord_one_a_key_and_model"
            )
        ]

    def __str__(self) -> str:
        return self.key
