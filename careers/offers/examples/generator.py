"""A stream of invented offers: each day some are published, each stays open for 7 to 60 days.

An offer depends on the seed, its day and its place in the day alone, so that any part of the
stream can be made again; how many there are on a day follows from how many are wanted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import ceil
from random import Random
from zoneinfo import ZoneInfo

from careers.offers.enums import ApplyBy, Contract, OfferStatus, WorkingTime
from careers.offers.examples import choices
from careers.offers.examples.amounts import Pay, pay
from careers.offers.examples.catalogue import Catalogue, Firm, Role, Town, pick
from careers.offers.examples.texts import Writer, joined
from careers.offers.search.terms import terms
from careers.professions.enums import StudyLevel

SHORTEST, LONGEST = 7, 60  # days an offer is open
EXPIRED = 1  # days an offer is kept after its last
FILLED, WITHDRAWN, DRAFT, IN_REVIEW = 0.02, 0.01, 0.004, 0.004
MEAN_LIVE_DAYS = ((SHORTEST + LONGEST) / 2 + 1) * (1 - FILLED - WITHDRAWN - DRAFT - IN_REVIEW)
# A new offer is not filled yet.
SETTLED = 3
# All offers of a day are published before five in the morning, in order.
NIGHT = timedelta(hours=5)
BELGIUM = ZoneInfo("Europe/Brussels")


@dataclass(slots=True)
class Example:
    """An offer as its columns, beside its places (ids) and the languages it asks for."""

    reference: str
    title: str
    language: str
    description: str
    profile: str
    employer_id: int
    user_sector_id: int | None
    profession_id: int
    contract: str
    working_time: str
    percentage: int
    hours_pattern: str
    telework: str
    starts_on: date | None
    posts: int
    is_student_job: bool
    is_open_to_minors: bool
    pay: Pay
    benefits: list[str]
    experience: str
    study_level: str
    licence: str
    apply_by: str
    apply_url: str
    apply_email: str
    status: str
    created_at: datetime
    closes_on: date
    title_terms: list[int]
    body_terms: list[int]
    places: list[int]
    languages: list[tuple[str, int]]

    @property
    def was_published(self) -> bool:
        return self.status not in {OfferStatus.DRAFT, OfferStatus.IN_REVIEW}


@dataclass(frozen=True, slots=True)
class Moment:
    """When an offer is published and until when, beside the day it is looked at."""

    at: datetime
    closes_on: date
    age: int


def generate(
    catalogue: Catalogue, *, count: int, seed: int = 1, today: date, start: int = 0
) -> Iterator[Example]:
    """Offers of which about `count` are live on `today`, in order of publication.

    Besides come those that expired yesterday (one in 35), that are filled or withdrawn (3 %),
    drafts or in review (1 %). The first `start` of the stream are left out: same offers after.
    """
    maker = _Maker(catalogue)
    for number, reference, moment in islice(_moments(count, seed, today), start, None):
        yield maker.offer(number, reference, moment)


def _moments(count: int, seed: int, today: date) -> Iterator[tuple[int, str, Moment]]:
    """The number that seeds each offer to be shown, its reference and its moment."""
    a_day = ceil(count / MEAN_LIVE_DAYS)
    for age in range(LONGEST + EXPIRED, -1, -1):
        day = today - timedelta(days=age)
        midnight = datetime.combine(day, time(0), BELGIUM)
        random = Random(f"{seed} {day}")
        for place in range(a_day):
            days_open = SHORTEST + int(random.random() * (LONGEST - SHORTEST + 1))
            if days_open >= age - EXPIRED:
                moment = Moment(
                    midnight + NIGHT * place / a_day, day + timedelta(days=days_open), age
                )
                number = ((seed << 24) + day.toordinal() << 32) + place
                yield number, f"{seed}-{day:%y%m%d}-{place:04}", moment


class _Maker:
    """Makes one offer after the other; what they share is made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.firms = catalogue.firms
        self.writer = Writer(catalogue.texts)
        self.random = Random()
        self.titles: dict[str, list[int]] = {}

    def offer(self, number: int, reference: str, moment: Moment) -> Example:
        random = self.random
        random.seed(number)
        firm = self.firms.draw(random)
        role, town = firm.roles.draw(random), firm.towns.draw(random)
        language = choices.text_language(role, town, random)
        title = _title(firm, role, language, random)
        contract = choices.contract(firm, role, random)
        percentage = choices.percentage(contract, role, random)
        experience = choices.experience(contract, role, random)
        is_student = contract == Contract.STUDENT
        example = Example(
            reference=reference,
            title=title,
            language=language,
            description="",
            profile="",
            employer_id=firm.id,
            user_sector_id=role.sector_id if firm.is_agency else None,
            profession_id=role.id,
            contract=contract,
            working_time=WorkingTime.FULL if percentage == 100 else WorkingTime.PART,
            percentage=percentage,
            hours_pattern=choices.hours(role, title, random),
            telework=choices.telework(role, title, random),
            starts_on=_start(moment, random),
            posts=pick(POSTS, random),
            is_student_job=is_student,
            is_open_to_minors=_is_open_to_minors(contract, role, random),
            pay=pay(contract, experience, firm, role, random),
            benefits=choices.benefits(contract, role, random),
            experience=experience,
            study_level=StudyLevel.NONE if is_student else role.study_level,
            licence=choices.licence(contract, role, title, random),
            apply_by=(apply_by := pick(APPLY_BY, random)),
            apply_url=f"https://example.org/{reference}" if apply_by == ApplyBy.LINK else "",
            apply_email=f"{firm.slug}@example.org" if apply_by == ApplyBy.EMAIL else "",
            status=_status(moment, random),
            created_at=moment.at,
            closes_on=moment.closes_on,
            title_terms=self._title_terms(title),
            body_terms=[],
            places=_places(firm, town, random),
            languages=choices.languages(role, town, language, random),
        )
        self._write(example, firm, role)
        return example

    def _title_terms(self, title: str) -> list[int]:
        if title not in self.titles:
            self.titles[title] = terms([title])
        return self.titles[title]

    def _write(self, offer: Example, firm: Firm, role: Role) -> None:
        """Give an offer its words, from its facts."""
        random, writer, language = self.random, self.writer, offer.language
        conditions, said = joined(
            [
                writer.about(language, "contract", offer.contract, random),
                writer.about(language, "hours", offer.hours_pattern, random),
                writer.about(language, "telework", offer.telework, random),
                writer.about(language, "part_time", "", random)
                if offer.percentage < 100 and offer.pay.period != "hour" and offer.pay.low
                else None,
                writer.about(language, "closings", "", random),
            ],
            " ",
        )
        opening = writer.opening(language, firm, random)
        work = writer.work(language, role, random)
        # The tasks start a paragraph of their own.
        gap = "\n" if work.text.startswith("\n") else " "
        offer.description = f"{opening.text}{gap}{work.text}\n\n{conditions}"
        offer.profile, asked = joined(
            [
                writer.about(language, "experience", offer.experience, random),
                writer.about(language, "study", offer.study_level, random),
                writer.qualities(language, role, random),
                writer.languages(language, offer.languages),
                writer.about(language, "licence", offer.licence, random),
            ],
            " ",
        )
        offer.body_terms = sorted(opening.terms.union(work.terms, said, asked))


