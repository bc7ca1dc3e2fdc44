"""Sources from `sources.yaml`."""

from portal.imports.files import Record
from portal.imports.loading import Outcome, upsert
from portal.imports.records import day, only
from portal.sources.models import Source

FIELDS = ["title", "publisher", "url", "licence", "year", "read_on", "note"]


def load_source(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, ["key", *FIELDS])
    columns = {name: values.get(name) or "" for name in FIELDS}
    columns |= {
        "title": values["title"],
        "year": values.get("year"),
        "read_on": day(values.get("read_on")),
    }
    return upsert(Source, {"key": values["key"]}, columns, overwrite=overwrite)
