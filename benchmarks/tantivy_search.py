"""The same answers from tantivy, an engine in Rust, for `benchmarks/search.py` to compare with.

It has the same live offers, in one index on disk: words and facets as numbers, columns for facets
and order ("fast fields"). It is told less than our own engine: what has ended is not in it, so
that it need not look at closing days, and it always lists the newest first.
"""

import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import tantivy

from careers.offers.search import copying, names
from careers.offers.search.answers import since_counts, whole_numbers
from careers.offers.search.index import AUDIENCES, LISTS, Groups, Index, Rows
from careers.offers.search.query import DAYS, PAGE_SIZE, PANEL, SINCE, Query

HEAP = 512 * 1024 * 1024  # bytes
TERMS = ["title", "body"]
# What is counted; each value is a number.
FACETS = [*LISTS, "sector", "province", "audience"]
MOST_VALUES = 1_000
Must, Should = tantivy.Occur.Must, tantivy.Occur.Should


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("published", fast=True)
    for name in TERMS:
        builder.add_integer_field(name, indexed=True)
    for name in ["profession", "employer", "municipality"]:
        builder.add_unsigned_field(name, indexed=True)
    for name in FACETS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def build(folder: Path, day: int) -> None:
    """Write the index of the offers that are open on a day (an ordinal) to an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    writer = tantivy.Index(_schema(), path=str(folder)).writer(HEAP, 1)
    groups = copying.groups()
    for rows in copying.open_offers(day):
        for document in _documents(rows, groups):
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _documents(rows: Rows, groups: Groups) -> Iterable[tantivy.Document]:
    pairs: dict[str, list[list[int]]] = {}
    for name in [*TERMS, "municipality"]:
        pairs[name] = [[] for _ in range(len(rows))]
        places, values = rows.pairs[name]
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            pairs[name][place].append(value)
    columns = ["number", "published", "profession", "employer", "audience", *LISTS]
    values = zip(*[rows.head[name].tolist() for name in columns], strict=True)
    for place, row in enumerate(values):
        found = dict(zip(columns, row, strict=True))
        bits, towns = found.pop("audience"), pairs["municipality"][place]
        document = tantivy.Document()
        for name, value in found.items():
            document.add_unsigned(name, value)
        for name in TERMS:
            for term in pairs[name][place]:
                document.add_integer(name, term)
        for town in towns:
            document.add_unsigned("municipality", town)
        for province in {groups.provinces[town] for town in towns}:
            document.add_unsigned("province", int(province))
        for bit in range(len(AUDIENCES)):
            if bits >> bit & 1:
                document.add_unsigned("audience", bit)
        document.add_unsigned("sector", groups.sectors.get(found["profession"], 0))
        yield document


class TantivySearch:
    """Answers as `Engine` does, for queries of words, towns and facets."""

    def __init__(self, folder: Path) -> None:
        self.schema = _schema()
        self.searcher = tantivy.Index(self.schema, path=str(folder), reuse=True).searcher()

    def __len__(self) -> int:
        return self.searcher.num_docs

    def search(self, query: Query) -> tuple[list[int], int, dict[str, dict[int, int]]]:
        """The numbers of the newest offers, how many there are, and the counts of the panel."""
        always = [self._word(word) for word in names.resolve(query.words)]
        if query.municipalities is not None:
            always.append(self._in("municipality", query.municipalities))
        own = {name: self._in(name, self._keys(name, values)) for name, values in query.chosen}
        matches = self._all([*always, *own.values()])
        page = self.searcher.search(matches, PAGE_SIZE, True, "number")
        counts = self._counts(matches, [name for name in PANEL if name not in own], query)
        for name in own:
            rest = [chosen for other, chosen in own.items() if other != name]
            counts |= self._counts(self._all([*always, *rest]), [name], query)
        return [number for number, _address in page.hits], page.count, counts

    def _word(self, word: names.Word) -> tantivy.Query:
        found = [tantivy.Query.term_query(self.schema, name, word.term) for name in TERMS]
        if word.professions:
            found.append(self._in("profession", word.professions))
        if word.employers:
            found.append(self._in("employer", word.employers))
        return tantivy.Query.boolean_query([(Should, query) for query in found])

    def _in(self, name: str, values: Iterable[int]) -> tantivy.Query:
        values = [*values]
        if len(values) == 1:
            return tantivy.Query.term_query(self.schema, name, values[0])
        return tantivy.Query.term_set_query(self.schema, name, values)

    def _all(self, queries: list[tantivy.Query]) -> tantivy.Query:
        if not queries:
            return tantivy.Query.all_query()
        if len(queries) == 1:
            return queries[0]
        return tantivy.Query.boolean_query([(Must, query) for query in queries])

    def _keys(self, name: str, values: Iterable[str]) -> list[int]:
        return (
            [LISTS[name].index(value) for value in values]
            if name in LISTS
            else (whole_numbers(values))
        )

    def _counts(
        self, matches: tantivy.Query, facets: Iterable[str], query: Query
    ) -> dict[str, dict[int, int]]:
        wanted: dict[str, Any] = {
            name: {"terms": {"field": name, "size": MOST_VALUES}} for name in facets
        }
        if SINCE in wanted:
            wanted[SINCE] = {"range": {"field": "published", "ranges": _bands(query)}}
        found = self.searcher.aggregate(matches, wanted)
        return {
            name: {int(each["key"]): each["doc_count"] for each in found[name]["buckets"]}
            if name != SINCE
            else _within(found[name]["buckets"])
            for name in wanted
        }


def _bands(query: Query) -> list[dict[str, int]]:
    """Ranges of days that do not overlap, each as old as one of DAYS at most."""
    firsts = [(query.today - timedelta(days)).toordinal() for days in DAYS]
    ends = [None, *firsts]
    return [
        {"from": first} | ({"to": end} if end else {})
        for first, end in zip(firsts, ends, strict=False)
    ]


def _within(buckets: list[dict[str, Any]]) -> dict[int, int]:
    newest_first = sorted(
        (each for each in buckets if "from" in each), key=lambda each: -each["from"]
    )
    bands = {str(days): each["doc_count"] for days, each in zip(DAYS, newest_first, strict=True)}
    return {int(days): number for days, number in since_counts(bands).items()}


def in_numbers(counts: dict[str, dict[str, int]]) -> dict[str, dict[int, int]]:
    """The counts of our own answer, in the numbers that stand for values here."""
    return {
        name: {_number(name, key): n for key, n in found.items()} for name, found in counts.items()
    }


def _number(name: str, key: str) -> int:
    if name in LISTS:
        return LISTS[name].index(key)
    return AUDIENCES.index(key) if name == "audience" else int(key)


def folder_of(database: str, var_dir: Path) -> Path:
    return var_dir / "benchmark" / "tantivy" / database


def opened(folder: Path, index: Index) -> TantivySearch:
    """The index of a folder, made anew if it does not hold the offers that are open now."""
    live = len(index.everything)
    if not (folder / "meta.json").exists() or len(TantivySearch(folder)) != live:
        build(folder, index.day)
    return TantivySearch(folder)
