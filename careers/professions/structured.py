"""A profession and its questions in the words of schema.org."""

from typing import Any

from careers.professions.enums import FigureKind, SalaryLevel
from careers.professions.models import Profession
from careers.professions.reading import Reading, Row

Data = dict[str, Any]

# As ISO 8601 writes a length of time.
DURATIONS = {"hour": "PT1H", "month": "P1M", "year": "P1Y"}


def occupation(profession: Profession, reading: Reading | None, url: str) -> Data:
    """The profession as an Occupation, with what its guide says of it."""
    data: Data = {
        "@type": "Occupation",
        "name": profession.title,
        "description": str(profession.definition),
        "url": url,
        "occupationLocation": {"@type": "Country", "name": "BE"},
    }
    if profession.isco08:
        data["occupationalCategory"] = {
            "@type": "CategoryCode",
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "ISCO-08"},
            "codeValue": profession.isco08,
        }
    return data | _of_guide(reading) if reading else data


def _of_guide(reading: Reading) -> Data:
    data: Data = {
        "responsibilities": [str(row.text) for row in reading.missions],
        "skills": [str(row.name) for row in reading.skills],
        "educationRequirements": str(reading.tile_studies),
        "estimatedSalary": [_salary(row) for row in reading.salaries if row.country == "BE"],
        "qualifications": [
            str(row.text) for row in reading.figures if row.kind == FigureKind.TRAINING_LENGTH
        ],
    }
    return {name: value for name, value in data.items() if value}


def _salary(row: Row) -> Data:
    amounts = {"minValue": row.minimum, "maxValue": row.maximum}
    # The first type has the length of time, the second the two ends; we know no percentiles.
    return {
        "@type": ["MonetaryAmountDistribution", "MonetaryAmount"],
        "name": "base" if row.level == SalaryLevel.OVERALL else str(row.level_label),
        "currency": row.currency,
        "duration": DURATIONS[row.period],
        **{name: float(value) for name, value in amounts.items() if value is not None},
    }


def questions(reading: Reading) -> Data:
    """The frequent questions and their answers."""
    return {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": str(row.heading),
                "acceptedAnswer": {"@type": "Answer", "text": str(row.text)},
            }
            for row in reading.faq
        ],
    }
