"""What the page of a profession tells: its guide as read, and what surrounds it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.professions.models import Criterion, Profession
from careers.professions.reading import Group, Reading, Row, read
from careers.professions.similar import Similar
from portal.explain import Explainer, Term

Context = dict[str, Any]


@dataclass
class Surroundings:
    """What a page shows of the rest of the site, as it is now."""

    criteria: dict[int, Criterion]
    similar: list[Similar]
    terms: list[Term] = field(default_factory=list)
    schools: list[Any] = field(default_factory=list)
    programmes: list[Any] = field(default_factory=list)
    zones: dict[int, Any] = field(default_factory=dict)
    articles: list[Any] = field(default_factory=list)
    stories: list[Any] = field(default_factory=list)


class ProfessionPage:
    """What the blocks of a page are made of; terms are explained where first told."""

    def __init__(
        self, profession: Profession, reading: Reading | None, around: Surroundings
    ) -> None:
        self.profession = profession
        # Nothing published reads like a guide without a word.
        self.reading = reading or read({})
        self.around = around
        self.tell = Explainer(around.terms)

    @cached_property
    def head(self) -> Context:
        """Tagline, question and the four tiles, without explanations."""
        plain, reading = self.tell.plain, self.reading
        tiles = [
            ("graduation-cap", _("Studies"), reading.tile_studies),
            ("sparkles", _("Key qualities"), reading.tile_qualities),
            ("wallet", _("Salary"), reading.tile_salary),
            ("briefcase", _("Conditions"), reading.tile_conditions),
        ]
        return {
            "tagline": plain(reading.tagline),
            "hook": plain(reading.hook),
            "tiles": [
                {"icon": icon, "title": title, "text": plain(text)}
                for icon, title, text in tiles
                if text
            ],
        }

    @property
    def quiz_url(self) -> str:
        """Where the quiz about this profession begins; "" while its interests are not known."""
        if not hasattr(self.profession, "interests"):
            return ""
        return reverse("compatibility:begin", args=[self.profession.slug])

    def told(self, rows: Iterable[Row]) -> list[Context]:
        """Items as templates read them: their texts as HTML, their criterion as a link."""
        return [
            {"heading": self.tell.plain(row.heading), "text": self.tell(row.text)}
            | self.criterion(row.criterion_id)
            for row in rows
        ]

    def criterion(self, pk: int | None) -> Context:
        criterion = self.around.criteria.get(pk) if pk else None
        if criterion is None:
            return {"url": "", "criterion": ""}
        return {
            "url": criterion.get_absolute_url(),
            "criterion": self.tell.plain(criterion.name),
        }

    def groups(self, groups: Iterable[Group]) -> list[Context]:
        return [
            {"heading": self.tell.plain(group.heading), "rows": self.told(group.items)}
            for group in groups
        ]

    @cached_property
    def sources(self) -> list[Any]:
        """Every source the page cites, once, in the order of the page."""
        cited: dict[int, Any] = {}
        blocks = self.reading.blocks
        rows = [*blocks["figures"], *blocks["salaries"], *blocks["testimonies"]]
        for source in [getattr(row, "source", None) for row in rows] + self._live_sources():
            if source:
                cited.setdefault(source.pk, source)
        return list(cited.values())

    def _live_sources(self) -> list[Any]:
        interests = getattr(self.profession, "interests", None)
        rows = [*self.profession.codes.all(), *([interests] if interests else [])]
        return [row.source for row in [*rows, *self.around.stories]]
