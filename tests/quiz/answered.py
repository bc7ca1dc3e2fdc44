"""Finished main quizzes, by what a person likes."""

from quiz import actions
from quiz.enums import StudyOpenness
from quiz.models import QuizSession

CARING = {"R": 2, "I": 4, "A": 3, "S": 5, "E": 2, "C": 1}
MAKING = {"R": 5, "I": 4, "A": 2, "S": 2, "E": 1, "C": 3}
LEADING = {"R": 3, "I": 2, "A": 1, "S": 3, "E": 5, "C": 4}
ALIKE = dict.fromkeys("RIASEC", 3)


def finished(likes=CARING, *, level=StudyOpenness.ANY, language="fr", **values) -> QuizSession:
    """A quiz answered on one page: each question of an interest alike."""
    session = actions.start(language=language, study_level=level, **values)
    given = {item.key: likes[item.dimension] for item in actions.form_items(session)}
    return actions.answer_form(token=session.edit_token, values=given)
