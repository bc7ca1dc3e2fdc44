"""How near one profession is: a short quiz of its own, with the items that tell most about it.

Asking only what the profession has ("do you like helping people?") tells little: liking it more
than other things is what counts, so the items that tell most are often about something else.
"""

from dataclasses import dataclass
from typing import Any

from quiz.engine.answers import Scale
from quiz.engine.catalogue import Catalogue
from quiz.engine.checks import whole
from quiz.engine.errors import BadScale
from quiz.engine.identity import Id
from quiz.engine.matching import matched
from quiz.engine.model import Model
from quiz.engine.quality import Quality
from quiz.engine.report import Band, Interest, Match
from quiz.engine.reporting import interests_of
from quiz.engine.scoring import Formula, formula_named, interest_weights
from quiz.engine.selection import Array, profession_aim
from quiz.engine.session import Session
from quiz.engine.similar import similar
from quiz.engine.version import VERSION

ITEMS, ITEMS_AFTER_SESSION = 8, 4
ALTERNATIVES, LOOKED_AT = 3, 50


@dataclass(frozen=True, slots=True)
class CompatibilityReport:
    """One profession for one person.

    `own`: its match, with its rank among all. `nearer`: all professions that are nearer and not
    far, the nearest first; empty where this one is close.
    """

    formula: Formula
    engine: str
    own: Match
    interests: tuple[Interest, ...]
    nearer: tuple[Match, ...]
    quality: Quality

    @property
    def profession(self) -> Id:
        return self.own.id

    @property
    def match(self) -> float:
        return self.own.match

    @property
    def band(self) -> Band:
        return self.own.band


class Compatibility(Session):
    """A session whose items are chosen for one profession; see `compatibility`."""

    def __init__(
        self,
        model: Model,
        catalogue: Catalogue,
        profession: Any,
        max_items: int = ITEMS,
        scale: Any = None,
    ) -> None:
        super().__init__(model, catalogue, max_items, scale)
        self._profession = catalogue.index(profession)

    @property
    def profession(self) -> Id:
        return self.catalogue.ids[self._profession]

    def report(  # type: ignore[override]
        self, formula: str = "centred", *, weights: Any = None
    ) -> CompatibilityReport:
        """How near the profession is. Raises `UnknownFormula`, `EngineError`."""
        named, factors = formula_named(formula), interest_weights(weights)
        found = matched(self.model, self.catalogue, self.posterior, named, factors, self.possible)
        rows = found.rows(self.catalogue, found.ranking.tolist(), [0] * len(self.catalogue))
        own = next(row for row in rows if row.id == self.profession)
        return CompatibilityReport(
            formula=named,
            engine=VERSION,
            own=own,
            interests=interests_of(self.model, self.posterior),
            nearer=_nearer(own, rows),
            quality=self.quality,
        )

    def alternatives(self, report: CompatibilityReport) -> tuple[Match, ...]:
        """Up to three of the nearer professions of a report: those most like this one first.

        Where none of its likes is nearer, what stands first for this person.
        """
        nearer = report.nearer
        if not nearer:
            return ()
        rows = {row.id: row for row in nearer}
        like = [other.id for other in similar(self.catalogue, self.profession)[:LOOKED_AT]]
        found = [rows[other] for other in like if other in rows][:ALTERNATIVES]
        rest = [row for row in nearer if row not in found]
        return tuple([*found, *rest][:ALTERNATIVES])

    @property
    def _opening(self) -> tuple[int, ...]:
        return ()

    def _aim(self) -> Array:
        return profession_aim(self.model, self.catalogue, self._profession, self.posterior)

    def _twin(self) -> "Compatibility":
        return Compatibility(
            self.model, self.catalogue, self.profession, self.max_items, self.scale
        )


def _nearer(own: Match, rows: tuple[Match, ...]) -> tuple[Match, ...]:
    if own.band in (Band.VERY_CLOSE, Band.CLOSE):
        return ()
    return tuple(row for row in rows if row.rank < own.rank and row.band != Band.FAR)


def compatibility(
    model: Model,
    catalogue: Catalogue,
    profession: Any,
    session: Session | None = None,
    max_items: int | None = None,
    scale: Any = None,
) -> Compatibility:
    """A session of `max_items` items about one profession: `next_item`, `answer`, `report`.

    After a `session` of the main quiz with the same bank, its answers count and only `max_items`
    more are asked (8 alone, 4 after a session, unless said), on the same scale. Raises
    `UnknownProfession`, `BadScale`, `EngineError`.
    """
    if session is None:
        more = ITEMS if max_items is None else max_items
        return Compatibility(model, catalogue, profession, more, scale)
    if scale is not None and Scale.of(scale) != session.scale:
        raise BadScale(f"The session before was on the scale {session.scale}, not {scale!r}.")
    more = ITEMS_AFTER_SESSION if max_items is None else whole(max_items, 0, "A number of items")
    begun = Compatibility(model, catalogue, profession, session.asked + more, session.scale)
    for item, value in session.answers.items():
        begun.answer(item, value)
    for item in session.skipped:
        begun.skip(item)
    return begun
