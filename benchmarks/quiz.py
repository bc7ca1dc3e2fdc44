"""The quiz engine on simulated people: how near short quizzes come to the long one, and how fast.

    .venv/bin/python -m benchmarks.quiz
    .venv/bin/python -m benchmarks.quiz --people 1000 --clicks 4000 --seed 7

Everything goes through the public functions of `quiz.engine`. The simulation is stated in
`Respondents` and `professions`; its constants make alpha, hexagon, means and the losses of short
raw forms come out near those of real answers to 48 public-domain activity items. It ranks
designs; its figures are no promise for real people.

What it prints: agreement of the ten best professions with those of all 48 items (Pearson) by
number of items, for random balanced raw means ("raw"), the fixed form of the model ("fixed") and
the adaptive quiz ("adaptive"); the same after 20 items by size of the calibration. Then, for the
calibrated model and for the one before any answers ("prior"): coverage of intervals; how many of
the first ten are called very close, and how many of these still are after all items; one profession
alone; random clicks. Last, times beside a plain numpy correlation.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from quiz.engine import Band, Bank, Catalogue, Model, Session, compatibility, fixed_form

Array = np.ndarray[Any, np.dtype[np.float64]]

PER_INTEREST, FACETS = 8, 4
MEANS = np.array([2.09, 3.04, 2.99, 3.10, 2.45, 2.31])
LENGTHS = (6, 12, 16, 18, 20, 24, 30)
SHORT, ONE = 20, 10
CALIBRATED = 4000
HEXAGON = np.array([1, 0.34, 0.04, -0.14])


class Respondents:
    """People of a stated model.

    Latent answer = loading (.66 ± .06) · interest + small cross-loadings (± .10) + .38 · facet
    (4 an interest, 2 items each) + .28 · how much this person likes anything + noise of its own.
    The six interests correlate .34 / .04 / −.14 by their distance on the hexagon. The answer is
    the latent one times 1.35 and times the person's style (log-normal, .2), about the item's mean,
    rounded and cut to 1 to 5.
    """

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        count = 6 * PER_INTEREST
        self.dimension = np.repeat(np.arange(6), PER_INTEREST)
        steps = np.abs(np.subtract.outer(np.arange(6), np.arange(6)))
        self.interests = HEXAGON[np.minimum(steps, 6 - steps)]
        self.loadings = rng.normal(0, 0.10, (count, 6))
        self.loadings[np.arange(count), self.dimension] = rng.normal(0.66, 0.06, count)
        within = np.concatenate([rng.permutation(PER_INTEREST) % FACETS for _ in range(6)])
        self.facet = self.dimension * FACETS + within
        self.facet_loading = np.clip(rng.normal(0.38, 0.08, count), 0.1, 0.7)
        # Unpopular interests are less popular still before the answers are cut at 1.
        mean = np.where(MEANS < 2.7, 3 + 1.5 * (MEANS - 3), MEANS)
        self.mean = mean[self.dimension] + rng.normal(0, 0.4, count)

    def answers(self, people: int, seed: int) -> Array:
        rng = np.random.default_rng(seed)
        count = len(self.mean)
        interests = rng.multivariate_normal(np.zeros(6), self.interests, people)
        facets = rng.standard_normal((people, 6 * FACETS))[:, self.facet]
        shared = interests @ self.loadings.T + facets * self.facet_loading
        shared += 0.28 * rng.standard_normal((people, 1))
        known = (self.loadings**2).sum(axis=1) + self.facet_loading**2 + 0.28**2
        noise = np.sqrt(np.clip(1 - known, 0.2, None)) * rng.standard_normal((people, count))
        style = np.exp(0.2 * rng.standard_normal((people, 1)))
        return np.clip(np.rint(self.mean + 1.35 * style * (shared + noise)), 1, 5)

    def bank(self) -> Bank:
        return Bank(range(len(self.mean)), self.dimension)


def professions(count: int, seed: int) -> tuple[Array, list[int]]:
    """Six values from 1 to 7 about 90 family centres, with the means and the oppositions
    (realistic against social and enterprising, artistic against conventional) of real ones."""
    rng = np.random.default_rng(seed)
    correlation = np.eye(6)
    pairs = "RI.05 RA-.35 RS-.45 RE-.5 RC.1 IA.15 IS.05 IE-.35 IC-.25 AS.25 AC-.5 SE.2 SC-.3 EC.2"
    for pair in pairs.split():
        a, b = ("RIASEC".index(letter) for letter in pair[:2])
        correlation[a, b] = correlation[b, a] = float(pair[2:])
    centres = rng.multivariate_normal(np.zeros(6), correlation, 90)
    family = rng.integers(0, 90, count)
    own = rng.multivariate_normal(np.zeros(6), correlation, count)
    mean, sd = np.array([4, 3.1, 2.1, 3, 3.5, 4.3]), np.array([2, 1.7, 1.4, 1.7, 1.6, 1.3])
    values = mean + sd * (0.85 * centres[family] + 0.53 * own)
    return np.clip(values, 1, 7).round(2), family.tolist()


@dataclass
class Bench:
    """One bank, one catalogue, people to calibrate on and others to test."""

    bank: Bank
    catalogue: Catalogue
    profiles: Array
    calibration: Array
    people: Array
    # For what needs more people to be told, and no reports.
    many: Array

    @property
    def scales(self) -> Array:
        return self.people @ self.bank.scale_weights.T

    @property
    def long_form(self) -> Array:
        return correlations(self.scales, self.profiles)


def correlations(scales: Array, profiles: Array) -> Array:
    """The plain way: one standardised matrix times another."""
    a = scales - scales.mean(axis=1, keepdims=True)
    b = profiles - profiles.mean(axis=1, keepdims=True)
    a /= np.maximum(np.linalg.norm(a, axis=1, keepdims=True), 1e-12)
    b /= np.maximum(np.linalg.norm(b, axis=1, keepdims=True), 1e-12)
    return a @ b.T


def agreement(bench: Bench, scales: Array) -> dict[str, float]:
    """How near estimated scales come to the long form."""
    truth, found = bench.long_form, correlations(scales, bench.profiles)
    best, ten = np.argsort(-truth, axis=1), np.argsort(-found, axis=1)[:, :10]
    people = range(len(scales))
    profile = correlations_of_pairs(scales, bench.scales)
    return {
        "profile r": float(profile.mean()),
        "first letter": float((scales.argmax(1) == bench.scales.argmax(1)).mean()),
        "overlap@10": float(np.mean([np.isin(ten[i], best[i, :10]).mean() for i in people])),
        "in 50": float(np.mean([np.isin(ten[i], best[i, :50]).mean() for i in people])),
        "match lost": float(
            np.take_along_axis(truth, best[:, :10], 1).mean()
            - np.take_along_axis(truth, ten, 1).mean()
        ),
    }


def correlations_of_pairs(a: Array, b: Array) -> Array:
    return np.array(
        [np.corrcoef(x, y)[0, 1] if x.std() and y.std() else 0.0 for x, y in zip(a, b, strict=True)]
    )


def answered(session: Any, row: Array, order: Iterable[Any] | None = None) -> Any:
    """The session after its own items, or after those of `order`."""
    for item in iter(session.next_item, None) if order is None else order:
        session.answer(item, row[item])
    return session


def scales_of(session: Session) -> list[float]:
    return [interest.mean for interest in session.report("pearson").interests]


def raw_means(bench: Bench, length: int, rng: np.random.Generator) -> Array:
    """Balanced random items, another choice for each person, mean of each interest."""
    each = length // 6
    rows = []
    for row in bench.people:
        own = [rng.choice(np.flatnonzero(bench.bank.dimension == d), each, False) for d in range(6)]
        rows.append([row[items].mean() for items in own])
    return np.array(rows)


def by_length(bench: Bench, model: Model) -> Table:
    table = measures("Against the 48 items, by number of items", "items", "quiz")
    rng, form = np.random.default_rng(1), fixed_form(model, max(LENGTHS))
    for length in LENGTHS:
        if length % 6 == 0:
            add(table, [length, "raw"], agreement(bench, raw_means(bench, length, rng)))
        ways: dict[str, Iterable[Any] | None] = {"fixed": form[:length], "adaptive": None}
        for name, order in ways.items():
            sessions = [Session(model, bench.catalogue, length) for _ in bench.people]
            found = [
                scales_of(answered(s, r, order))
                for s, r in zip(sessions, bench.people, strict=True)
            ]
            add(table, [length, name], agreement(bench, np.array(found)))
    return table


def by_calibration(bench: Bench) -> Table:
    table = measures(f"After {SHORT} items, by people in the calibration", "people")
    for count in (0, 200, 400, 800, CALIBRATED):
        model = Model.calibrated(bench.bank, bench.calibration[:count])
        sessions = [answered(Session(model, bench.catalogue, SHORT), row) for row in bench.people]
        add(table, [count], agreement(bench, np.array([scales_of(s) for s in sessions])))
    return table


def honesty(bench: Bench, model: Model, name: str) -> Table:
    """Coverage of the 80 % intervals and Brier score of the probability of the top tenth."""
    title = f"Honesty at {SHORT} items, {name}"
    table = Table("formula", "coverage", "mean width", "Brier", title=title)
    for formula in ("pearson", "centred"):
        inside, width, brier = [], [], []
        for row in bench.people:
            short = answered(Session(model, bench.catalogue, SHORT), row)
            every = answered(Session(model, bench.catalogue, len(row)), row, bench.bank.ids)
            found = sorted(short.report(formula).professions, key=lambda match: match.id)
            truth = sorted(every.report(formula).professions, key=lambda match: match.id)
            true_tenth = np.array([match.rank <= len(truth) / 10 for match in truth])
            inside.append([m.low <= t.match <= m.high for m, t in zip(found, truth, strict=True)])
            width.append([m.high - m.low for m in found])
            brier.append((np.array([m.top_tenth for m in found]) - true_tenth) ** 2)
        table.add_row(formula, *(f"{np.mean(x):.3f}" for x in (inside, width, brier)))
    return table


def words(bench: Bench, model: Model, name: str) -> Table:
    """Of the first ten: the share called very close, what of it all items confirm, and the share
    that all items call so; the mean match shown, and that of all items."""
    columns = ("items", "said", "held", "by all items", "match", "match by all items")
    table = Table(*columns, title=f"Very close among the first ten, {name}")
    close = Band.VERY_CLOSE
    truths = []
    for row in bench.people:
        every = answered(Session(model, bench.catalogue, len(row)), row, bench.bank.ids)
        truths.append({match.id: match for match in every.report().professions})
    for length in (6, 12, SHORT):
        found = []
        for row, truth in zip(bench.people, truths, strict=True):
            short = answered(Session(model, bench.catalogue, length), row).report()
            found += [(match, truth[match.id]) for match in short.professions[:10]]
        held = [true.band is close for match, true in found if match.band is close]
        by_all = [true.band is close for _, true in found]
        matches = np.mean([(match.match, true.match) for match, true in found], axis=0)
        shares = [len(held) / len(found), np.mean(held) if held else 0, np.mean(by_all)]
        table.add_row(str(length), *(f"{value:.3f}" for value in [*shares, *matches]))
    return table


def one_profession(bench: Bench, model: Model, name: str) -> Table:
    """A profession drawn for each person: r with the long form's correlation."""
    columns = ("items", "focused", "main quiz", "own interests only")
    table = Table(*columns, title=f"One profession, {name}")
    rng = np.random.default_rng(2)
    wanted = rng.integers(0, len(bench.profiles), len(bench.people))
    truth = bench.long_form[np.arange(len(wanted)), wanted]
    for length in (6, 8, ONE, 12):
        found: list[list[float]] = [[], [], []]
        for row, index in zip(bench.people, wanted.tolist(), strict=True):
            top = np.argsort(-bench.profiles[index])[:2]
            own = np.flatnonzero(np.isin(bench.bank.dimension, top))[:: 16 // length][:length]
            ways = (None, None, own.tolist())
            for way, order in enumerate(ways):
                session: Any = Session(model, bench.catalogue, length)
                if way == 0:
                    session = compatibility(model, bench.catalogue, index, max_items=length)
                report = answered(session, row, order).report("pearson")
                if way == 0:
                    found[0].append(report.match)
                else:
                    found[way].append({m.id: m.match for m in report.professions}[index])
        table.add_row(str(length), *(f"{np.corrcoef(x, truth)[0, 1]:.3f}" for x in found))
    return table


def random_clicks(bench: Bench, model: Model, name: str) -> Table:
    rng = np.random.default_rng(3)
    clicks = rng.integers(1, 6, bench.many.shape).astype(float)
    title = f"Random clicks, {len(clicks)} people, {name}"
    table = Table("items", "AUC", "found", "false alarms", title=title)
    for length in (12, SHORT):
        real, fake = (
            [answered(Session(model, bench.catalogue, length), row).quality for row in rows]
            for rows in (bench.many, clicks)
        )
        odd, usual = (np.array([q.surprise for q in group]) for group in (fake, real))
        above = odd[:, None] > usual
        flags = [np.mean([q.may_be_random for q in group]) for group in (fake, real)]
        table.add_row(str(length), f"{np.mean(above):.3f}", *(f"{100 * x:.1f} %" for x in flags))
    return table


def times(bench: Bench, model: Model) -> Table:
    """Milliseconds: p50 / p95 over sessions, what is kept with model and catalogue warm."""
    title = "Time in ms, p50 / p95"
    table = Table("professions", "answer + next", "report", "numpy correlation", title=title)
    for count in (1000, 3000):
        profiles, family = professions(count, 5)
        catalogue = Catalogue(range(count), profiles, family=family)
        Session(model, catalogue).report()
        steps: list[float] = []
        reports, plain = [], []
        for row in bench.people[:40]:
            session = Session(model, catalogue, SHORT)
            while (item := session.next_item()) is not None:
                steps.append(timed(lambda: (session.answer(item, row[item]), session.next_item())))  # noqa: B023
            reports.append(timed(session.report))
            scales = np.array([scales_of(session)])
            plain.append(timed(lambda: np.argsort(-correlations(scales, profiles))))  # noqa: B023
        cells = (
            "{:.2f} / {:.2f}".format(*np.percentile(x, [50, 95])) for x in (steps, reports, plain)
        )
        table.add_row(str(count), *cells)
    return table


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def measures(title: str, *columns: str) -> Table:
    names = ("profile r", "first letter", "overlap@10", "in 50", "match lost")
    return Table(*columns, *names, title=title)


def add(table: Table, head: list[object], values: dict[str, float]) -> None:
    table.add_row(*map(str, head), *(f"{value:.3f}" for value in values.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description="The quiz engine on simulated people.")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clicks", type=int, default=2000, help="people for random clicks")
    options = parser.parse_args()
    respondents = Respondents(options.seed)
    profiles, family = professions(923, options.seed)
    bench = Bench(
        bank=respondents.bank(),
        catalogue=Catalogue(range(923), profiles, family=family),
        profiles=profiles,
        calibration=respondents.answers(CALIBRATED, options.seed + 100),
        people=respondents.answers(options.people, options.seed + 200),
        many=respondents.answers(options.clicks, options.seed + 300),
    )
    model = Model.calibrated(bench.bank, bench.calibration)
    console = Console()
    console.print(by_length(bench, model), by_calibration(bench))
    for name, known in {"calibrated": model, "prior": Model.prior(bench.bank)}.items():
        for part in (honesty, words, one_profession, random_clicks):
            console.print(part(bench, known, name))
    console.print(times(bench, model))


if __name__ == "__main__":
    main()
