from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from careers.professions.models import Profession, Sector


class SectorFactory(DjangoModelFactory[Sector]):
    class Meta:
        model = Sector

    name_fr = Sequence("Secteur {}".format)
    slug_fr = Sequence("secteur-{}".format)


class ProfessionFactory(DjangoModelFactory[Profession]):
    """A listed profession without a guide."""

    class Meta:
        model = Profession

    name_masculine_fr = Sequence("profession {}".format)
    name_feminine_fr = LazyAttribute(lambda profession: profession.name_masculine_fr)
    name_short_fr = LazyAttribute(lambda profession: profession.name_masculine_fr)
    slug_fr = Sequence("profession-{}".format)
    definition_fr = "Ce que l’on y fait."
    sector = SubFactory(SectorFactory)
    study_level = "bachelor"
