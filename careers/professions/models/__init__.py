"""Professions (identity, criteria, interests) and their guides (blocks, versions)."""

from careers.professions.models.blocks import (
    Condition,
    DayMoment,
    EntryRoute,
    Figure,
    GuideItem,
    SalaryBand,
    Skill,
    Step,
    Testimony,
    ZoneOfGuide,
)
from careers.professions.models.guide import Guide, GuideVersion
from careers.professions.models.profession import (
    INTERESTS,
    TAG_THRESHOLD,
    Criterion,
    InterestProfile,
    Profession,
    ProfessionCode,
    ProfessionCriterion,
    ProfessionName,
    Sector,
)
from careers.professions.models.similar import SimilarProfession

__all__ = [
    "INTERESTS",
    "TAG_THRESHOLD",
    "Condition",
    "Criterion",
    "DayMoment",
    "EntryRoute",
    "Figure",
    "Guide",
    "GuideItem",
    "GuideVersion",
    "InterestProfile",
    "Profession",
    "ProfessionCode",
    "ProfessionCriterion",
    "ProfessionName",
    "SalaryBand",
    "Sector",
    "SimilarProfession",
    "Skill",
    "Step",
    "Testimony",
    "ZoneOfGuide",
]
