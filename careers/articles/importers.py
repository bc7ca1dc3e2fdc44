"""Glossary, articles and employer stories from the content files."""

from careers.articles.models import Article, EmployerStory, GlossaryTerm
from careers.professions.models import Profession, Sector
from portal.imports.files import Record
from portal.imports.loading import Outcome, upsert
from portal.imports.records import columns, day, find, find_optional, only, related, slug_columns
from portal.sources.models import Source


def load_term(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, ["key", "term", "slug", "expansion", "definition", "aliases"])
    fields = {
        **columns("term", values["term"]),
        **slug_columns(values["key"], values.get("slug")),
        **columns("expansion", values.get("expansion")),
        **columns("definition", values["definition"]),
        "aliases": "\n".join(values.get("aliases") or []),
    }
    return upsert(GlossaryTerm, {"key": values["key"]}, fields, overwrite=overwrite)


def load_article(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(
        values,
        "key title slug summary kind published_on source professions terms body".split(),
    )
    fields = {
        "kind": values.get("kind") or "article",
        **columns("title", values["title"]),
        **slug_columns(values["title"], values.get("slug")),
        **columns("summary", values["summary"]),
        **columns("body", values["body"]),
        "published_on": day(values.get("published_on")),
        "source": find_optional(Source, values.get("source")),
    }
    parts = {
        "professions": related("professions", Profession, values.get("professions") or []),
        "terms": related("terms", GlossaryTerm, values.get("terms") or []),
    }
    return upsert(Article, {"key": values["key"]}, fields, parts, overwrite=overwrite)


def load_story(record: Record, overwrite: bool) -> Outcome:
    values = record.values
    only(values, "key employer title text sector country professions source".split())
    fields = {
        "employer": values["employer"],
        **columns("title", values["title"]),
        **columns("text", values["text"]),
        "sector": find_optional(Sector, values.get("sector")),
        "country": values.get("country") or "BE",
        "source": find(Source, values["source"]),
    }
    parts = {"professions": related("professions", Profession, values.get("professions") or [])}
    return upsert(EmployerStory, {"key": values["key"]}, fields, parts, overwrite=overwrite)
