from datetime import time

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from careers.professions import actions
from careers.professions.enums import (
    CodeSystem,
    ConditionKind,
    CriterionGroup,
    FigureKind,
    Frequency,
    RouteKind,
    SalaryLevel,
    Section,
    SimilarKind,
    SkillKind,
)
from careers.professions.models import (
    Condition,
    Criterion,
    DayMoment,
    EntryRoute,
    Figure,
    Guide,
    GuideItem,
    InterestProfile,
    Profession,
    ProfessionCode,
    ProfessionCriterion,
    ProfessionName,
    SalaryBand,
    Sector,
    SimilarProfession,
    Skill,
    Step,
    Testimony,
    ZoneOfGuide,
)
from tests.careers.zones.factories import ZoneFactory
from tests.portal.sources.factories import SourceFactory


class SectorFactory(DjangoModelFactory[Sector]):
    class Meta:
        model = Sector

    name_fr = Sequence("Secteur {}".format)
    slug_fr = Sequence("secteur-{}".format)


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    name_fr = Sequence("Critère {}".format)
    slug_fr = Sequence("critere-{}".format)
    description_fr = "Ce que le critère veut dire."
    group = CriterionGroup.ACTIVITY


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


class ProfessionNameFactory(DjangoModelFactory[ProfessionName]):
    class Meta:
        model = ProfessionName

    profession = SubFactory(ProfessionFactory)
    text = Sequence("autre nom {}".format)


class ProfessionCodeFactory(DjangoModelFactory[ProfessionCode]):
    class Meta:
        model = ProfessionCode

    profession = SubFactory(ProfessionFactory)
    system = CodeSystem.ROME
    version = "3"
    code = Sequence("H{:04}".format)


class ProfessionCriterionFactory(DjangoModelFactory[ProfessionCriterion]):
    """A criterion strong enough to be a chip."""

    class Meta:
        model = ProfessionCriterion

    profession = SubFactory(ProfessionFactory)
    criterion = SubFactory(CriterionFactory)
    value = 80


class InterestProfileFactory(DjangoModelFactory[InterestProfile]):
    class Meta:
        model = InterestProfile

    profession = SubFactory(ProfessionFactory)
    realistic = 6
    investigative = 5
    artistic = 4
    social = 3
    enterprising = 2
    conventional = 1


class GuideFactory(DjangoModelFactory[Guide]):
    """A draft with the least that may be published; `actions.publish` shows it."""

    class Meta:
        model = Guide

    profession = SubFactory(ProfessionFactory)
    tagline_fr = "Une phrase qui situe."
    introduction_fr = "Un paragraphe.\n\nUn autre."


class BlockFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    guide = SubFactory(GuideFactory)
    order = Sequence(int)


class GuideItemFactory(BlockFactory):
    class Meta:
        model = GuideItem

    section = Section.MISSIONS
    text_fr = Sequence("Élément {}".format)


class FigureFactory(BlockFactory):
    class Meta:
        model = Figure

    kind = FigureKind.AVERAGE_AGE
    value = 48
    unit = "years"
    text_fr = "48 ans"
    year = 2025
    source = SubFactory(SourceFactory)


class SalaryBandFactory(BlockFactory):
    """Gross pay a month in Belgium."""

    class Meta:
        model = SalaryBand

    level = SalaryLevel.OVERALL
    minimum = 5000
    maximum = 9500
    year = 2025
    source = SubFactory(SourceFactory)


class DayMomentFactory(DjangoModelFactory[DayMoment]):
    class Meta:
        model = DayMoment

    guide = SubFactory(GuideFactory)
    start = time(8)
    end = time(9, 30)
    text_fr = "Tour de l’atelier."


class TestimonyFactory(BlockFactory):
    __test__ = False

    class Meta:
        model = Testimony

    first_name = "Marc"
    role_fr = "directeur des opérations"
    text_fr = "Marc raconte ses journées."
    source = SubFactory(SourceFactory)


class StepFactory(BlockFactory):
    class Meta:
        model = Step

    title_fr = "Le diplôme"
    text_fr = "Vous décrochez le CESS."


class EntryRouteFactory(BlockFactory):
    class Meta:
        model = EntryRoute

    kind = RouteKind.STUDY
    text_fr = "Par un master."


class SkillFactory(BlockFactory):
    class Meta:
        model = Skill

    kind = SkillKind.HARD
    name_fr = Sequence("Compétence {}".format)
    importance = 3


class ConditionFactory(BlockFactory):
    class Meta:
        model = Condition

    kind = ConditionKind.NOISE
    frequency = Frequency.OFTEN


class ZoneOfGuideFactory(BlockFactory):
    class Meta:
        model = ZoneOfGuide

    zone = SubFactory(ZoneFactory)


def published_guide(**values) -> Guide:
    """A guide with the least there may be, published."""
    guide = GuideFactory(**values)
    actions.publish(guide=guide)
    guide.refresh_from_db()
    return guide


def full_guide(text: str = "", **values) -> Guide:
    """A draft with a row in every block, each text ending in `text`."""
    texts = {
        name: f"{name.removesuffix('_fr')}{text}"
        for name in [
            "tagline_fr",
            "hook_fr",
            "tile_studies_fr",
            "tile_qualities_fr",
            "tile_salary_fr",
            "tile_conditions_fr",
            "introduction_fr",
            "environment_fr",
        ]
    }
    guide = GuideFactory(**(texts | values))
    criterion = CriterionFactory()
    for section in Section:
        GuideItemFactory(
            guide=guide,
            section=section,
            heading_fr=f"heading {section}{text}",
            text_fr=f"text {section}{text}",
            criterion=criterion,
        )
    FigureFactory(guide=guide, text_fr=f"figure text{text}")
    FigureFactory(guide=guide, kind=FigureKind.OTHER, label_fr=f"figure label{text}", value=None)
    SalaryBandFactory(guide=guide, extras_fr=f"extras{text}")
    DayMomentFactory(guide=guide, text_fr=f"day{text}")
    TestimonyFactory(
        guide=guide,
        first_name=f"Ida{text}",
        role_fr=f"role{text}",
        sector_fr=f"branch{text}",
        text_fr=f"testimony{text}",
    )
    StepFactory(guide=guide, title_fr=f"step title{text}", text_fr=f"step text{text}")
    EntryRouteFactory(guide=guide, text_fr=f"route{text}")
    SkillFactory(guide=guide, name_fr=f"hard skill{text}", text_fr=f"skill text{text}")
    SkillFactory(guide=guide, kind=SkillKind.SOFT, name_fr=f"soft skill{text}")
    ConditionFactory(guide=guide, text_fr=f"condition{text}")
    ZoneOfGuideFactory(guide=guide, note_fr=f"zone note{text}")
    return guide


class SimilarProfessionFactory(DjangoModelFactory[SimilarProfession]):
    """Two professions of which nothing more is said than that they are alike."""

    class Meta:
        model = SimilarProfession

    profession = SubFactory(ProfessionFactory)
    other = SubFactory(ProfessionFactory)
    kind = SimilarKind.CLOSE
    score = 0.5
    version = 1
