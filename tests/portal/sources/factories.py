from factory import Sequence
from factory.django import DjangoModelFactory

from portal.sources.models import Source


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    title = Sequence("Source {}".format)
    publisher = "Office"
    year = 2025
