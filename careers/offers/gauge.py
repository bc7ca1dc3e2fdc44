"""How many offers what a visitor speaks is enough for, and what one level more would open."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from careers.offers import search
from careers.offers.enums import LanguageLevel, WorkLanguage
from careers.offers.fields import LANGUAGES, NO_LEVEL
from careers.offers.search.query import Query

# How many levels above one's own the gauge looks for more offers.
MOST_STEPS = 3


class Gauge:
    """The offers of a query for who speaks the languages said, and of all others nothing.

    `data` is the address of the list. Costs one count, and three for each language at most.
    """

    def __init__(self, query: Query, data: QueryDict) -> None:
        self.data = data
        self.spoken = dict.fromkeys(LANGUAGES, 0) | dict(query.languages)
        self.query = replace(query, at=None)

    @cached_property
    def total(self) -> int:
        return self._count(self.spoken)

    @property
    def url(self) -> str:
        """The list of these offers."""
        return self._url(self.spoken)

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """For each language the next level that opens more offers."""
        steps = [self._step(code, level) for code, level in self.spoken.items()]
        return [step for step in steps if step]

    def _step(self, code: str, level: int) -> dict[str, Any] | None:
        for higher in range(level + 1, min(level + MOST_STEPS, max(LanguageLevel)) + 1):
            spoken = self.spoken | {code: higher}
            number = self._count(spoken)
            if number > self.total:
                label = f"{WorkLanguage(code).label} {LanguageLevel(higher).label}"
                return {"label": label, "count": number, "url": self._url(spoken)}
        return None

    def _count(self, spoken: dict[str, int]) -> int:
        return search.count(replace(self.query, languages=tuple(spoken.items())))

    def _url(self, spoken: dict[str, int]) -> str:
        query = self.data.copy()
        for code, level in spoken.items():
            query[code] = str(LanguageLevel(level).label) if level else NO_LEVEL
        return f"{reverse('offers:list')}?{query.urlencode()}"
