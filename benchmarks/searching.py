"""What `benchmarks/search.py` measures, in a process of its own for each size of the catalogue.

The CPU time of a call is that of this process and of its database backend; where the backend runs
elsewhere, only that of this process.
"""

import logging
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from typing import Any

import numpy as np
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from django.utils.text import slugify

import benchmarks.ready  # noqa: F401
from benchmarks import offers, search_urls, tantivy_search
from careers.offers import cursors, search
from careers.offers.filters import JobOfferFilterSet
from careers.offers.search.query import Cursor, Query, Sort
from careers.offers.search.sql import SqlSearch
from portal import garbage, kept
from portal.models import ContentVersion

# The pages asked for: the classes of queries of the targets, and the last page of all offers.
EVERYTHING, DEEPEST = "everything", "deepest page"
CLASSES = {
    EVERYTHING: "",
    "a word in most offers": "q=fonction",
    "a wide word": "q=formation",
    "wide word, filter": "q=formation&contract=permanent",
    "two words": "q=equipe+dossiers",
    "one filter": "contract=permanent",
    "three filters": "contract=permanent&time=full&province=60000",
    "a medium word": "q=incendies",
    "a narrow word": "q=echelle",
    "a rare word": "q=encre",
    "place and radius": "where=4000&radius=25",
    "a misspelt word": "q=infirmeir",
    DEEPEST: "",
}
# How often each side is asked in a round, in turns, so that all see the same moments.
TURNS = 2
# Rounds between two in which the database answers alone.
SQL_EVERY = 12


@dataclass(frozen=True, slots=True)
class Sample:
    """What one call took, in milliseconds."""

    cpu: float
    wall: float


# By class and side.
Samples = dict[str, dict[str, list[Sample]]]


def start(size: int) -> None:
    """Point Django at the database of this size."""
    logging.disable(logging.INFO)
    settings.ROOT_URLCONF = "benchmarks.search_urls"
    offers.point_at(size)


def backend_ns() -> int:
    """The CPU time that the database backend of this connection took; 0 where it is elsewhere."""
    if connection.connection is None:
        return 0
    try:
        pid = connection.connection.info.backend_pid
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    except OSError:
        return 0


def measured(call: Callable[[], Any]) -> Sample:
    there, here, now = backend_ns(), process_time_ns(), perf_counter_ns()
    call()
    wall, cpu = perf_counter_ns() - now, process_time_ns() - here
    # A connection that was opened meanwhile has another backend, which began at zero.
    more = backend_ns() - there
    return Sample((cpu + max(more, 0)) / 1e6, wall / 1e6)


def median(samples: Iterable[Sample]) -> float:
    """Milliseconds of CPU."""
    return statistics.median(sample.cpu for sample in samples)


def p95(samples: Iterable[Sample]) -> float:
    """Milliseconds of CPU."""
    values = sorted(sample.cpu for sample in samples)
    return values[round(0.95 * (len(values) - 1))]


