"""The facts of an example offer, drawn as they go together in Belgium.

The shares and amounts are our own estimates, made to look believable and nothing more.
"""

from functools import lru_cache
from random import Random

from careers.offers.enums import (
    Benefit,
    Contract,
    EmployerKind,
    Experience,
    HoursPattern,
    LanguageLevel,
    Licence,
    Telework,
)
from careers.offers.examples.catalogue import Choice, Firm, Role, Town, pick
from careers.professions.enums import StudyLevel

UNSKILLED = {StudyLevel.NONE, StudyLevel.VOCATIONAL, StudyLevel.UPPER_SECONDARY}
# Sectors of which students and flexi-jobbers do a good part of the work.
SIDE_JOBS = {
    "hospitality-tourism-sport",
    "business-sales",
    "transport-logistics",
    "crafts-personal-services",
    "agriculture-nature",
}
SEASONAL = {"hospitality-tourism-sport", "agriculture-nature"}
PROJECTS = {"it-digital", "arts-media-communication", "management-finance", "science-research"}
PART_TIME = SIDE_JOBS | {"health", "social-care", "education-training"} - {"transport-logistics"}
ENGLISH = {
    "it-digital",
    "science-research",
    "management-finance",
    "industry-technology",
    "energy-environment",
    "business-sales",
}
# Contracts of people who learn, or who work beside something else.
SIDE_CONTRACTS = {
    Contract.STUDENT,
    Contract.FLEXI_JOB,
    Contract.WORK_STUDY,
    Contract.INTERNSHIP,
    Contract.VOLUNTEER,
    Contract.SEASONAL,
}


@lru_cache(10_000)
def _contracts(kind: str, sector: str, role: Role) -> Choice[Contract]:
    """The contracts an employer of this kind and sector offers for a profession."""
    unskilled = role.study_level in UNSKILLED
    if kind == EmployerKind.AGENCY:
        weights = {Contract.AGENCY: 70.0, Contract.PERMANENT: 18.0, Contract.FIXED_TERM: 8.0}
    else:
        weights = {
            Contract.PERMANENT: 58.0 if unskilled else 70.0,
            Contract.FIXED_TERM: 14.0,
            Contract.REPLACEMENT: 8.0,
        }
    if role.sector in PROJECTS and not unskilled:
        weights |= {Contract.FREELANCE: 6, Contract.DEFINED_WORK: 4}
    if role.sector in SEASONAL and unskilled:
        weights[Contract.SEASONAL] = 14
    if role.sector in SIDE_JOBS and unskilled and not role.is_regulated:
        weights |= {Contract.STUDENT: 14, Contract.FLEXI_JOB: 7}
    if role.study_level == StudyLevel.VOCATIONAL and kind != EmployerKind.AGENCY:
        weights[Contract.WORK_STUDY] = 6
    if role.study_level in {StudyLevel.BACHELOR, StudyLevel.MASTER} and not role.is_regulated:
        weights[Contract.INTERNSHIP] = 3
    if kind == EmployerKind.PUBLIC:
        weights[Contract.STATUTORY] = 16
    # Unpaid work leads nobody, and does nothing that the law reserves to a profession.
    may_be_unpaid = not role.is_regulated and not role.manages
    if may_be_unpaid and kind == EmployerKind.NON_PROFIT and sector in {"social-care", *SEASONAL}:
        weights[Contract.VOLUNTEER] = 10
    return Choice(weights)


def contract(firm: Firm, role: Role, random: Random) -> Contract:
    return _contracts(firm.kind, firm.sector, role).draw(random)


def percentage(contract: Contract, role: Role, random: Random) -> int:
    """Of a full week; 100 is full time."""
    if contract in {Contract.STUDENT, Contract.FLEXI_JOB}:
        return pick([20, 30, 40, 50, 60], random)
    if contract == Contract.VOLUNTEER:
        return pick([10, 20], random)
    if contract in {Contract.WORK_STUDY, Contract.SEASONAL, Contract.FREELANCE}:
        return 100
    share = 0.42 if role.sector in PART_TIME else 0.1
    return pick([50, 50, 60, 75, 80, 80, 90], random) if random.random() < share else 100


