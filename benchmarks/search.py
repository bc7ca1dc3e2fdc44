"""The search of offers against the targets, and how it grows.

    PORTAL_ENV=development .venv/bin/python -m benchmarks.search
    .venv/bin/python -m benchmarks.search --offers 10000 100000 1000000
    .venv/bin/python -m benchmarks.search --offers 10000 --rounds 3 --no-targets
    .venv/bin/python -m benchmarks.search --offers 1000000 --drop

Makes a database of invented offers for each size, `jalon_search_<size>` beside the portal's own on
the configured server, unless it is there: 3 GB and about ten minutes for a million. What was
interrupted is gone on with. Offers are open for 60 days at most: after some days make it anew.

Sides, asked in turns in one run, round after round, for each class of queries:

- page: `/offres/?…` through all middleware, its cards as kept in memory; "cards anew" without.
- rendered: a bare view that renders the same page by the same templates, from the answer and the
  rows of a search that was made before, nothing kept. The page is compared with this one.
- stored: a bare view that returns the bytes of the page.
- engine: matches, exact count, counts of all facets and the first 20; "newest first" is the same
  in the order that tantivy can give too.
- tantivy: the same documents, the same answer, from an index on disk in the memory of the system.
- sql: the same answer from PostgreSQL alone.

Costs are CPU milliseconds of the process and its database backend: medians and 95th percentiles.
Absolute figures depend on the machine; the ratios are what counts. Ends with 1 if a target is
missed.
"""

import argparse
from multiprocessing import get_context
from typing import Any

from rich.console import Console

from benchmarks import offers, search_costs, search_report, searching


class Worker:
    """A process that measures one size."""

    def __init__(self, size: int) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=searching.serve, args=[size, theirs], daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, what: Any) -> Any:
        self.pipe.send(what)
        return self.pipe.recv()

    def end(self) -> None:
        self.pipe.send(None)
        self.process.join(10)


def run(sizes: list[int], rounds: int, console: Console) -> dict[int, search_report.Result]:
    """All figures of each size; the rounds of the sizes alternate."""
    costs = {}
    for size in sizes:
        console.print(f"{size}: memory, start, freshness", style="dim")
        costs[size] = search_costs.all_of(size)
    workers = {size: Worker(size) for size in sizes}
    results = {
        size: search_report.Result(worker.ask("facts"), costs[size], {})
        for size, worker in workers.items()
    }
    for number in range(rounds):
        console.print(f"round {number + 1} of {rounds}", style="dim")
        for size, worker in workers.items():
            results[size].add(worker.ask(number))
    for worker in workers.values():
        worker.end()
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offers", type=int, nargs="+", default=[1_000_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--no-targets", action="store_true", help="print, and judge nothing")
    parser.add_argument("--drop", action="store_true", help="take the databases away, then end")
    options = parser.parse_args()
    console, sizes = Console(), sorted(options.offers)
    if options.drop:
        for size in sizes:
            offers.drop(size)
        return
    for size in sizes:
        offers.fill(size, Console(stderr=True))
    results = run(sizes, options.rounds, Console(stderr=True))
    met = search_report.show(results, console, with_targets=not options.no_targets)
    if not met:
        raise SystemExit("A target was missed.")


if __name__ == "__main__":
    main()