POSTS = [1] * 16 + [2] * 2 + [3, 5]
MORE_PLACES = [0] * 88 + [1] * 9 + [2] * 3
APPLY_BY = [ApplyBy.FORM] * 17 + [ApplyBy.LINK] * 2 + [ApplyBy.EMAIL]


def _title(firm: Firm, role: Role, language: str, random: Random) -> str:
    """The profession in both genders, often with what sets this post apart."""
    endings = firm.endings(role, language)
    name = role.names[language] or role.names["fr"]
    return f"{name} {pick(endings, random)}" if endings and random.random() < 0.55 else name


def _start(moment: Moment, random: Random) -> date | None:
    """None for as soon as possible, else the first of one of the next months."""
    if random.random() < 0.6:
        return None
    return (moment.at.date() + timedelta(days=random.randint(40, 120))).replace(day=1)


def _is_open_to_minors(contract: Contract, role: Role, random: Random) -> bool:
    """Work study, and student jobs without danger, night or a vehicle."""
    if contract == Contract.WORK_STUDY:
        return True
    safe = not (role.has("hazards") or role.has("on-the-road") or role.has("shift-hours"))
    return contract == Contract.STUDENT and safe and random.random() < 0.6


def _status(moment: Moment, random: Random) -> OfferStatus:
    share = random.random()
    for status, part in (
        (OfferStatus.DRAFT, DRAFT),
        (OfferStatus.IN_REVIEW, IN_REVIEW),
        (OfferStatus.FILLED, FILLED),
        (OfferStatus.WITHDRAWN, WITHDRAWN),
    ):
        if (share := share - part) < 0:
            ended = status in {OfferStatus.FILLED, OfferStatus.WITHDRAWN}
            return OfferStatus.PUBLISHED if ended and moment.age < SETTLED else status
    return OfferStatus.PUBLISHED


def _places(firm: Firm, town: Town, random: Random) -> list[int]:
    """One place of work, sometimes two or three."""
    places = {town.id}
    for _ in range(pick(MORE_PLACES, random)):
        places.add(firm.towns.draw(random).id)
    return sorted(places)