P = HoursPattern
HOURS = {
    "health": Choice({P.TWO_SHIFTS: 3, P.THREE_SHIFTS: 3, P.IRREGULAR: 3, P.NIGHT: 1}),
    "social-care": Choice({P.IRREGULAR: 5, P.TWO_SHIFTS: 2, P.NIGHT: 1, P.WEEKEND: 1}),
    "industry-technology": Choice({P.TWO_SHIFTS: 5, P.THREE_SHIFTS: 3, P.NIGHT: 1, P.WEEKEND: 1}),
    "transport-logistics": Choice({P.TWO_SHIFTS: 4, P.IRREGULAR: 3, P.NIGHT: 2, P.THREE_SHIFTS: 1}),
    "hospitality-tourism-sport": Choice({P.IRREGULAR: 6, P.WEEKEND: 3, P.NIGHT: 0.5}),
    "safety-defence": Choice({P.THREE_SHIFTS: 4, P.IRREGULAR: 3, P.NIGHT: 2}),
}
OTHER_HOURS = Choice({P.IRREGULAR: 5, P.TWO_SHIFTS: 2, P.WEEKEND: 1})
DESK_HOURS = Choice({P.DAY: 6, P.FLEXIBLE: 4})
DAY_HOURS = Choice({P.DAY: 9, P.FLEXIBLE: 1})


def hours(role: Role, title: str, random: Random) -> HoursPattern:
    """What the title says, else what the profession is used to."""
    if "nuit" in title or "nacht" in title.lower():
        return P.NIGHT
    if "pauses" in title or "ploegen" in title:
        return P.THREE_SHIFTS if "drie" in title or random.random() < 0.4 else P.TWO_SHIFTS
    if role.has("shift-hours"):
        return HOURS.get(role.sector, OTHER_HOURS).draw(random)
    return (DESK_HOURS if role.has("office") else DAY_HOURS).draw(random)


TELEWORK = Choice({Telework.HYBRID: 45, Telework.SOME: 25, Telework.NONE: 22, Telework.FULL: 8})


def telework(role: Role, title: str, random: Random) -> Telework:
    if "à distance" in title:
        return Telework.FULL
    if role.has("telework"):
        return TELEWORK.draw(random)
    some = role.criteria.get("telework", 0) >= 30 and random.random() < 0.25
    return Telework.SOME if some else Telework.NONE


E = Experience
EXPERIENCES = {
    "low": Choice({E.NONE: 50, E.UNDER_TWO: 28, E.TWO_TO_FIVE: 17, E.OVER_FIVE: 5}),
    "high": Choice({E.NONE: 22, E.UNDER_TWO: 33, E.TWO_TO_FIVE: 32, E.OVER_FIVE: 13}),
    "leading": Choice({E.UNDER_TWO: 8, E.TWO_TO_FIVE: 52, E.OVER_FIVE: 40}),
    "side": Choice({E.NONE: 85, E.UNDER_TWO: 15}),
}


def experience(contract: Contract, role: Role, random: Random) -> Experience:
    if contract in SIDE_CONTRACTS:
        return EXPERIENCES["side"].draw(random)
    if role.has("leading"):
        return EXPERIENCES["leading"].draw(random)
    return EXPERIENCES["low" if role.study_level in UNSKILLED else "high"].draw(random)


LICENCES = {
    "truck-driver": Choice({Licence.CE: 6, Licence.C: 4}),
    "bus-driver": Choice({Licence.D: 1}),
    "removal-worker": Choice({Licence.C: 1, Licence.B: 2}),
}
ROAD = Choice({Licence.B: 85, Licence.NONE: 15})
SITES = Choice({Licence.B: 45, Licence.NONE: 55})
ELSEWHERE = Choice({Licence.B: 7, Licence.NONE: 93})


