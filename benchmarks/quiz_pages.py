"""The pages of the quiz as visitors get them, beside the engine alone and a plain numpy ranking.

    PORTAL_ENV=development .venv/bin/python -m benchmarks.quiz_pages
    .venv/bin/python -m benchmarks.quiz_pages --professions 1000 3000 --sessions 40
    .venv/bin/python -m benchmarks.quiz_pages --drop

Makes a database for each size, `jalon_quiz_<size>` beside the portal's own on the configured
server: the content that ships, and copies of its professions with interests drawn about theirs.
Starts gunicorn with one worker on each and goes through whole quizzes over one kept connection,
size after size, session after session, so that a slow moment falls on all.

Milliseconds, p50 / p95 over all sessions: an answer, which brings the next question ("answer");
the result when it is first asked for ("result") and later ("again"); the result under other
weights of the interests ("what-if"). Beside them, in the same run on the same machine, the engine
for the same answers, and `argsort` of one correlation of six numbers with all professions.
"""

import argparse
import http.client
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.core.management import call_command
from rich.console import Console
from rich.table import Table

import benchmarks.ready  # noqa: F401
from benchmarks import databases
from benchmarks.pages import free_port, start, wait
from benchmarks.quiz import correlations, timed
from careers.professions.models import INTERESTS, InterestProfile, Profession
from quiz import versions
from quiz.engine import Session

SIDES = ["answer", "result", "again", "what-if"]
ENGINE = ["engine: answer", "engine: report", "numpy"]
ITEM = re.compile(r'name="item" value="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WHAT_IF = "?social=2&realistic=0.5"


def name_of(size: int) -> str:
    return f"jalon_quiz_{size}"


def fill(size: int, console: Console) -> None:
    """The database with this many professions, whole: made, or left as it is."""
    databases.create(name_of(size))
    databases.point_at(name_of(size))
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if Profession.objects.count() >= size:
        return
    console.print(f"{name_of(size)}: content")
    call_command("load_content", json=True, stdout=StringIO())
    _copy_professions(size)


def _copy_professions(size: int) -> None:
    rng = np.random.default_rng(1)
    originals = list(Profession.objects.select_related("interests").order_by("pk"))
    names = [f.attname for f in Profession._meta.concrete_fields if not f.generated]
    for number in range(len(originals), size):
        original = originals[number % len(originals)]
        values = {name: getattr(original, name) for name in names if name != "id"}
        for name in values:
            if values[name] and name.startswith(("key", "slug_", "name_")):
                values[name] = f"{number} {values[name]}".replace(" ", "-")[:150]
        copy = Profession.objects.create(**values)
        drawn = np.clip(original.interests.values + rng.normal(0, 0.8, 6), 1, 7).round(1).tolist()
        interests = dict(zip(INTERESTS, drawn, strict=True))
        InterestProfile.objects.create(profession=copy, **interests)


@dataclass
class Visitor:
    """One kept connection to one server, with the cookies of a browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, data: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        """The status, and the body or the address that it leads to."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin"} | headers
        body = None
        if data is not None:
            body = urlencode(data)
            given["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if data is not None else "GET", path, body, given)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _sign, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        leads = response.headers.get("Location") or response.headers.get("HX-Redirect")
        return response.status, leads or text


def quiz(port: int, rng: random.Random) -> tuple[dict[str, list[float]], list[tuple[str, int]]]:
    """One whole quiz: milliseconds by side, and the answers given."""
    visitor, found, answers = Visitor(port), defaultdict(list), []
    status, here = visitor.ask("/quiz/", {"study_level": "any", "language": "fr"})
    if status != 302:
        raise SystemExit(f"The quiz did not begin: {status}.")
    _status, page = visitor.ask(here)
    token = TOKEN.search(page)[1]
    htmx = {"HX-Request": "true", "X-CSRFToken": token}
    while item := ITEM.search(page):
        value = rng.randint(1, 5)
        answers.append((unescape(item[1]), value))
        data = {"item": answers[-1][0], "value": str(value), "milliseconds": "3000"}
        begin = time.perf_counter()
        status, page = visitor.ask(here, data, **htmx)
        found["answer"].append(1000 * (time.perf_counter() - begin))
        if status != 200:
            raise SystemExit(f"An answer was met with {status}.")
    for side, more in [("result", ""), ("again", ""), ("what-if", WHAT_IF)]:
        begin = time.perf_counter()
        status, _body = visitor.ask(page + more)
        found[side].append(1000 * (time.perf_counter() - begin))
        if status != 200:
            raise SystemExit(f"The result answered {status}.")
    return found, answers


def engine(loaded: Any, answers: list[tuple[str, int]], found: dict[str, list[float]]) -> None:
    """The same answers given to the engine alone, and to a plain correlation."""
    session = Session(loaded.model, loaded.catalogue, len(answers))
    for item, value in answers:
        session.next_item()
        found["engine: answer"].append(timed(partial(_step, session, item, value)))
    found["engine: report"].append(timed(session.report))
    scales = np.array([[interest.mean for interest in session.report("pearson").interests]])
    profiles = loaded.catalogue.interests
    found["numpy"].append(timed(lambda: np.argsort(-correlations(scales, profiles))))


def _step(session: Session, item: str, value: int) -> None:
    session.answer(item, value)
    session.next_item()


class Place:
    """The server and the model of one size."""

    def __init__(self, size: int) -> None:
        databases.point_at(name_of(size))
        version = versions.version_for("fr")
        if version is None:
            raise SystemExit("There are no items.")
        self.loaded = versions.load(version)
        self.size, self.port = size, free_port()
        self.server = start(self.port, name_of(size))
        self.found: dict[str, list[float]] = defaultdict(list)

    def visit(self, number: int) -> None:
        pages, answers = quiz(self.port, random.Random(number))
        for side, times in pages.items():
            self.found[side] += times
        engine(self.loaded, answers, self.found)


def show(places: list[Place]) -> Table:
    title = "The quiz in ms, p50 / p95"
    table = Table("professions", *SIDES, *ENGINE, title=title)
    for place in places:
        cells = [np.percentile(place.found[side], [50, 95]) for side in (*SIDES, *ENGINE)]
        table.add_row(
            str(len(place.loaded.catalogue)), *("{:.1f} / {:.1f}".format(*c) for c in cells)
        )
    return table


def run(sizes: list[int], sessions: int) -> list[Place]:
    places: list[Place] = []
    try:
        places += [Place(size) for size in sizes]
        for place in places:
            wait(place.port)
            # The first visitor loads the model.
            quiz(place.port, random.Random(0))
        for number in range(1, sessions + 1):
            for place in places:
                place.visit(number)
    finally:
        for place in places:
            place.server.terminate()
            place.server.wait(10)
    return places


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--professions", type=int, nargs="+", default=[1000, 3000], metavar="N")
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--drop", action="store_true", help="take the databases away, then end")
    options = parser.parse_args()
    if options.drop:
        for size in options.professions:
            databases.drop(name_of(size))
        return
    for size in options.professions:
        fill(size, Console(stderr=True))
    Console().print(show(run(options.professions, options.sessions)))


if __name__ == "__main__":
    main()
