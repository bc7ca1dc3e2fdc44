"""The tables of `benchmarks/search.py`, and whether its targets are met."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median as middle
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.searching import CLASSES, DEEPEST, EVERYTHING, Sample, Samples, median, p95

SIDES = ["page", "page, cards anew", "rendered", "stored", "engine", "newest first", "tantivy"]
COMPARED = [name for name in CLASSES if name != DEEPEST]
# Classes that find a large part of the offers.
WIDE = [EVERYTHING, "a word in most offers", "a wide word", "wide word, filter", "one filter"]


@dataclass
class Result:
    """What was found for one size."""

    facts: dict[str, Any]
    costs: dict[str, float]
    samples: dict[str, dict[str, list[Sample]]]

    def add(self, more: Samples) -> None:
        for name, sides in more.items():
            for side, samples in sides.items():
                self.samples.setdefault(name, {}).setdefault(side, []).extend(samples)

    def p50(self, name: str, side: str) -> float:
        return median(self.samples[name][side])

    def p95(self, name: str, side: str) -> float:
        return p95(self.samples[name][side])

    def ratios(self, side: str, other: str) -> list[float]:
        return [self.p50(name, side) / self.p50(name, other) for name in COMPARED]


@dataclass(frozen=True)
class Target:
    """A figure, what it may be at most, and what is aimed at."""

    label: str
    unit: str
    most: float
    aim: float
    figure: Callable[[Result], float]


def _slowest(result: Result) -> float:
    """The page of the slowest class in its slow moments, beside the lightest wide one."""
    slowest = max(result.p95(name, "page") for name in COMPARED)
    return slowest / min(result.p50(name, "page") for name in WIDE)


TARGETS = [
    Target(
        "page, median of classes, against the same rendered",
        "×", 1.5, 0.5, lambda r: middle(r.ratios("page", "rendered")),
    ),
    Target(
        "page, worst class, against the same rendered",
        "×", 1.5, 0.5, lambda r: max(r.ratios("page", "rendered")),
    ),
    Target(
        "page with cards made anew, worst class, against the same rendered",
        "×", 1.5, 1.5, lambda r: max(r.ratios("page, cards anew", "rendered")),
    ),
    Target(
        "engine, median of classes, against tantivy",
        "×", 0.3, 0.1, lambda r: middle(r.ratios("newest first", "tantivy")),
    ),
    Target(
        "engine, worst class, against tantivy",
        "×", 0.8, 0.5, lambda r: max(r.ratios("newest first", "tantivy")),
    ),
    Target("page: slowest class p95 against lightest wide class p50", "×", 3, 2, _slowest),
    Target(
        "deepest page against first page",
        "×", 1.2, 1.0, lambda r: r.p50(DEEPEST, "page") / r.p50(EVERYTHING, "page"),
    ),
    Target(
        "commit to searchable in every worker, p95",
        "ms", 2000, 10, lambda r: r.costs["commit to searchable p95 ms"],
    ),
    Target("memory a live offer", "B", 450, 363, lambda r: r.costs["bytes an offer"]),
    Target(
        "memory a forked worker takes for searching",
        "MB", 20, 5, lambda r: r.costs["private after searches MB"],
    ),
    Target("ready after start", "s", 6, 2, lambda r: r.costs["ready s"]),
    Target(
        "classes that SQL answers otherwise",
        "", 0, 0, lambda r: len(CLASSES) - len(r.facts["as SQL"]),
    ),
    Target(
        "classes that tantivy answers otherwise",
        "", 0, 0, lambda r: len(CLASSES) - len(r.facts["as tantivy"]),
    ),
]  # fmt: skip
# From one size to the next.
GROWTH = (1.5, 1.2)


def show(results: dict[int, Result], console: Console, *, with_targets: bool) -> bool:
    """Print all tables; whether the largest size meets the targets."""
    for size, result in results.items():
        console.print(_classes(size, result))
    console.print(_costs(results))
    met = [_judge(results, console)] if with_targets else []
    if len(results) > 1:
        console.print(_growth(results))
        if with_targets:
            met.append(_worst_growth(results) <= GROWTH[0])
    return all(met)


def _classes(size: int, result: Result) -> Table:
    table = Table("class", "found", "kB", title=f"{result.facts['live']:,} live offers: CPU ms")
    for side in [*SIDES, "sql"]:
        table.add_column(f"{side}\np50 / p95", justify="right")
    for heading in ("page\n× rendered", "engine\n× tantivy"):
        table.add_column(heading, justify="right")
    for name in CLASSES:
        sides = result.samples[name]
        cells = [
            f"{median(sides[side]):.2f} / {p95(sides[side]):.2f}" if side in sides else ""
            for side in [*SIDES, "sql"]
        ]
        against = f"{result.p50(name, 'page') / result.p50(name, 'rendered'):.2f}"
        engines = ""
        if "tantivy" in sides:
            engines = f"{result.p50(name, 'newest first') / result.p50(name, 'tantivy'):.2f}"
        found, kb = f"{result.facts['found'][name]}", f"{result.facts['kB'][name]:.0f}"
        table.add_row(name, found, kb, *cells, against, engines)
    return table


def _costs(results: dict[int, Result]) -> Table:
    table = Table("", *[f"{result.facts['live']:,}" for result in results.values()])
    for name in next(iter(results.values())).costs:
        table.add_row(name, *[f"{result.costs[name]:.2f}" for result in results.values()])
    return table


def _judge(results: dict[int, Result], console: Console) -> bool:
    """Print the targets; whether the largest size meets them."""
    result = results[max(results)]
    title = f"Targets, {result.facts['live']:,} live offers"
    table = Table("what", "is", "at most", "aim", "", title=title)
    met = True
    for target in TARGETS:
        figure = target.figure(result)
        met = met and figure <= target.most
        table.add_row(
            target.label,
            f"{figure:.2f} {target.unit}",
            f"{target.most:g}",
            f"{target.aim:g}",
            _word(figure, target.most, target.aim),
        )
    console.print(table)
    return met


def _word(figure: float, most: float, aim: float) -> str:
    if figure > most:
        return "missed"
    return "aim met" if figure <= aim else "met"


def _growth(results: dict[int, Result]) -> Table:
    sizes = [*results]
    steps = [f"{small:,} → {large:,}" for small, large in zip(sizes, sizes[1:], strict=False)]
    title = f"Growth: at most {GROWTH[0]} ×, aim {GROWTH[1]} × for the page"
    table = Table(
        "class", *[f"{side}, {step}" for step in steps for side in ("page", "engine")], title=title
    )
    for name in CLASSES:
        cells = [
            f"{results[large].p50(name, side) / results[small].p50(name, side):.2f} ×"
            for small, large in zip(sizes, sizes[1:], strict=False)
            for side in ("page", "engine")
        ]
        table.add_row(name, *cells)
    return table


def _worst_growth(results: dict[int, Result]) -> float:
    """The page, median of classes, from the last size but one to the last."""
    small, large = [*results.values()][-2:]
    return middle(large.p50(name, "page") / small.p50(name, "page") for name in CLASSES)
