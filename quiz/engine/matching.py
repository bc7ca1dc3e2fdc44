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
    model: Model,
    catalogue: Catalogue,
    posterior: Posterior,
    formula: Formula,
    weights: Array,
    possible: Posterior | None = None,
) -> Matches:
    """Match the person of a posterior with every profession.

    `possible`: what the person may be, where that is more than the posterior says.
    """
    ahead = person(model, posterior.scales, formula, weights)
    contributions = profession_vectors(catalogue, formula) * ahead
    score = contributions.sum(axis=1)
    norm, scales = norm_of(model, catalogue), drawn_scales(model, possible or posterior)
    people = unit(person(model, scales, formula, weights))
    drawn = drawn_scores(catalogue, people, formula)
    # Rounded as for the order: what is equal there must not differ here.
    length = np.maximum(np.linalg.norm(ahead), 1e-9)
    expected = _sureness(people, ahead) * np.round(score, 9) / length
    match, ends, nearness = expected, _ends(drawn), norm.percentile(expected, formula)
    if formula == "centred":
        match, ends, normed = nearness, norm.percentile(ends, formula), ahead
    else:
        normed = person(model, posterior.scales, "centred", weights)
        people = unit(person(model, scales, "centred", weights))
    correlations = _sureness(people, normed) * (catalogue.directions * unit(normed)).sum(axis=1)
    return Matches(
        score=score,
        contributions=contributions,
        match=match,
        # Ends without width may differ from the match by the last digits.
        low=np.minimum(ends[0], match),
        high=np.maximum(ends[1], match),
        percentile=norm.shares(correlations),
        nearness=nearness,
        top_tenth=_top_tenth(drawn),
        ranking=order(score),
    )


def ranking(
    model: Model, catalogue: Catalogue, posterior: Posterior, formula: Formula, weights: Array
) -> NDArray[np.intp]:
    """The order of the professions alone, best first."""
    ahead = person(model, posterior.scales, formula, weights)
    return order((profession_vectors(catalogue, formula) * ahead).sum(axis=1))


def drawn_scales(model: Model, posterior: Posterior) -> Array:
    """Scale means of what the person may be (draws × 6)."""
    return spread(posterior.scales, posterior.covariance, normal_points(DRAWS, 6))


def _sureness(people: Array, ahead: Array) -> float:
    """The expected cosine of a person as shown and as they may be (draws × 6, length one).

    That is the mean resultant length of directional statistics (Mardia and Jupp 2000), along the
    direction shown. A score at length one times this is the score to expect: a person of whom
    all is known keeps theirs, one of whom nothing is known stands in the middle.
    """
    return float(max((people.mean(axis=0) * unit(ahead)).sum(), 0.0))


def drawn_scores(catalogue: Catalogue, people: Array, formula: Formula) -> Array:
    """Scores of people at length one (draws × professions).

    What is not known of a profession is drawn too, in another order for each of the first 8,192.
    """
    scores = products(people, profession_vectors(catalogue, formula))
    sd = catalogue.value_sd
    if sd.any():
        if formula == "pearson":
            length = np.linalg.norm(catalogue.centred, axis=1)
            sd = sd / np.maximum(length, 1e-9)
        error = normal_points(DRAWS, 7)[:, 6]
        index = np.arange(len(catalogue))
        # Odd strides and shifts each run through all draws.
        stride, shift = 2 * (index // DRAWS) + 1, 37 * index
        scores += sd * error[(np.arange(DRAWS)[:, None] * stride + shift) % DRAWS]
    return scores


def _ends(drawn: Array) -> Array:
    """The two ends of the interval of each profession (2 × professions)."""
    cut = int(LEFT_OUT * len(drawn))
    parts = np.partition(np.ascontiguousarray(drawn.T), (cut, len(drawn) - 1 - cut), axis=1)
    return np.stack([parts[:, cut], parts[:, len(drawn) - 1 - cut]])


def _top_tenth(drawn: Array) -> Array:
    """How often each profession is in the first tenth of a draw (draws × professions).

    The tenth of every draw is as large: what is equal after rounding enters in the order of ids.
    """
    count, scores = ceil(drawn.shape[1] / 10), np.round(drawn, 9)
    last = np.partition(scores, -count, axis=1)[:, -count, None]
    above, equal = scores > last, scores == last
    places = count - above.sum(axis=1, keepdims=True)
    return (above | (equal & (np.cumsum(equal, axis=1) <= places))).mean(axis=0)
