from django.utils.text import slugify
from factory import LazyAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from careers.zones.models import Municipality, Province, Region, Zone
from portal.charts.belgium import BRUSSELS


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "03000"
    name_fr = "Région wallonne"


class ProvinceFactory(DjangoModelFactory[Province]):
    class Meta:
        model = Province
        django_get_or_create = ["code"]

    code = "60000"
    name_fr = "Liège"
    region = SubFactory(RegionFactory)


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    """A municipality of the province of Liège. Say `in_brussels=True` for one without province."""

    class Meta:
        model = Municipality

    class Params:
        in_brussels = Trait(
            province=None, region=SubFactory(RegionFactory, code=BRUSSELS, name_fr="Bruxelles")
        )

    nis_code = Sequence(lambda number: f"{60000 + number:05}")
    name_fr = Sequence("Commune {}".format)
    province = SubFactory(ProvinceFactory)
    region = LazyAttribute(lambda town: town.province.region)
    latitude = 50.6
    longitude = 5.6


class ZoneFactory(DjangoModelFactory[Zone]):
    """An employment zone; `municipalities=[…]` says where."""

    class Meta:
        model = Zone
        skip_postgeneration_save = True

    name_fr = Sequence("Zone {}".format)
    slug_fr = LazyAttribute(lambda zone: slugify(zone.name_fr))

    @post_generation
    def municipalities(zone, create, extracted):
        if create and extracted:
            zone.municipalities.set(extracted)
