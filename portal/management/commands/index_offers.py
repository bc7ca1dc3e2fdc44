"""Write the index of offers to a file, for the web servers that start next.

manage.py index_offers

Run it on each machine at each deployment, after `migrate` and before the web server starts.
"""

from typing import Any

from django.core.management.base import BaseCommand

from careers.offers import search


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        size = search.renew_snapshot()
        self.stdout.write(f"{size} offers are ready to be searched.")
