from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from quiz.enums import Facet, Interest, ItemStatus
from quiz.models import (
    Answer,
    ClassGroup,
    Item,
    ModelVersion,
    QuizSession,
    ScalePoint,
)


class ItemFactory(DjangoModelFactory[Item]):
    """An item in use."""

    class Meta:
        model = Item

    key = Sequence("item-{}".format)
    dimension = Interest.REALISTIC
    facet = Facet.BUILDING
    status = ItemStatus.ACTIVE
    text_fr = Sequence("Monter le mur {}".format)


class ScalePointFactory(DjangoModelFactory[ScalePoint]):
    class Meta:
        model = ScalePoint
        django_get_or_create = ["value"]

    value = Sequence(lambda number: number % 5 + 1)
    label_fr = Sequence("Réponse {}".format)


class ModelVersionFactory(DjangoModelFactory[ModelVersion]):
    """A version that no session has used; its numbers mean nothing."""

    class Meta:
        model = ModelVersion

    number = Sequence(lambda number: number + 1)
    bank = [["item", "R", "building"]]
    parameters = {"items": ["item"], "mean": [2.7], "covariance": [[1.69]]}
    catalogue = {}


class ClassGroupFactory(DjangoModelFactory[ClassGroup]):
    class Meta:
        model = ClassGroup

    language = "fr"


class QuizSessionFactory(DjangoModelFactory[QuizSession]):
    """A main quiz that has just been started."""

    class Meta:
        model = QuizSession

    language = "fr"
    model_version = SubFactory(ModelVersionFactory)


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    session = SubFactory(QuizSessionFactory)
    item = SubFactory(ItemFactory)
    value = 3
    order = Sequence(lambda number: number + 1)
    milliseconds = 3900
