"""Scores, intervals and probabilities of all professions of a catalogue, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from quiz.engine.catalogue import Catalogue, unit
from quiz.engine.draws import normal_points, spread
from quiz.engine.model import Model, Posterior
from quiz.engine.report import Band, Match
from quiz.engine.scoring import Formula, norm_of, order, person, products, profession_vectors

Array = NDArray[np.float64]

DRAWS = 128
# An interval that leaves out a tenth of the draws on each side.
LEFT_OUT = 0.1


@dataclass(frozen=True, eq=False)
class Matches:
    """One value a profession, in the order of the catalogue; fields as in `report.Match`."""

    score: Array
    contributions: Array
    match: Array
    low: Array
    high: Array
    percentile: Array
    nearness: Array
    top_tenth: Array
    ranking: NDArray[np.intp]

    def rows(
        self, catalogue: Catalogue, indexes: Sequence[int], gains: Sequence[int]
    ) -> tuple[Match, ...]:
        """The matches of these professions, ranked from 1 in the order given."""
        at = np.asarray(indexes, dtype=np.intp)
        numbers = (self.score, self.match, self.low, self.high, self.percentile, self.top_tenth)
        columns = [number[at].tolist() for number in (*numbers, self.nearness, self.contributions)]
        known = [catalogue.professions[index] for index in indexes]
        return tuple(
            Match(
                id=p.id,
                rank=rank,
                score=score,
                match=match,
                low=low,
                high=high,
                percentile=percentile,
                top_tenth=top_tenth,
                band=Band.of(nearness),
                contributions=tuple(contributions),
                family=p.family,
                level=p.level,
                gain=gain,
            )
            for rank, (
                p,
                score,
                match,
                low,
                high,
                percentile,
                top_tenth,
                nearness,
                contributions,
                gain,
            ) in enumerate(zip(known, *columns, gains, strict=True), 1)
        )


def matched(
    model: Model, catalogue: Catalogue, posterior: Posterior, formula: Formula, weights: Array
) -> Matches:
    """Match the person of a posterior with every profession."""
    vectors = profession_vectors(catalogue, formula)
    ahead = person(model, posterior.scales, formula, weights)
    contributions = vectors * ahead
    score = contributions.sum(axis=1)
    norm, length = norm_of(model, catalogue), np.maximum(np.linalg.norm(ahead), 1e-9)
    # Rounded as for the order: what is equal there must not differ here.
    nearness = norm.percentile(np.round(score, 9) / length, formula)
    drawn = drawn_scores(model, catalogue, posterior, formula, weights)
    ends = _ends(drawn)
    if formula == "centred":
        match, ends = nearness, norm.percentile(ends, formula)
    else:
        match = score
    normed = unit(person(model, posterior.scales, "centred", weights))
    return Matches(
        score=score,
        contributions=contributions,
        match=match,
        low=np.minimum(ends[0], match),
        high=np.maximum(ends[1], match),
        percentile=norm.shares((catalogue.directions * normed).sum(axis=1)),
        nearness=nearness,
        top_tenth=_top_tenth(drawn),
        ranking=order(score),
    )


def drawn_scores(
    model: Model,
    catalogue: Catalogue,
    posterior: Posterior,
    formula: Formula,
    weights: Array,
) -> Array:
    """Scores of what the person may be (draws × professions), at length one.

    What is not known of a profession is drawn too, for each profession apart.
    """
    scales = spread(posterior.scales, posterior.covariance, normal_points(DRAWS, 6))
    vectors = profession_vectors(catalogue, formula)
    scores = products(unit(person(model, scales, formula, weights)), vectors)
    sd = catalogue.value_sd
    if sd.any():
        if formula == "pearson":
            length = np.linalg.norm(catalogue.centred, axis=1)
            sd = sd / np.maximum(length, 1e-9)
        error = normal_points(DRAWS, 7)[:, 6]
        shift = 37 * np.arange(len(catalogue))
        scores += sd * error[(np.arange(DRAWS)[:, None] + shift) % DRAWS]
    return scores


def _ends(drawn: Array) -> Array:
    """The two ends of the interval of each profession (2 × professions)."""
    cut = int(LEFT_OUT * len(drawn))
    parts = np.partition(np.ascontiguousarray(drawn.T), (cut, len(drawn) - 1 - cut), axis=1)
    return np.stack([parts[:, cut], parts[:, len(drawn) - 1 - cut]])


def _top_tenth(drawn: Array) -> Array:
    count = ceil(drawn.shape[1] / 10)
    last = np.partition(drawn, -count, axis=1)[:, -count, None]
    return (drawn >= last - 1e-12).mean(axis=0)
