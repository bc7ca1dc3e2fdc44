"""Memory, start, freshness: what `benchmarks/search.py` measures once, each in a new process."""

import gc
import os
import statistics
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from time import perf_counter, process_time

import psutil
from django.db import connection, connections
from django.utils import timezone

from benchmarks.searching import Site, measured, start
from careers.offers import search
from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from careers.offers.search import following, snapshot
from careers.offers.search.query import Query
from careers.offers.search.terms import query_words

# Offers that are changed, to measure what that takes.
CHANGED = 500
# Commits after which the workers are asked for what was committed.
COMMITS = 40
WORKERS = 2
PATIENCE = 10  # seconds

Figures = dict[str, float]


def alone(function: Callable[..., Figures], size: int) -> Figures:
    """What a function of this module finds in a process of its own."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=start, initargs=[size]) as pool:
        return pool.submit(function).result()


def _own_memory() -> int:
    """Bytes of this process that no other shares."""
    gc.collect()
    return psutil.Process().memory_full_info().uss


def building() -> Figures:
    """The index from the database, then to a file."""
    path = snapshot.default_path()
    began = perf_counter()
    index = following.build()
    built = perf_counter()
    snapshot.write(index, path)
    written = perf_counter()
    return {
        "build s": built - began,
        "write s": written - built,
        "snapshot MB": path.stat().st_size / 1e6,
    }


def loading() -> Figures:
    """A start with a snapshot: until memory answers, and what it takes."""
    connection.ensure_connection()
    before, began = _own_memory(), perf_counter()
    search.start()
    ready = perf_counter() - began
    engine = search._live.engine
    taken = _own_memory() - before
    query = Query(timezone.localdate())
    first = measured(lambda: search.search(query))
    return {
        "ready s": ready,
        "first search ms": first.wall,
        "index MB": taken / 1e6,
        "bytes an offer": taken / len(engine.index.everything),
    }


def sharing() -> Figures:
    """What a worker that was forked after loading takes for itself, as it searches and serves."""
    site = Site()
    # As before a fork in `portal.wsgi`.
    connections.close_all()
    gc.collect()
    gc.freeze()
    ours, theirs = Pipe()
    if not os.fork():
        theirs.send(_worker_memory(site))
        os._exit(0)
    figures = ours.recv()
    os.wait()
    return figures


def _worker_memory(site: Site) -> Figures:
    before = _own_memory()
    for query in site.queries.values():
        search.search(query)
    searched = _own_memory()
    for path in site.paths.values():
        site.ask(path)
    served = _own_memory()
    return {
        "private after searches MB": (searched - before) / 1e6,
        "private after pages MB": (served - before) / 1e6,
    }


def changing() -> Figures:
    """Changes of the words of offers, applied to the index."""
    search.start()
    index = search._live.engine.index
    ids = _newest(CHANGED)
    _rename(ids)
    began = process_time()
    count = 0
    while done := following.follow(index):
        count += done
    taken = process_time() - began
    _rename(ids, back=True)
    following.follow(index)
    return {"change µs": taken / count * 1e6}


def _newest(count: int) -> list[int]:
    offers = JobOffer.objects.filter(status=OfferStatus.PUBLISHED).order_by("-number")
    return [*offers.values_list("pk", flat=True)[:count]]


def _rename(ids: list[int], mark: str = "jalonesque", *, back: bool = False) -> None:
    for offer in JobOffer.objects.filter(pk__in=ids):
        offer.title = offer.title.removesuffix(f" {mark}") if back else f"{offer.title} {mark}"
        offer.save(update_fields=["title", "title_terms"])


def telling() -> Figures:
    """From a commit until workers that were forked after loading find it."""
    search.start()
    [pk] = _newest(1)
    connections.close_all()
    workers = [_forked() for _number in range(WORKERS)]
    delays = [_delay(pk, f"neuwort{number:04}", workers) for number in range(COMMITS)]
    for pipe in workers:
        pipe.send(None)
    for _pipe in workers:
        os.wait()
    delays.sort()
    return {
        "commit to searchable p50 ms": statistics.median(delays),
        "commit to searchable p95 ms": delays[round(0.95 * (len(delays) - 1))],
    }


def _forked() -> Connection:
    ours, theirs = Pipe()
    if not os.fork():
        while word := theirs.recv():
            theirs.send(_seen(word))
        os._exit(0)
    return ours


def _seen(word: str) -> float:
    """When the search of this process finds the word."""
    query = Query(timezone.localdate(), words=tuple(query_words(word)))
    deadline = perf_counter() + PATIENCE
    while perf_counter() < deadline:
        if search.search(query, facets=()).total:
            return perf_counter()
    return float("inf")


def _delay(pk: int, word: str, workers: list[Connection]) -> float:
    """Milliseconds until all workers, who ask all the time, find a word in an offer."""
    for pipe in workers:
        pipe.send(word)
    _rename([pk], word)
    # The clock of the system: that of one process is that of all.
    committed = perf_counter()
    found = max(pipe.recv() for pipe in workers)
    _rename([pk], word, back=True)
    return max(0.0, found - committed) * 1000


def all_of(size: int) -> Figures:
    """Every figure of this module."""
    figures: Figures = {}
    for function in (building, loading, sharing, changing, telling):
        figures |= alone(function, size)
    return figures
