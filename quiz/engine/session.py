"""One person's way through the quiz: what to ask next, and what is known so far."""

from collections.abc import Mapping, Set
from typing import Any, Self

import numpy as np

from quiz.engine.answers import Scale
from quiz.engine.catalogue import Catalogue
from quiz.engine.checks import whole
from quiz.engine.errors import AlreadyAnswered, SessionComplete
from quiz.engine.identity import Id
from quiz.engine.model import Model, Posterior
from quiz.engine.quality import Quality, limit_for, surprise
from quiz.engine.report import Report
from quiz.engine.reporting import made_report
from quiz.engine.selection import Array, chosen, opening, ranking_aim


class Session:
    """Asks at most `max_items` items of a bank, each the most telling one after the answers so far.

    `scale`: the answers to choose from, a number (1 to that) or a pair (lowest, highest); those of
    the model unless said. Nothing is stored: to go on later, make a session again and give it the
    answers in any order. Raises `BadScale`, `EngineError`.

    The first six items are the same for everybody, one an interest; `next_item` depends on the
    set of items answered or skipped, never on their order.
    """

    def __init__(
        self, model: Model, catalogue: Catalogue, max_items: int = 20, scale: Any = None
    ) -> None:
        self.model, self.catalogue = model, catalogue
        self.max_items = whole(max_items, 1, "A number of items")
        self.scale: Scale = model.scale if scale is None else Scale.of(scale)
        self._values: dict[int, int] = {}
        self._skipped: set[int] = set()
        self._posterior: Posterior | None = None

    @property
    def answers(self) -> Mapping[Id, int]:
        """The answers so far, in the order given."""
        return {self.model.bank.ids[index]: value for index, value in self._values.items()}

    @property
    def skipped(self) -> Set[Id]:
        return {self.model.bank.ids[index] for index in self._skipped}

    @property
    def asked(self) -> int:
        """How many items were answered or skipped."""
        return len(self._values) + len(self._skipped)

    @property
    def is_complete(self) -> bool:
        return self.asked >= min(self.max_items, len(self.model.bank))

    @property
    def posterior(self) -> Posterior:
        """What is known of the person now."""
        if self._posterior is None:
            values = [self.scale.points(value) for value in self._values.values()]
            self._posterior = self.model.posterior(list(self._values), values, self.scale)
        return self._posterior

    @property
    def is_flat(self) -> bool:
        """Fewer than two different answers: nothing tells one interest from another."""
        return len(set(self._values.values())) < 2

    @property
    def possible(self) -> Posterior:
        """What the person may be: the posterior, or that of no answers where they are all alike."""
        return self.model.posterior([], []) if self.is_flat else self.posterior

    def next_item(self) -> Id | None:
        """The id of the item to ask now; the same until it is answered; None at the end."""
        if self.is_complete:
            return None
        bank, done = self.model.bank, self._values.keys() | self._skipped
        interests = {int(bank.dimension[index]) for index in done}
        if self.asked < len(self._opening):
            for index in self._opening:
                if int(bank.dimension[index]) not in interests:
                    return bank.ids[index]
        left = set(range(len(bank))) - done
        return bank.ids[chosen(bank, self.posterior, self._aim(), left)]

    def answer(self, item: Any, value: Any) -> None:
        """Take an answer of the scale to any item not yet answered; None skips the item.

        Raises `UnknownItem`, `AlreadyAnswered`, `ValueOutOfRange` or `SessionComplete`, and then
        nothing has changed.
        """
        index = self._open(item)
        if value is None:
            self._skipped.add(index)
        else:
            self._values[index] = self.scale.answer(value)
            self._posterior = None

    def skip(self, item: Any) -> None:
        """Leave an item unknown. Raises what `answer` raises."""
        self.answer(item, None)

    def take_back(self, item: Any) -> None:
        """Forget the answer to an item, or that it was skipped: it can be answered again."""
        index = self.model.bank.index(item)
        self._values.pop(index, None)
        self._skipped.discard(index)
        self._posterior = None

    def with_answer(self, item: Any, value: Any) -> Self:
        """Another session with the same answers but this one, given anew."""
        other = self._twin()
        for index, old in self._values.items():
            other.answer(self.model.bank.ids[index], old)
        for index in self._skipped:
            other.skip(self.model.bank.ids[index])
        other.take_back(item)
        other.answer(item, value)
        return other

    def report(
        self, formula: str = "centred", *, weights: Any = None, levels: Any = None
    ) -> Report:
        """What is known now: the interests, and every profession with its match.

        `formula`: "centred" or "pearson" (see `scoring`). `weights`: what-if factors of the six
        centred interests, a mapping from interest to factor or six numbers. `levels`: only the
        professions of these study levels, and those whose level is not known; it filters, and
        changes no number. Raises `UnknownFormula`, `EngineError`.
        """
        return made_report(self, formula, weights, levels)

    @property
    def quality(self) -> Quality:
        """Whether the answers hang together; for a soft note, never for a refusal."""
        count, surprised = len(self._values), None
        if count > 1:
            items = np.array(sorted(self._values))
            given = np.array([self.scale.points(self._values[index]) for index in items.tolist()])
            inside = self.model.covariance[np.ix_(items, items)]
            surprised = float(surprise(given, self.model.mean[items], inside, self.scale.step))
        # The limits were found on the scale of the model.
        limits = self.model.limits if self.scale == self.model.scale else ()
        limit = limit_for(count, limits)
        return Quality(count, len(self._skipped), self.is_flat, surprised, limit)

    @property
    def _opening(self) -> tuple[int, ...]:
        return opening(self.model)

    def _aim(self) -> Array:
        return ranking_aim(self.model, self.catalogue, self.posterior.scales)

    def _twin(self) -> Self:
        return type(self)(self.model, self.catalogue, self.max_items, self.scale)

    def _open(self, item: Any) -> int:
        index = self.model.bank.index(item)
        if index in self._values or index in self._skipped:
            raise AlreadyAnswered(f"The item {item!r} was already answered or skipped.")
        if self.asked >= self.max_items:
            raise SessionComplete(f"All {self.max_items} items of this session were asked.")
        return index
