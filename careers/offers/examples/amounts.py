"""The pay of an example offer: inside the band of the profession's guide where it has one.

Elsewhere a table by study level and experience, our own estimate; gross, for full time.
"""

from dataclasses import dataclass
from random import Random

from careers.offers.enums import Contract, Experience
from careers.offers.examples.catalogue import Firm, Role
from careers.offers.examples.choices import UNSKILLED
from careers.offers.pay import HOURS_A_MONTH, MONTHS_A_YEAR
from careers.professions.enums import Period, SalaryLevel, StudyLevel

# Above the guaranteed minimum monthly income of Belgium (about 2,100 €).
LEAST = 2_150
BEGINNERS = {
    StudyLevel.NONE: 2_150,
    StudyLevel.VOCATIONAL: 2_280,
    StudyLevel.UPPER_SECONDARY: 2_380,
    StudyLevel.SHORT_CYCLE: 2_560,
    StudyLevel.BACHELOR: 2_820,
    StudyLevel.MASTER: 3_350,
    StudyLevel.DOCTORATE: 3_750,
}
MORE = {
    Experience.NONE: 1.0,
    Experience.UNDER_TWO: 1.04,
    Experience.TWO_TO_FIVE: 1.16,
    Experience.OVER_FIVE: 1.33,
}
SECTORS = {
    "it-digital": 1.12,
    "energy-environment": 1.09,
    "industry-technology": 1.06,
    "management-finance": 1.06,
    "construction-wood": 1.05,
    "health": 1.04,
    "safety-defence": 1.04,
    "social-care": 0.98,
    "business-sales": 0.97,
    "hospitality-tourism-sport": 0.96,
    "crafts-personal-services": 0.96,
    "agriculture-nature": 0.95,
    "arts-media-communication": 0.95,
}
BY_THE_HOUR = {
    "industry-technology",
    "construction-wood",
    "transport-logistics",
    "crafts-personal-services",
    "agriculture-nature",
    "energy-environment",
    "hospitality-tourism-sport",
}
# Contracts with a scale of their own: period, least and most, and the step amounts are rounded to.
SCALES = {
    Contract.STUDENT: (Period.HOUR, 13.2, 16.5, 0.1),
    Contract.FLEXI_JOB: (Period.HOUR, 13.5, 16.0, 0.1),
    Contract.FREELANCE: (Period.HOUR, 42, 95, 1),
    Contract.WORK_STUDY: (Period.MONTH, 650, 1_100, 10),
    Contract.INTERNSHIP: (Period.MONTH, 850, 1_250, 10),
}


@dataclass(frozen=True, slots=True)
class Pay:
    """Euros; both None where no pay is given."""

    low: float | None
    high: float | None
    period: Period = Period.MONTH


def pay(contract: Contract, experience: Experience, firm: Firm, role: Role, random: Random) -> Pay:
    if contract == Contract.VOLUNTEER or random.random() < 0.03:
        return Pay(None, None)
    if contract in SCALES:
        period, least, most, step = SCALES[contract]
        low = least + random.random() * 0.6 * (most - least)
        return _range(low, low + 0.25 * (most - least), period, step, random)
    low, high = _monthly(experience, role, random)
    wage = role.sector in BY_THE_HOUR and role.study_level in UNSKILLED
    if wage and random.random() < (0.8 if firm.is_agency else 0.5):
        hour = float(HOURS_A_MONTH)
        # Rounded up, so that a minimum stays one.
        return _range(low / hour + 0.03, high / hour + 0.03, Period.HOUR, 0.05, random)
    if low >= 4_500 and random.random() < 0.4:
        year = float(MONTHS_A_YEAR)
        return _range(low * year + 250, high * year, Period.YEAR, 500, random)
    return _range(low, high, Period.MONTH, 50 if low >= 3_000 else 10, random)


def _monthly(experience: Experience, role: Role, random: Random) -> tuple[float, float]:
    """Least and most for a month."""
    new = experience in {Experience.NONE, Experience.UNDER_TWO}
    level = SalaryLevel.BEGINNER if new else SalaryLevel.EXPERIENCED
    if band := role.bands.get(level) or role.bands.get(SalaryLevel.OVERALL):
        least, most = band
        low = least + random.random() * 0.4 * (most - least)
        return low, low + (0.25 + random.random() * 0.3) * (most - least)
    base = BEGINNERS[StudyLevel(role.study_level)] * MORE[experience] * role.pay
    leading = 1.15 if role.has("leading") else 1
    low = base * SECTORS.get(role.sector, 1) * leading * (0.97 + random.random() * 0.1)
    return max(low, LEAST), max(low, LEAST) * (1.08 + random.random() * 0.16)


def _range(low: float, high: float, period: Period, step: float, random: Random) -> Pay:
    """Rounded amounts; one offer in eight names only the least."""
    rounded = [round(round(amount / step) * step, 2) for amount in (low, high)]
    return Pay(rounded[0], None if random.random() < 0.12 else rounded[1], period)
