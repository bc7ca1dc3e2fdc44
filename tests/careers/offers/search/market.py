"""Random offers of every kind, and random questions about them."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils import timezone
from hypothesis import strategies as st

from careers.offers.enums import (
    Contract,
    Experience,
    HoursPattern,
    Licence,
    OfferStatus,
    Telework,
    WorkingTime,
    WorkLanguage,
)
from careers.offers.models import Employer, JobOffer, OfferLanguage, OfferPlace
from careers.offers.search.query import DAYS, FACETS, Cursor, Query, Sort
from careers.professions.enums import StudyLevel
from careers.professions.models import Profession, Sector
from careers.zones.models import Municipality
from portal.sources.models import Source
from tests.careers.offers.factories import EmployerFactory
from tests.careers.professions.factories import (
    ProfessionFactory,
    ProfessionNameFactory,
    SectorFactory,
)
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory

OFFERS = 300
WORDS = ["infirmier", "soudeur", "comptable", "nuit", "hopital", "acier", "equipe", "vert"]
CHOICES = {
    "contract": [*Contract.values[:5]],
    "time": [*WorkingTime.values],
    "hours": [*HoursPattern.values],
    "experience": [*Experience.values],
    "level": [*StudyLevel.values],
    "telework": [*Telework.values],
    "licence": [*Licence.values],
    "audience": ["student", "minors"],
    "since": [str(days) for days in DAYS],
}
STATUSES = [OfferStatus.PUBLISHED] * 12 + [*OfferStatus]


def settle() -> None:
    """Let the triggers run that wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@dataclass
class Market:
    """The offers that were made, and the values one may ask for."""

    towns: list[int]
    values: dict[str, list[str]]
    offers: list[int]

    @classmethod
    def made(cls) -> "Market":
        chance = random.Random(2)
        towns = [MunicipalityFactory(province__code=f"{4 + n % 3}0000") for n in range(9)]
        towns += MunicipalityFactory.create_batch(3, in_brussels=True)
        ProvinceFactory(code="90000")
        offers = _offers(chance, _professions(), _employers(), _source())
        JobOffer.objects.bulk_create(offers)
        _places_and_languages(chance, offers, towns)
        settle()
        values = CHOICES | {
            "sector": [str(pk) for pk in Sector.objects.values_list("pk", flat=True)],
            "profession": [str(pk) for pk in Profession.objects.values_list("pk", flat=True)],
            "employer": [str(pk) for pk in Employer.objects.values_list("pk", flat=True)],
            "province": ["40000", "50000", "60000", "90000", "04000"],
            "municipality": [str(town.pk) for town in towns],
        }
        return cls([town.pk for town in towns], values, [offer.pk for offer in offers])

    def queries(self) -> st.SearchStrategy[Query]:
        """Questions of all kinds, most of them not too narrow; some ask for what does not exist."""
        today = timezone.localdate()
        towns = st.sampled_from([*self.towns, 10**9])
        chosen = st.dictionaries(st.sampled_from(FACETS), st.none(), max_size=3).flatmap(
            lambda names: st.fixed_dictionaries(
                {name: st.frozensets(self._value(name), min_size=1, max_size=4) for name in names}
            )
        )
        metres = st.dictionaries(towns, st.integers(0, 4).map(lambda km: km * 1000), max_size=8)
        languages = st.dictionaries(
            st.sampled_from([*WorkLanguage.values[:4], "xx"]), st.integers(0, 6), max_size=3
        )
        return st.builds(
            Query,
            today=st.sampled_from([today, today + timedelta(3), today + timedelta(400)]),
            words=st.lists(
                st.sampled_from([*WORDS, "dupont", "rare"]), max_size=2, unique=True
            ).map(tuple),
            municipalities=st.none() | st.frozensets(towns, max_size=6),
            metres=metres.map(lambda away: tuple(away.items())),
            chosen=chosen.map(lambda values: tuple(values.items())),
            pay=st.none() | st.sampled_from([0, 2499, 2500, 2501, 3000, 3050, 10**9]),
            languages=languages.map(lambda spoken: tuple(spoken.items())),
            sort=st.sampled_from(Sort),
            at=st.none() | st.builds(Cursor, *[st.integers(-3000, 3000)] * 2, st.booleans()),
            without=st.frozensets(st.sampled_from([*self.offers, 10**12]), max_size=2),
        )

    def _value(self, name: str) -> st.SearchStrategy[str]:
        return st.sampled_from([*self.values[name], "no-such-value", "9" * 30, "²"])


