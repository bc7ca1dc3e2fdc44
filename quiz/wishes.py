"""What a visitor imagines on a result page: other studies, no shifts, interests that weigh more."""

from dataclasses import dataclass, field

from quiz.enums import StudyOpenness
from quiz.models import QuizSession

EVEN = (1.0,) * 6


@dataclass(frozen=True)
class Wish:
    """What-ifs that re-rank: the weights go with the six interests in the order of the hexagon."""

    level: StudyOpenness = StudyOpenness.ANY
    other_levels: bool = False
    no_shifts: bool = False
    weights: tuple[float, ...] = field(default=EVEN)

    @classmethod
    def of(cls, session: QuizSession) -> "Wish":
        """What the person said at the beginning."""
        return cls(level=StudyOpenness(session.study_level))
