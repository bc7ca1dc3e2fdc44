from django.utils.text import slugify
from factory import LazyAttribute, Sequence, SubFactory, post_generation
from factory.django import DjangoModelFactory

from careers.schools.enums import Degree, SchoolKind
from careers.schools.models import Campus, Programme, School
from tests.careers.zones.factories import MunicipalityFactory


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School

    name = Sequence("École {}".format)
    slug_fr = LazyAttribute(lambda school: slugify(school.name))
    kind = SchoolKind.UNIVERSITY


class CampusFactory(DjangoModelFactory[Campus]):
    class Meta:
        model = Campus

    school = SubFactory(SchoolFactory)
    name = Sequence("Site {}".format)
    municipality = SubFactory(MunicipalityFactory)


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """A bachelor; `campuses=[…]` and `professions=[…]` say where it is taught and leads."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    name_fr = Sequence("Formation {}".format)
    slug_fr = LazyAttribute(lambda programme: slugify(programme.name_fr))
    school = SubFactory(SchoolFactory)
    degree = Degree.BACHELOR

    @post_generation
    def campuses(programme, create, extracted):
        if create and extracted:
            programme.campuses.set(extracted)

    @post_generation
    def professions(programme, create, extracted):
        if create and extracted:
            programme.professions.set(extracted)
