"""What example offers are made of: professions, invented employers, places and sentences."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.utils.text import capfirst

from careers.offers.enums import EmployerKind, EmployerSize
from careers.offers.models import Employer
from careers.professions.enums import Country, Period, SalaryLevel, Section
from careers.professions.models import GuideItem, Profession, ProfessionCriterion, SalaryBand
from careers.zones.models import Municipality
from portal.imports.files import read_yaml

TEXTS = settings.BASE_DIR / "portal/content/example_offers.yaml"
LANGUAGES = ["fr", "nl", "de", "en"]
# The nine municipalities of the German-speaking Community.
GERMAN = set("63001 63012 63013 63023 63040 63048 63061 63067 63087".split())
BRUSSELS, FLANDERS = "04000", "02000"
SIZES = {
    EmployerSize.MICRO: 1.0,
    EmployerSize.SMALL: 2.5,
    EmployerSize.MEDIUM: 5.0,
    EmployerSize.LARGE: 9.0,
}
# How the keys of professions end that lead others.
MANAGING = ("manager", "director", "supervisor", "principal", "executive", "commissioner")
# A criterion from which the work has it.
HAS = 60

T = TypeVar("T")


class Choice(Generic[T]):
    """Values of which some are drawn more often than others."""

    def __init__(self, weights: dict[T, float]) -> None:
        self.values = list(weights)
        self.cumulated = list(accumulate(weights.values()))

    def draw(self, random: Random) -> T:
        # `random.choices` does the same, four times slower.
        return self.values[bisect(self.cumulated, random.random() * self.cumulated[-1])]


def pick(values: Sequence[T], random: Random) -> T:
    """One of the values; `random.choice` does the same, three times slower."""
    return values[int(random.random() * len(values))]


@dataclass(frozen=True, eq=False)
class Role:
    """A profession as an offer sees it."""

    id: int
    key: str
    sector: str
    sector_id: int
    study_level: str
    is_regulated: bool
    weight: float
    # How much its pay lies over what its studies let expect.
    pay: float
    names: dict[str, str]
    endings: dict[str, list[str]]
    # The beginnings of names of employers, or their sectors, for endings that not all may use.
    only_at: dict[str, list[str]]
    definitions: dict[str, str]
    criteria: dict[str, int]
    missions: list[str]
    # Monthly minimum and maximum by level, where its guide knows them.
    bands: dict[str, tuple[int, int]]

    @property
    def manages(self) -> bool:
        """Whether it leads a house or a part of one."""
        return self.key.endswith(MANAGING)

    def has(self, criterion: str) -> bool:
        return self.criteria.get(criterion, 0) >= HAS


@dataclass(frozen=True, eq=False)
class Town:
    """A place of work."""

    id: int
    nis: str
    region: str
    area: str

    @property
    def language_area(self) -> str:
        """Which languages are spoken: fr, nl, de, or "brussels"."""
        if self.nis in GERMAN:
            return "de"
        return {BRUSSELS: "brussels", FLANDERS: "nl"}.get(self.region, "fr")


@dataclass(frozen=True, eq=False)
class Firm:
    """An employer, whom it seeks and where."""

    id: int
    slug: str
    name: str
    kind: str
    sector: str
    town: Town
    roles: Choice[Role]
    towns: Choice[Town]

    @property
    def is_agency(self) -> bool:
        return self.kind == EmployerKind.AGENCY

    def endings(self, role: Role, language: str) -> list[str]:
        """What may follow the name of a profession in a title of this employer."""
        return [text for text in role.endings[language] if self._may_say(role.only_at.get(text))]

    def _may_say(self, places: list[str] | None) -> bool:
        if places is None or self.is_agency or self.sector in places:
            return True
        return self.name.startswith(tuple(places))


@dataclass(frozen=True)
class Catalogue:
    """All that `generate` draws from; reads the database once."""

    firms: Choice[Firm]
    texts: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, file: Path = TEXTS) -> "Catalogue":
        """From the listed professions and the example employers; neither may be missing."""
        (record,) = read_yaml(file)
        employers = list(
            Employer.objects.filter(is_example=True, municipality__isnull=False)
            .select_related("sector", "municipality__province", "municipality__region")
            .order_by("key", "pk")
        )
        weights = {}
        plan = _Plan(_roles(record.values), _towns(), employers, record.values)
        for employer in employers:
            if firm := plan.firm(employer):
                agency = 1.5 if firm.is_agency else 1
                weights[firm] = SIZES.get(EmployerSize(employer.size or "10-49"), 1) * agency
        return cls(Choice(weights), record.values)


def _roles(texts: dict[str, Any]) -> dict[str, Role]:
    """The listed professions by key, in the order of their keys."""
    criteria: dict[int, dict[str, int]] = defaultdict(dict)
    values = ProfessionCriterion.objects.values_list("profession_id", "criterion__key", "value")
    for profession, criterion, value in values:
        criteria[profession][criterion] = value
    missions = defaultdict(list)
    items = GuideItem.objects.filter(section=Section.MISSIONS).order_by("guide", "order", "pk")
    for profession, text in items.values_list("guide__profession_id", "text_fr"):
        missions[profession].append(text)
    bands = _bands()
    roles = {}
    for row in Profession.objects.listed().select_related("sector").order_by("key", "pk"):
        own = texts["professions"].get(row.key) or {}
        if (weight := own.get("weight", 1)) and row.key:
            roles[row.key] = Role(
                id=row.pk,
                key=row.key,
                sector=row.sector.key or "",
                sector_id=row.sector_id,
                study_level=row.study_level,
                is_regulated=row.is_regulated,
                weight=weight,
                pay=own.get("pay", 1),
                names={code: _name(row, code) for code in LANGUAGES},
                endings={code: [str(text) for text in own.get(code, [])] for code in LANGUAGES},
                only_at=texts["only_at"].get(row.key, {}),
                definitions={"fr": row.definition_fr, "en": row.definition_en},
                criteria=criteria[row.pk],
                missions=missions[row.pk],
                bands=bands[row.pk],
            )
    return roles


def _name(row: Profession, language: str) -> str:
    """Both genders, capitalised; empty where the language has no name."""
    masculine, feminine = (
        getattr(row, f"name_{gender}_{language}") for gender in ("masculine", "feminine")
    )
    if not masculine or masculine == feminine or not feminine:
        return capfirst(masculine or feminine)
    return f"{capfirst(masculine)} / {capfirst(feminine)}"


def _bands() -> dict[int, dict[str, tuple[int, int]]]:
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    bands = SalaryBand.objects.filter(
        country=Country.BE,
        period=Period.MONTH,
        is_gross=True,
        level__in=[SalaryLevel.OVERALL, SalaryLevel.BEGINNER, SalaryLevel.EXPERIENCED],
        minimum__isnull=False,
        maximum__isnull=False,
    ).order_by("year")
    for band in bands.select_related("guide"):
        found[band.guide.profession_id][band.level] = (int(band.minimum), int(band.maximum))
    return found


def _towns() -> list[Town]:
    rows = Municipality.objects.select_related("province", "region").order_by("nis_code")
    return [_town(row) for row in rows]


def _town(row: Municipality) -> Town:
    area = row.province.code if row.province else row.region.code
    return Town(row.pk, row.nis_code, row.region.code, area)


class _Plan:
    """Whom each employer seeks, and where: towns that have more employers have more offers."""

    def __init__(
        self,
        roles: dict[str, Role],
        towns: list[Town],
        employers: list[Employer],
        texts: dict[str, Any],
    ) -> None:
        self.roles, self.texts = roles, texts
        seats = Counter(employer.municipality_id for employer in employers)
        self.towns = {town.id: town for town in towns}
        self.weights = {town: 1.0 + 4 * seats[town.id] for town in towns}

    def firm(self, employer: Employer) -> Firm | None:
        """None where the sector of an employer has no professions."""
        roles = self._roles_of(employer)
        town = self.towns[employer.municipality_id or 0]
        if not roles:
            return None
        return Firm(
            employer.pk,
            str(employer.slug),
            employer.name,
            employer.kind,
            employer.sector.key or "" if employer.sector else "",
            town,
            Choice(roles),
            Choice(self._towns_of(employer, town)),
        )

    def _roles_of(self, employer: Employer) -> dict[Role, float]:
        for beginning, keys in self.texts["seeks"].items():
            if employer.name.startswith(beginning):
                return {role: role.weight for key in keys if (role := self.roles.get(key))}
        sector = employer.sector.key if employer.sector else None
        own = {r: r.weight for r in self.roles.values() if sector in (r.sector, None)}
        if sector and employer.size in {EmployerSize.MEDIUM, EmployerSize.LARGE}:
            share = 0.2 * sum(own.values()) / len(self.texts["everywhere"])
            wanted = [self.roles[key] for key in self.texts["everywhere"] if key in self.roles]
            own |= {role: share for role in wanted if role not in own}
        return own

    def _towns_of(self, employer: Employer, seat: Town) -> dict[Town, float]:
        """Its own town above all, then those of its province; an agency works in its region."""
        is_agency = employer.kind == EmployerKind.AGENCY
        near = {
            town: weight
            for town, weight in self.weights.items()
            if (town.region == seat.region if is_agency else town.area == seat.area)
            and (town.language_area == "de") == (seat.language_area == "de")
        }
        near[seat] = sum(near.values()) * (0.2 if is_agency else 2)
        return near
