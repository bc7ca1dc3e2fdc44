"""Makes the report of a session."""

from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quiz.engine import families
from quiz.engine.answers import HIGHEST, LOWEST
from quiz.engine.dimensions import RIASEC
from quiz.engine.errors import EngineError
from quiz.engine.matching import Matches, matched, ranking
from quiz.engine.model import Model, Posterior
from quiz.engine.report import Interest, Match, Report
from quiz.engine.scoring import EVEN, formula_named, interest_weights
from quiz.engine.version import VERSION

if TYPE_CHECKING:
    from quiz.engine.session import Session

# Standard deviations on each side of a normal 80 % interval.
EIGHTY = 1.2815515655446004


def made_report(session: "Session", formula: str, weights: Any, levels: Any) -> Report:
    """See `Session.report`."""
    named, factors = formula_named(formula), interest_weights(weights)
    model, catalogue, posterior = session.model, session.catalogue, session.posterior
    found = matched(model, catalogue, posterior, named, factors, session.possible)
    before = found.ranking
    if (factors != 1).any():
        before = ranking(model, catalogue, posterior, named, EVEN)
    rows = _rows(session, found, before, levels)
    suggestions, groups = families.suggested(rows), families.grouped(rows)
    interests = interests_of(model, posterior)
    values = [i.mean if named == "pearson" else i.centred for i in interests]
    ranked = sorted(np.flatnonzero(model.bank.present).tolist(), key=lambda d: -round(values[d], 9))
    return Report(
        formula=named,
        engine=VERSION,
        max_items=session.max_items,
        interests=interests,
        first=RIASEC[ranked[0]],
        least=RIASEC[ranked[-1]],
        open_profile=session.is_flat or _is_open(model, posterior, ranked, named == "pearson"),
        professions=rows,
        suggestions=suggestions,
        families=groups,
        bridge=families.bridge(rows, groups),
        quality=session.quality,
        width=float(np.mean([m.high - m.low for m in suggestions])) if suggestions else 0.0,
    )


def _rows(
    session: "Session", found: Matches, before: NDArray[np.intp], levels: Any
) -> tuple[Match, ...]:
    """The professions of the levels asked for, best first, ranked among themselves."""
    catalogue = session.catalogue
    kept = np.ones(len(catalogue), dtype=bool)
    if levels is not None:
        wanted = _levels(levels)
        kept = np.array([p.level is None or p.level in wanted for p in catalogue.professions])
    old = np.empty(len(catalogue), dtype=np.intp)
    old[before[kept[before]]] = np.arange(1, kept.sum() + 1)
    now = found.ranking[kept[found.ranking]]
    gains = old[now] - np.arange(1, len(now) + 1)
    return found.rows(catalogue, now.tolist(), gains.tolist())


def _levels(levels: Any) -> set[float]:
    try:
        if isinstance(levels, str):
            raise TypeError
        return {float(level) for level in levels}
    except (TypeError, ValueError):
        raise EngineError(f"Study levels are a collection of numbers, not {levels!r}.") from None


def interests_of(model: Model, posterior: Posterior) -> tuple[Interest, ...]:
    centred = model.standardised(posterior.scales)
    normed = (posterior.scales - model.norm_mean) / model.norm_sd
    sd = np.sqrt(np.maximum(np.diag(posterior.covariance), 0))
    # The normal distribution goes on beyond the ends of the scale; no mean of answers does.
    ends = LOWEST, HIGHEST
    low, high = (np.clip(posterior.scales + side * EIGHTY * sd, *ends) for side in (-1, 1))
    turned = model.centring @ posterior.covariance @ model.centring.T
    centred_sd = np.sqrt(np.maximum(np.diag(turned), 0))
    return tuple(
        Interest(
            dimension=letter,
            mean=float(posterior.scales[d]),
            low=float(low[d]),
            high=float(high[d]),
            normed=float(normed[d]),
            centred=float(centred[d]),
            sd=float(centred_sd[d]),
        )
        for d, letter in enumerate(RIASEC)
    )


def _is_open(model: Model, posterior: Posterior, ranked: list[int], raw: bool) -> bool:
    """Whether the two highest interests are nearer to each other than is known of them."""
    if len(ranked) < 2:
        return False
    difference = np.zeros(6)
    difference[ranked[0]], difference[ranked[1]] = 1, -1
    if not raw:
        difference = difference / model.norm_sd
    gap = difference @ (posterior.scales if raw else posterior.scales - model.norm_mean)
    variance = float(difference @ posterior.covariance @ difference)
    return bool(gap < sqrt(max(variance, 0.0)))
