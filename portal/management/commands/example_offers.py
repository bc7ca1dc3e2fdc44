"""Fill the site with invented offers, or renew those that have ended.

manage.py example_offers
manage.py example_offers --offers 500 --seed 2
"""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from careers.offers.examples import NothingToInvent, top_up


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--offers", type=int, default=2000, help="how many are live, about")
        parser.add_argument("--seed", type=int, default=1, help="another number, other offers")

    def handle(self, *, offers: int, seed: int, **options: Any) -> None:
        bar = partial(track, description="example offers", console=Console(stderr=True))
        try:
            outcome = top_up(count=offers, seed=seed, today=timezone.localdate(), track=bar)
        except NothingToInvent as error:
            raise CommandError("Nothing to invent offers of: run load_content first.") from error
        self.stdout.write(
            f"{outcome.there} example offers: {outcome.created} new, {outcome.deleted} taken away"
        )
