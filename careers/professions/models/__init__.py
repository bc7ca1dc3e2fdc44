"""Professions (identity, criteria, interests) and their guides (blocks, versions)."""

from careers.professions.models.guide import (
    Condition,
    DayMoment,
    EntryRoute,
    Figure,
    Guide,
    GuideItem,
    GuideVersion,
    SalaryBand,
    Skill,
    Step,
    Testimony,
    ZoneOfGuide,
)
from careers.professions.models.profession import (
    Criterion,
    InterestProfile,
    Profession,
    ProfessionCode,
    ProfessionCriterion,
    ProfessionName,
    Sector,
)

__all__ = [
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
    "Skill",
    "Step",
    "Testimony",
    "ZoneOfGuide",
]
