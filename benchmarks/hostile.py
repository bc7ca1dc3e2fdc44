"""What visitors may send to the pages of offers, by mistake or not, at the size of a catalogue.

    PORTAL_ENV=development .venv/bin/python -m benchmarks.hostile
    .venv/bin/python -m benchmarks.hostile --offers 10000 --rounds 1

Asks the databases of `benchmarks/search.py`, which are made where they are not there. Each address
goes through all middleware, in two situations, each a new process:

- loaded: memory answers, as it does from the first request on where `index_offers` has run.
- starting: there is no index yet, and PostgreSQL answers alone or is given up.

Prints which statuses each class of addresses was answered with, and times in milliseconds: by the
wall clock, of all answers and of the slowest address in its best round, and the most CPU time, of
process and database, that an answer took. The first request of a process, which has nothing in
memory, stands alone. Ends with 1 if an address took more than a second each time, or failed once.
"""

import argparse
import logging
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from urllib.parse import quote, urlencode

from django.test import Client
from django.urls import reverse
from rich.console import Console
from rich.table import Table

import benchmarks.ready  # noqa: F401
from benchmarks import offers, searching
from careers.offers import cursors, search
from careers.offers.models import Employer, JobOffer
from careers.offers.search import live, snapshot
from careers.offers.search.query import Cursor, Sort
from careers.professions.models import Profession
from careers.zones.models import Municipality

MOST_MILLISECONDS = 1000
FAILED = 500
FIRST = "first request of a process"
LONG = "a" * 10_000
ODD = {
    "NUL": "q=%00",
    "NUL in a filter": "contract=%00&where=%00",
    "control characters": "q=" + quote("".join(map(chr, range(1, 32)))),
    "right to left": "q=%E2%80%AE%EF%BF%BF%CC%81%CC%81&where=%E2%80%AE%E2%80%8F",
    "emoji": "q=%F0%9F%91%A9%E2%80%8D%F0%9F%8D%B3&where=%F0%9F%8D%9E&contract=%F0%9F%8D%9E",
    "broken encoding": "q=%zz&where=%&contract=%E0%A4%A&employer=%FF%FE",
    "SQL": "q=%27%3B+DROP+TABLE+x%3B--&where=1%27+OR+1%3D1&pay=1%27&sort=pg_sleep(5)",
    "markup": "q=%3Cscript%3Ealert(1)%3C/script%3E&where=%22%3E%3Ci%20onclick=x%3E&read=%3Cb%3E",
    "brackets": "q[]=x&contract[]=y&page[]=2&after[]=1",
    "everything twice": "q=a&q=b&where=liege&where=mons&sort=date&sort=pay&pay=1&pay=9000",
}
BAD_VALUES = {
    "unknown codes": "contract=x&time=y&province=99999&sector=z&level=q&employer=w&profession=v",
    "negative pay": "pay=-3000",
    "no number": "pay=NaN&radius=inf&where=4000",
    "huge numbers": f"pay={'9' * 400}&radius={'9' * 400}&where={'9' * 400}&since={'9' * 400}",
    "least above most": "pay=9000&pay_max=1000&min=5&max=1&pay_min=9000",
    "radius of 10^9 km": "where=4000&radius=1000000000",
    "negative radius": "where=4000&radius=-1",
    "unknown place": "where=nulle+part+au+monde",
    "unknown order": "sort=-id%3B--&view=nonsense&unit=century&since=0",
    "levels": "fr=C9&nl=-1&de=99999999999999999999&en=",
}
MANY = {
    "5,000 ids": urlencode([("id", number) for number in range(5_000)]),
    "1,700 ids": urlencode([("id", number) for number in range(1_700)]),
    "5,000 parameters": "&".join(["time=full"] * 5_000),
    "1,600 parameters": "&".join(["time=full"] * 1_600),
    "1,500 employers": urlencode([("employer", f"e{number}") for number in range(900)]),
    "1,000 names": "&".join(f"p{number}=1" for number in range(1_000)),
    "10,000 characters": f"q={LONG}",
    "10,000 characters everywhere": "&".join(
        f"{name}={LONG[:900]}" for name in "q where radius pay sort view after read unit".split()
    ),
    "500 words": "q=" + "+".join(f"mot{number}" for number in range(500)),
    "500 times a word": "q=" + "+".join(["formation"] * 500),
    "misspelt words": "q=" + "+".join(f"infirmeir{letter}" for letter in "abcdefghijklmn"),
}
WIDE = {
    "words that all have": "q=de+la+le+et+en+pour",
    "a word in most offers": "q=fonction&plain=1",
    "words in most offers": "q=fonction+formation+equipe+dossiers&plain=1",
    "a letter": "q=a",
    "the whole country": "where=belgique&radius=50",
    "by distance": "where=1000&radius=100&sort=distance",
    "by pay": "sort=pay&pay=1",
    "by closing day": "sort=closing",
    "since": "since=30",
    "speaks nothing": "fr=none&nl=none&de=none&en=none",
    "many filters": "contract=permanent&contract=fixed-term&time=full&time=part&province=60000"
    "&province=21000&province=04000&telework=none&telework=hybrid&since=30&licence=none&licence=b"
    "&audience=student&pay=1500&nl=A1&fr=C2",
    "filters that none fulfils": "contract=volunteer&time=full&audience=minors&since=1&pay=20000"
    "&where=4000&nl=none&fr=none&q=xylophagie&licence=ce",
}