def at(query: Query, cursor: Cursor | None) -> Query:
    return replace(query, at=cursor)


def _professions() -> list[Profession]:
    sectors = SectorFactory.create_batch(3)
    professions = [
        ProfessionFactory(sector=sectors[n % 3], name_masculine_fr=name, name_feminine_fr="")
        for n, name in enumerate(["infirmier", "soudeur", "comptable", "vendeur", "jardinier"])
    ]
    ProfessionNameFactory(profession=professions[3], text="Agent de nuit", is_hidden=True)
    return professions


def _employers() -> list[Employer]:
    names = ["Hôpital du Parc", "Aciers Dupont", "Ville verte", "Nuit blanche"]
    return [EmployerFactory(name=name) for name in names]


def _source() -> Source:
    return Source.objects.create(key="imported", title="Ailleurs")


def _offers(
    chance: random.Random, professions: list[Profession], employers: list[Employer], source: Source
) -> list[JobOffer]:
    return [_offer(chance, professions, employers, source) for _ in range(OFFERS)]


def _offer(
    chance: random.Random, professions: list[Profession], employers: list[Employer], source: Source
) -> JobOffer:
    has_pay = chance.random() < 0.8
    day = timezone.localdate() - timedelta(chance.choice([0, 1, 2, 3, 5, 7, 9, 14, 20, 31, 60]))
    moment = datetime.combine(day, time(chance.choice([0, 12, 23]), 30))
    part = chance.random() < 0.3
    return JobOffer(
        title=" ".join(chance.sample(WORDS, 2)).capitalize(),
        description=" ".join(chance.sample(WORDS, 3)),
        profile="Rare" if chance.random() < 0.01 else "",
        employer=chance.choice(employers),
        profession=chance.choice([*professions, None]),
        contract=chance.choice(CHOICES["contract"]),
        working_time="part" if part else "full",
        percentage=50 if part else 100,
        hours_pattern=chance.choice(CHOICES["hours"]),
        telework=chance.choice(CHOICES["telework"]),
        experience=chance.choice(CHOICES["experience"]),
        study_level=chance.choice(CHOICES["level"]),
        licence=chance.choice(CHOICES["licence"]),
        is_student_job=chance.random() < 0.2,
        is_open_to_minors=chance.random() < 0.1,
        pay_min=chance.choice([2000, 2500, 3000]) if has_pay else None,
        pay_max=chance.choice([3000, 3050, 3500, None]) if has_pay else None,
        pay_is_not_given=not has_pay,
        source=source,
        status=chance.choice(STATUSES),
        published_at=timezone.make_aware(moment),
        closes_on=timezone.localdate() + timedelta(chance.choice([0, 1, 2, 3, 10, 30, 30, 60])),
    )


def _places_and_languages(
    chance: random.Random, offers: list[JobOffer], towns: list[Municipality]
) -> None:
    OfferPlace.objects.bulk_create(
        OfferPlace(offer=offer, municipality=town)
        for offer in offers
        for town in chance.sample(towns, chance.choice([0, 1, 1, 1, 2, 3]))
    )
    OfferLanguage.objects.bulk_create(
        OfferLanguage(offer=offer, language=language, level=chance.randint(1, 6))
        for offer in offers
        for language in chance.sample(WorkLanguage.values[:4], chance.choice([0, 1, 2]))
    )