class Site:
    """The site as a worker has it: its pages, and its index in memory."""

    def __init__(self) -> None:
        # A start has no time to build a large index: it is there before.
        search.renew_snapshot()
        # In the order of `portal.wsgi`.
        self.application = get_wsgi_application()
        search.start()
        self.engine = search._live.engine
        folder = settings.VAR_DIR / "benchmark" / "tantivy" / connection.settings_dict["NAME"]
        self.tantivy = tantivy_search.opened(folder, self.engine.index)
        self.sql = SqlSearch()
        self.content = ContentVersion.current()
        self.paths = {name: self._path(name) for name in CLASSES}
        self.queries = {name: self._filterset(name).query for name in CLASSES}
        self.sides = {name: self._sides(name) for name in CLASSES}
        # As after its first requests.
        garbage.freeze()

    def _path(self, name: str) -> str:
        parameters = CLASSES[name]
        if name == DEEPEST:
            last = Query(timezone.localdate(), at=Cursor(0, 0, backwards=True), sort=Sort.DATE)
            place = self.engine.search(last).previous
            before = Cursor(0, place.number + 1 if place else 1)
            parameters = f"after={cursors.text(before, Sort.DATE)}"
        return f"/offres/?{parameters}" if parameters else "/offres/"

    def _filterset(self, name: str) -> JobOfferFilterSet:
        return JobOfferFilterSet(QueryDict(self.paths[name].partition("?")[2]))

    def ask(self, path: str) -> bytes:
        """The body of a page, through all middleware, without a network between."""
        statuses: list[str] = []
        environ = RequestFactory(SERVER_NAME="127.0.0.1").get(path).environ
        response = self.application(environ, lambda status, *_rest: statuses.append(status))
        body = b"".join(response)
        response.close()
        if statuses != ["200 OK"]:
            raise SystemExit(f"{path} answered {statuses}.")
        return body

    def _ask_anew(self, path: str) -> bytes:
        kept.forget_parts()
        return self.ask(path)

    def _sides(self, name: str) -> dict[str, Callable[[], Any]]:
        """What is compared for a class of queries."""
        path, slug, query = self.paths[name], slugify(name), self.queries[name]
        stored = search_urls.store(slug, self.ask(path))
        rendered = search_urls.prepare(slug, self._filterset(name))
        newest_first = replace(query, sort=Sort.DATE)
        sides = {
            "page": partial(self.ask, path),
            "page, cards anew": partial(self._ask_anew, path),
            "rendered": partial(self.ask, rendered),
            "stored": partial(self.ask, stored),
            "engine": partial(self._search, self.engine, query),
        }
        if name != DEEPEST:
            sides["newest first"] = partial(self._search, self.engine, newest_first)
            sides["tantivy"] = partial(self._search, self.tantivy, newest_first)
        return sides

    def _search(self, engine: Any, query: Query) -> Any:
        """An answer inside a request, which knows the version of the content."""
        with kept.at(self.content):
            return engine.search(query)

    def round(self, number: int) -> Samples:
        """Each side of each class a few times, in turns."""
        samples: Samples = {name: defaultdict(list) for name in CLASSES}
        for name, sides in self.sides.items():
            # The cards were forgotten by the class before.
            self.ask(self.paths[name])
            for _turn in range(TURNS):
                for side, call in sides.items():
                    samples[name][side].append(measured(call))
            if number % SQL_EVERY == 0:
                sample = measured(partial(self.sql.search, self.queries[name]))
                samples[name]["sql"].append(sample)
        return samples

    def facts(self) -> dict[str, Any]:
        """What is counted, not timed."""
        return {
            "live": len(self.engine.index.everything),
            "found": {name: self._found(query) for name, query in self.queries.items()},
            "kB": {name: len(self.ask(path)) / 1000 for name, path in self.paths.items()},
            "as SQL": [name for name in CLASSES if self._is_as_sql(name)],
            "as tantivy": [name for name in CLASSES if self._is_as_tantivy(name)],
            "same bytes": [name for name in CLASSES if self._has_same_bytes(name)],
        }

    def _found(self, query: Query) -> int:
        return self.engine.search(query, size=0, facets=[]).total

    def _is_as_sql(self, name: str) -> bool:
        query = self.queries[name]
        return self.engine.search(query) == self.sql.search(query)

    def _is_as_tantivy(self, name: str) -> bool:
        if name == DEEPEST:
            return True
        query = replace(self.queries[name], sort=Sort.DATE)
        ours, (numbers, total, counts) = self.engine.search(query), self.tantivy.search(query)
        ids = self.engine.index.column("id", np.array(numbers, np.int64)).tolist()
        return (ids, total, counts) == (
            ours.ids,
            ours.total,
            tantivy_search.in_numbers(ours.counts),
        )

    def _has_same_bytes(self, name: str) -> bool:
        sides = self.sides[name]
        # The address of the page stands in it.
        return len(sides["page"]()) - len(sides["rendered"]()) < 1000


def serve(size: int, pipe: Connection) -> None:
    """Answer until None is asked: "facts", or a number for a round of samples."""
    start(size)
    site = Site()
    while (asked := pipe.recv()) is not None:
        pipe.send(site.facts() if asked == "facts" else site.round(asked))