def _places() -> dict[str, str]:
    """Places far down a list, and texts that are none."""
    last = {sort: cursors.text(Cursor(0, 1), sort) for sort in Sort}
    huge = cursors.text(Cursor(2**62, 2**62), Sort.PAY)
    return {
        "page 999999999": "page=999999999",
        "last by date": f"after={last[Sort.DATE]}",
        "back from the end": f"before={last[Sort.DATE]}",
        "last by pay": f"sort=pay&after={last[Sort.PAY]}",
        "last by closing day": f"sort=closing&after={last[Sort.CLOSING]}",
        "of another order": f"sort=closing&after={last[Sort.DATE]}",
        "beyond all numbers": f"sort=pay&after={huge}",
        "tampered": f"after={last[Sort.DATE][:-1]}x&before=0.0:",
        "long": f"after={LONG}",
    }


def _other_pages() -> dict[str, list[str]]:
    """Addresses beside the list itself."""
    profession = Profession.objects.listed().order_by("pk").first()
    offer, employer = JobOffer.objects.live().order_by("-number").first(), Employer.objects.first()
    town = Municipality.objects.order_by("pk").first()
    here, feed = reverse("offers:list"), reverse("offers:feed")
    landing = [
        reverse("offers:of_profession", args=[profession.slug]),
        reverse("offers:of_place", args=["liege"]),
        reverse("offers:of_place", args=["brabant-wallon"]),
        reverse("offers:of_both", args=[profession.slug, "liege"]),
    ]
    bad = ["", *BAD_VALUES.values(), *ODD.values(), *WIDE.values()]
    slugs = ["%F0%9F%8D%9E", "a" * 5_000, "..%2F", "x-99999999999999999999", "nulle-part"]
    suggest = [reverse("portal:suggest"), reverse("zones:suggest")]
    typed = ["q=", "q=a", "q=li", f"q={LONG}", *ODD.values(), MANY["500 words"]]
    return {
        "map": [f"{here}?view=map&{query}" for query in bad],
        "feed": [f"{feed}?{query}" for query in [*bad, *MANY.values()]],
        "landing pages": [f"{path}?{query}" for path in landing for query in bad],
        "bad words in addresses": [
            f"{here}{folder}{slug}/"
            for folder in ["", "lieu/", "metier/", f"metier/{profession.slug}/"]
            for slug in slugs
        ],
        "suggestions": [f"{path}?{query}" for path in suggest for query in typed],
        "search of all pages": [
            f"{reverse('portal:search')}?{query}"
            for query in ["", "where=liege", *ODD.values(), *WIDE.values(), *MANY.values()]
        ],
        "pages that show offers": [
            reverse("portal:home"),
            *[row.get_absolute_url() for row in (profession, offer, employer)],
            reverse("zones:list"),
            reverse("employers:list"),
            f"{reverse('employers:list')}?{urlencode({'where': town.name_fr, 'page': 10**9})}",
        ],
    }


