"""The item bank and the answers of its scale from the content files."""

from portal.imports.files import Record
from portal.imports.loading import Outcome, upsert
from portal.imports.records import columns, only
from quiz.enums import ItemStatus
from quiz.models import Item, ScalePoint


def load_item(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, ["key", "dimension", "facet", "status", "text"])
    fields = {
        "dimension": values["dimension"],
        "facet": values["facet"],
        "status": values.get("status") or str(ItemStatus.ACTIVE),
        **columns("text", values["text"]),
    }
    return upsert(Item, {"key": values["key"]}, fields, overwrite=overwrite)


def load_scale_point(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, ["value", "label"])
    lookup = {"value": int(values["value"])}
    labels = columns("label", values["label"])
    return upsert(ScalePoint, lookup, labels, overwrite=overwrite)
