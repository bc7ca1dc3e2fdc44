"""What a visitor imagines on a result page: other studies, no shifts, interests that weigh more."""

from dataclasses import dataclass
from typing import Any

from quiz.enums import StudyOpenness
from quiz.models import QuizSession

EVEN = (1.0,) * 6


@dataclass(frozen=True)
class WhatIf:
    """What-ifs that re-rank: the weights go with the six interests in the order of the hexagon."""

    level: StudyOpenness = StudyOpenness.ANY
    other_levels: bool = False
    no_shifts: bool = False
    weights: tuple[float, ...] = EVEN

    @classmethod
    def of(cls, session: QuizSession) -> "WhatIf":
        """What the person said at the beginning."""
        return cls(level=StudyOpenness(session.study_level))

    @property
    def ranks_as(self) -> tuple[Any, ...]:
        """Alike for what-ifs that rank alike: where every level is shown, none is another."""
        is_all = self.other_levels and self.level == StudyOpenness.ANY
        return self.level, self.other_levels and not is_all, self.no_shifts, self.weights