def addresses() -> dict[str, list[str]]:
    """What is asked, by class."""
    here = reverse("offers:list")
    lists = {
        "bad values": BAD_VALUES,
        "odd characters": ODD,
        "many and long values": MANY,
        "places in the list": _places(),
        "wide questions": WIDE,
    }
    found = {name: [f"{here}?{query}" for query in lists[name].values()] for name in lists}
    return found | _other_pages()


@dataclass
class Answers:
    """How the addresses of a class were answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    # What each address took, round after round.
    samples: dict[str, list[searching.Sample]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, client: Client, path: str) -> None:
        def ask() -> None:
            status = client.get(path).status_code
            self.statuses[status] += 1
            if status == FAILED:
                self.failed.append(path)

        self.samples.setdefault(path, []).append(searching.measured(ask))

    def row(self, name: str) -> list[str]:
        """The cells of the table."""
        statuses = ", ".join(f"{code}: {n}" for code, n in sorted(self.statuses.items()))
        samples = [sample for each in self.samples.values() for sample in each]
        walls = sorted(sample.wall for sample in samples)
        p95 = walls[round(0.95 * (len(walls) - 1))]
        figures = [p95, walls[-1], max(self.best.values()), max(each.cpu for each in samples)]
        return [name, str(len(walls)), statuses, *[f"{value:.0f}" for value in figures]]

    @property
    def best(self) -> dict[str, float]:
        """What each address took in its best round: in others the machine may have had to wait."""
        return {path: min(each.wall for each in took) for path, took in self.samples.items()}

    @property
    def complaints(self) -> list[str]:
        slow = {path: wall for path, wall in self.best.items() if wall > MOST_MILLISECONDS}
        return [f"failed: {path}" for path in self.failed] + [
            f"{wall:.0f} ms: {path}" for path, wall in slow.items()
        ]


def asked(*, loaded: bool, rounds: int) -> dict[str, Answers]:
    """The answers of this process to every address."""
    if loaded:
        search.start()
    else:
        search._live = live.LiveSearch(snapshot.default_path())
        # As if loading took for ever.
        search._live._next_attempt = float("inf")
    # Refusals are expected here; what fails is told at the end.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    found: dict[str, Answers] = defaultdict(Answers)
    found[FIRST].add(client, "/offres/")
    for _round in range(rounds):
        for name, paths in addresses().items():
            for path in paths:
                found[name].add(client, path)
    return dict(found)


def in_a_process(size: int, *, loaded: bool, rounds: int) -> dict[str, Answers]:
    context = get_context("spawn")
    with ProcessPoolExecutor(
        1, mp_context=context, initializer=searching.start, initargs=[size]
    ) as pool:
        return pool.submit(asked, loaded=loaded, rounds=rounds).result()


def show(situation: str, found: dict[str, Answers], console: Console) -> bool:
    """Print a table; whether all is well."""
    columns = ["addresses", "answers", "statuses", "p95 ms", "slowest", "best round", "most CPU"]
    table = Table(*columns, title=situation, title_justify="left")
    for name, answers in found.items():
        table.add_row(*answers.row(name))
    console.print(table)
    complaints = [text for answers in found.values() for text in answers.complaints]
    for text in complaints:
        console.print(text[:200], style="red", soft_wrap=True)
    return not complaints


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--offers", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    offers.fill(options.offers, Console(stderr=True))
    search.renew_snapshot()
    console, well = Console(width=140), []
    for situation, loaded in [("loaded", True), ("starting", False)]:
        found = in_a_process(options.offers, loaded=loaded, rounds=options.rounds)
        well.append(show(f"{options.offers} offers, {situation}", found, console))
    if not all(well):
        raise SystemExit("Something took more than a second, or failed.")


if __name__ == "__main__":
    main()
