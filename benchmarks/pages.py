"""Pages of the site against a bare Django view that returns the same bytes from the same server.

    .venv/bin/python -m benchmarks.pages
    .venv/bin/python -m benchmarks.pages --requests 400 --rounds 7

Starts gunicorn with one worker on a free port, with the content of the configured database, and
asks for each page in four ways in turn, round after round, over one kept connection: as readers
do ("page"), its bare twin ("bare"), from a process that has nothing in memory ("cold"), and made
anew with nothing kept anywhere ("anew"). Pages are asked for again and again, as one of a few
that everybody reads; but "search-new" is another search each time, of names that are loaded.

What it prints: requests a second (median of the rounds), p50 and p99 of the time of one request,
and the ratio of the page's requests a second to the bare view's. Absolute figures
depend on the machine; the ratios are what counts.
"""

import argparse
import http.client
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
BODIES = ROOT / "var" / "benchmark"
PAGES = {
    "home": "/",
    "guide": "/metiers/directeur-des-operations-industrielles/",
    "hub": "/metiers/",
    "search": "/recherche/?q=responsable",
    "search-new": "/recherche/?q=",
    "zones": "/zones/",
    "schools": "/ecoles/",
}
TARGETS = {"guide": 0.5, "hub": 0.2, "search": 0.2}
# What is forgotten before each request: see `urls.forget_when_asked`.
COLD = {"cold": {"X-Cold": "process"}, "anew": {"X-Cold": "all"}}
COLD_TARGETS = {"guide": 0.1}
# What a visitor of "search-new" types: one of these and one of those.
ROLES = """
    agent animateur architecte assistant chargé chef coach conducteur conseiller consultant
    contrôleur coordinateur directeur employé expert formateur gestionnaire ingénieur installateur
    mécanicien monteur opérateur ouvrier programmeur responsable secrétaire spécialiste technicien
    vendeur vérificateur
""".split()
FIELDS = """
    accueil achat agriculture alimentation assurance atelier automobile bâtiment banque bois budget
    chantier chimie commerce communication construction création culture données eau électricité
    énergie enfance environnement gestion hôtel industrie informatique jeunesse laboratoire
    logistique maintenance marketing mécanique production qualité recherche santé sécurité vente
""".split()
PATIENCE = 60
TURN = 20


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def start(port: int, database: str = "") -> subprocess.Popen[bytes]:
    """Gunicorn with one worker, so that one core serves and the other asks.

    `database`: another one than the portal's own, on the same server.
    """
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "BENCHMARK_DATABASE": database,
        "PORTAL_ENV": os.environ.get("PORTAL_ENV", "development"),
    }
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--no-control-socket"]
    options = ["--workers=1", "--threads=1", "--worker-class=gthread", f"--bind=127.0.0.1:{port}"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, *options, "--keep-alive=30"], cwd=ROOT, env=env, **quiet)


def wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not come up: is the database running (make run)?")


def ask(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bytes:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}.")
    return body


def addresses(name: str) -> Iterator[str]:
    """The addresses of the requests for a page, without end."""
    if name != "search-new":
        return itertools.repeat(PAGES[name])
    pairs = [f"{role} {field}" for field in FIELDS for role in ROLES]
    return itertools.cycle([PAGES[name] + quote_plus(pair) for pair in pairs])


def measure(
    port: int, paths: Iterator[str], count: int, headers: dict[str, str] | None = None
) -> list[float]:
    """Seconds of each of `count` requests over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = headers or {}
    ask(connection, next(paths), headers)
    times = []
    for path in itertools.islice(paths, count):
        begin = time.perf_counter()
        ask(connection, path, headers)
        times.append(time.perf_counter() - begin)
    connection.close()
    return times


def rates(rounds: list[list[float]]) -> float:
    return statistics.median(len(times) / sum(times) for times in rounds)


def percentile(rounds: list[list[float]], share: float) -> float:
    every = sorted(time for times in rounds for time in times)
    return every[min(len(every) - 1, int(share * len(every)))] * 1000


def run(port: int, requests: int, rounds: int) -> dict[str, dict[str, list[list[float]]]]:
    BODIES.mkdir(parents=True, exist_ok=True)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    paths = {name: addresses(name) for name in PAGES}
    for name in PAGES:
        (BODIES / f"{name}.html").write_bytes(ask(connection, next(paths[name]), {}))
    results: dict[str, dict[str, list[list[float]]]] = {
        name: {side: [] for side in ["page", "bare", *COLD]} for name in PAGES
    }
    for _ in range(rounds):
        for name, sides_of in results.items():
            bare = itertools.repeat(f"/bare/{name}")
            # In small turns, so that a slow moment of the machine falls on both.
            for _turn in range(requests // TURN):
                sides_of["page"].append(measure(port, paths[name], TURN))
                sides_of["bare"].append(measure(port, bare, TURN))
            for side, header in COLD.items():
                sides_of[side].append(measure(port, paths[name], TURN // 2, header))
    return results


def report(results: dict[str, dict[str, list[list[float]]]]) -> bool:
    table = Table("page", "kB", "side", "requests/s", "p50 ms", "p99 ms", "× bare", "target")
    met = True
    for name, sides in results.items():
        size = (BODIES / f"{name}.html").stat().st_size / 1000
        bare = rates(sides["bare"])
        for side, rounds in sides.items():
            ratio = rates(rounds) / bare
            target = {"page": TARGETS, "cold": COLD_TARGETS}.get(side, {}).get(name)
            met = met and (target is None or ratio >= target)
            table.add_row(
                name,
                f"{size:.0f}",
                side,
                f"{rates(rounds):.0f}",
                f"{percentile(rounds, 0.5):.2f}",
                f"{percentile(rounds, 0.99):.2f}",
                f"{ratio:.2f}",
                f"≥ {target}" if target else "",
            )
    Console().print(table)
    return met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=200, help="a round, page and side")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    port = free_port()
    server = start(port)
    try:
        wait(port)
        met = report(run(port, options.requests, options.rounds))
    finally:
        server.terminate()
        server.wait(10)
    if not met:
        raise SystemExit("A target was missed.")


if __name__ == "__main__":
    main()
