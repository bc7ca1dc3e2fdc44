"""The item bank and the versions of its model; sessions, answers and reports; similar ones."""

from quiz.models.bank import Item, ScalePoint
from quiz.models.self_check import SelfCheck
from quiz.models.session import Answer, ClassGroup, QuizSession, Report
from quiz.models.version import ModelVersion

__all__ = [
    "Answer",
    "ClassGroup",
    "Item",
    "ModelVersion",
    "QuizSession",
    "Report",
    "ScalePoint",
    "SelfCheck",
]