def licence(contract: Contract, role: Role, title: str, random: Random) -> Licence:
    if role.key in LICENCES:
        return LICENCES[role.key].draw(random)
    if contract in {Contract.STUDENT, Contract.VOLUNTEER} or "vélo" in title:
        return Licence.NONE
    if role.has("on-the-road"):
        return ROAD.draw(random)
    outside = role.sector in {"construction-wood", "energy-environment", "agriculture-nature"}
    return (SITES if outside else ELSEWHERE).draw(random)


def text_language(role: Role, town: Town, random: Random) -> str:
    """The language an offer is written in."""
    share = random.random()
    international = role.sector in ENGLISH and role.study_level not in UNSKILLED
    match town.language_area:
        case "nl":
            return "nl" if share < 0.78 else "en" if international and share > 0.9 else "fr"
        case "brussels":
            return "nl" if share < 0.1 else "en" if international and share > 0.8 else "fr"
        case "de":
            return "de" if share < 0.75 and role.names["de"] else "fr"
    return "en" if international and share > 0.94 else "fr"


L = LanguageLevel


def languages(role: Role, town: Town, written: str, random: Random) -> list[tuple[str, int]]:
    """The languages asked for, best first: of the place, then what the work adds."""
    speaks = role.has("public-contact") or role.has("office") or role.has("teaching")
    unskilled = role.study_level in UNSKILLED
    if unskilled and not speaks and random.random() < 0.5:
        return []
    level = L.B1 if unskilled and not speaks else L.B2 if unskilled else L.C1
    first = {"brussels": "fr"}.get(town.language_area, town.language_area)
    asked = {written if written != "en" else first: level}
    if written == "en":
        asked = {"en": L.C1} | ({first: L.B1} if random.random() < 0.4 else {})
    share = random.random()
    if town.language_area == "brussels" and speaks and share < 0.6:
        asked.setdefault("fr" if written == "nl" else "nl", pick([L.A2, L.B1, L.B1, L.B2], random))
    elif town.language_area == "nl" and share < 0.22:
        asked.setdefault("fr", pick([L.A2, L.B1], random))
    elif town.language_area == "de":
        asked.setdefault("fr" if "de" in asked else "de", pick([L.B1, L.B2], random))
    elif speaks and share < 0.14:
        asked.setdefault("nl", pick([L.A2, L.B1], random))
    if role.sector in ENGLISH and not unskilled and random.random() < 0.3:
        asked.setdefault("en", pick([L.B1, L.B2], random))
    return sorted(((code, int(level)) for code, level in asked.items()), key=lambda x: (-x[1], x))


def benefits(contract: Contract, role: Role, random: Random) -> list[str]:
    """What comes on top, in the order of the list."""
    if contract in {Contract.FREELANCE, Contract.VOLUNTEER}:
        return []
    skilled = role.study_level not in UNSKILLED
    shares = {
        Benefit.MEAL_VOUCHERS: 0.62,
        Benefit.ECO_VOUCHERS: 0.3,
        Benefit.THIRTEENTH_MONTH: 0.35,
        Benefit.BONUS: 0.25 if role.has("selling") or role.has("leading") else 0.06,
        Benefit.GROUP_INSURANCE: 0.45 if skilled else 0.15,
        Benefit.HOSPITAL_INSURANCE: 0.4 if skilled else 0.15,
        Benefit.COMPANY_CAR: 0.35 if skilled and role.sector in ENGLISH else 0.02,
        Benefit.TRAVEL_COSTS: 0.5,
        Benefit.BICYCLE: 0.25,
        Benefit.EXTRA_LEAVE: 0.2,
        Benefit.TRAINING: 0.3,
    }
    if contract in SIDE_CONTRACTS:
        shares = {Benefit.MEAL_VOUCHERS: 0.3, Benefit.TRAVEL_COSTS: 0.5}
    return [str(benefit) for benefit, share in shares.items() if random.random() < share]
