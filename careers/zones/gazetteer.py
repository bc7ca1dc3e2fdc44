"""Every place of Belgium that a visitor may name, with all its names, kept in memory."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from careers.zones import sphere
from careers.zones.belgium import area_of
from careers.zones.models import (
    Municipality,
    MunicipalityAlias,
    PostalCode,
    Province,
    Region,
    Zone,
    ZoneAlias,
)
from portal import kept
from portal.fields import LANGUAGE_CODES, Text, choose
from portal.words import split

FLANDERS, WALLONIA, BRUSSELS = "02000", "03000", "04000"
LOCAL_LANGUAGES = {FLANDERS: {"nl"}, WALLONIA: {"fr"}, BRUSSELS: {"fr", "nl"}}

# How a name belongs to a place: said there, said elsewhere, an alias or a former name.
LOCAL, FOREIGN, OTHER = range(3)


class PlaceKind(StrEnum):
    """Kinds of places; of two that share a name, the kind that stands first is meant."""

    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    ZONE = "zone"
    POSTCODE = "postcode"

    @property
    def label(self) -> Promise | str:
        return KIND_LABELS[self]


KIND_ORDER = {kind: number for number, kind in enumerate(PlaceKind)}
KIND_LABELS = {
    PlaceKind.COUNTRY: _("country"),
    PlaceKind.REGION: _("region"),
    PlaceKind.MUNICIPALITY: _("municipality"),
    PlaceKind.PROVINCE: _("province"),
    PlaceKind.ZONE: _("employment zone"),
    PlaceKind.POSTCODE: _("postcode"),
}
# What people write beside a name to say which kind they mean.
KIND_WORDS = {
    PlaceKind.REGION: "région gewest Region",
    PlaceKind.MUNICIPALITY: "commune ville gemeente stad Gemeinde Stadt municipality city",
    PlaceKind.PROVINCE: "province provincie Provinz",
    PlaceKind.ZONE: "zone",
}
COUNTRY_KEY = "BE"
COUNTRY_NAMES = (
    *("Belgique", "België", "Belgien", "Belgium"),
    *("partout", "overal", "überall", "everywhere"),
)
REGION_NAMES = {
    FLANDERS: ("Flandre", "Vlaanderen", "Flandern", "Flanders"),
    WALLONIA: ("Wallonie", "Wallonië", "Wallonien", "Wallonia"),
    BRUSSELS: ("Bruxelles", "Brussel", "Brüssel", "Brussels", "Bruxelles-Capitale"),
}

# Left out of names: "Province de Liège" and "Liège (province)" have the same words but one.
PARTICLES = frozenset("de du des la le les of the van von".split())
SHORT_FORMS = {"saint": "st", "sint": "st", "sankt": "st", "sainte": "ste"}


@dataclass(frozen=True)
class Place:
    """Somewhere in Belgium: what it is, and the municipalities it stands for.

    `key` is the NIS code of a municipality, the REFNIS code of a province or region, the four
    digits of a postcode, the French slug of a zone. `centre` is the mean of the points, latitude
    and longitude in degrees, and None for the country. `area_codes` are the areas of the map
    (provinces and Brussels) it has a part in.
    """

    kind: PlaceKind
    key: str
    names: Mapping[str, str] = field(compare=False, repr=False)
    municipality_ids: frozenset[int] = field(compare=False, repr=False)
    centre: tuple[float, float] | None = field(compare=False, repr=False)
    area_codes: frozenset[str] = field(compare=False, repr=False)
    # How many postcodes a municipality has, which says that it is large; 0 for other kinds.
    weight: int = field(default=0, compare=False, repr=False)
    # The languages in which the name alone leads to another place.
    shadowed: set[str] = field(default_factory=set, compare=False, repr=False)

    @property
    def label(self) -> Text:
        """The name in the language of the page, else the French one."""
        return choose(self.names.get)

    @property
    def text(self) -> str:
        """What to write in a field so that `find_place` finds this place again."""
        label = self.label
        return f"{label} ({self.kind.label})" if label.language in self.shadowed else label

    @property
    def is_everywhere(self) -> bool:
        return self.kind == PlaceKind.COUNTRY


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a place: its folded words, then without particles, then with short forms too."""

    words: str
    plain: str
    short: str
    place: Place
    tier: int

    @classmethod
    def of(cls, name: str, place: Place, tier: int) -> "Spelling":
        return cls(" ".join(split(name)), plain(name), shortened(plain(name)), place, tier)

    @property
    def rank(self) -> tuple[int, int]:
        return self.tier, KIND_ORDER[self.place.kind]

    @property
    def forms(self) -> set[str]:
        return {self.words, shortened(self.words), self.plain, self.short}


def plain(text: str) -> str:
    """The folded words of a name without particles."""
    return " ".join(word for word in split(text) if word not in PARTICLES)


def shortened(words: str) -> str:
    """The words with "saint" and the like as people shorten them."""
    return " ".join(SHORT_FORMS.get(word, word) for word in words.split())


@dataclass(frozen=True)
class Gazetteer:
    """All places and their names; `points` are the municipalities by id."""

    spellings: tuple[Spelling, ...]
    points: Mapping[int, sphere.Vector]

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Place]:
        return {(item.place.kind, item.place.key): item.place for item in self.spellings}

    @cached_property
    def numbers(self) -> dict[str, Place]:
        """Places by postcode and by NIS code, of former municipalities too."""
        # A code in use comes before the same one as a former code.
        numbers = [item for item in self.spellings if item.plain.isdigit()]
        return {item.plain: item.place for item in reversed(numbers)}

    @cached_property
    def named(self) -> tuple[Spelling, ...]:
        return tuple(item for item in self.spellings if not item.plain.isdigit())

    @cached_property
    def exact(self) -> dict[str, Place]:
        """The place that is meant by a name, alone or with a word for its kind, in short form."""
        kind_words = _kind_words()
        best: dict[str, tuple[tuple[int, int], Place]] = {}
        for item in self.named:
            for word in ("", *kind_words[item.place.kind]):
                for name in (f"{word} {item.short}".strip(), f"{item.short} {word}".strip()):
                    if name not in best or item.rank < best[name][0]:
                        best[name] = item.rank, item.place
        return {name: place for name, (_rank, place) in best.items()}

    @cached_property
    def unspaced(self) -> dict[str, list[Spelling]]:
        """Names written without spaces, for what was misspelt; postcodes are not."""
        found = defaultdict(list)
        for item in self.named:
            if item.place.kind != PlaceKind.POSTCODE:
                found[item.short.replace(" ", "")].append(item)
        return dict(found)

    @cached_property
    def beginnings(self) -> list[tuple[str, int, int]]:
        """Every name from each of its words on, sorted: text, number of the word, spelling."""
        rows = {
            (" ".join(words[start:]), start, number)
            for number, item in enumerate(self.spellings)
            if not item.plain.isdigit() or item.place.kind == PlaceKind.POSTCODE
            for words in map(str.split, item.forms)
            for start in range(len(words))
        }
        return sorted(rows)

    def beginning(self, text: str) -> Iterator[tuple[int, Spelling]]:
        """Names with a word from which on they begin with `text`, and the place of that word."""
        for row in range(bisect_left(self.beginnings, (text,)), len(self.beginnings)):
            name, start, number = self.beginnings[row]
            if not name.startswith(text):
                return
            yield start, self.spellings[number]


def current(version: int | None = None) -> Gazetteer:
    """The places of this version of the content; costs one query unless `version`."""
    return kept.table("gazetteer", version=version, build=_build)


def _kind_words() -> dict[PlaceKind, set[str]]:
    """The words for each kind in all languages, those that the site shows among them."""
    found = {kind: set(plain(KIND_WORDS.get(kind, "")).split()) for kind in PlaceKind}
    for code in LANGUAGE_CODES:
        with override(code):
            for kind in PlaceKind:
                found[kind].add(plain(str(kind.label)))
    return found


def _build() -> Gazetteer:
    towns = {
        town.pk: town
        for town in Municipality.objects.select_related("province", "region").order_by("pk")
    }
    made = [
        *_country(towns),
        *_municipalities(towns),
        *_regions_and_provinces(towns),
        *_zones(towns),
        *_postcodes(towns),
    ]
    points = {pk: sphere.vector(town.latitude, town.longitude) for pk, town in towns.items()}
    gazetteer = Gazetteer(tuple(item for item in made if item.plain), points)
    for item in gazetteer.spellings:
        _mark_shadowed(item.place, gazetteer)
    return gazetteer


def _mark_shadowed(place: Place, gazetteer: Gazetteer) -> None:
    for code, name in place.names.items():
        meant = gazetteer.exact.get(shortened(plain(name)))
        if name and meant != place and place.kind != PlaceKind.POSTCODE:
            place.shadowed.add(code)


def _place(
    kind: PlaceKind, key: str, names: Mapping[str, str], towns: Iterable[Municipality]
) -> Place:
    towns = list(towns)
    latitudes, longitudes = [t.latitude for t in towns], [t.longitude for t in towns]
    centre = None
    if towns and kind != PlaceKind.COUNTRY:
        centre = sum(latitudes) / len(towns), sum(longitudes) / len(towns)
    ids, areas = frozenset(t.pk for t in towns), frozenset(map(area_of, towns))
    return Place(kind, key, names, ids, centre, areas)


def _names(row: Any) -> dict[str, str]:
    return {code: getattr(row, f"name_{code}") for code in LANGUAGE_CODES}


def _spellings(place: Place, names: Iterable[str], tier: int) -> Iterator[Spelling]:
    for name in dict.fromkeys(names):
        yield Spelling.of(name, place, tier)


def _local_and_foreign(place: Place, region: str) -> Iterator[Spelling]:
    local = LOCAL_LANGUAGES.get(region, set())
    for code, name in place.names.items():
        yield from _spellings(place, [name], LOCAL if code in local else FOREIGN)


def _country(towns: Mapping[int, Municipality]) -> Iterator[Spelling]:
    names = dict(zip(LANGUAGE_CODES, COUNTRY_NAMES, strict=False))
    place = _place(PlaceKind.COUNTRY, COUNTRY_KEY, names, towns.values())
    yield from _spellings(place, COUNTRY_NAMES, LOCAL)


def _municipalities(towns: Mapping[int, Municipality]) -> Iterator[Spelling]:
    aliases = defaultdict(list)
    for alias in MunicipalityAlias.objects.order_by("pk"):
        aliases[alias.municipality_id].append(alias)
    codes = Counter(PostalCode.objects.values_list("municipality", flat=True))
    for pk, town in towns.items():
        kind, key = PlaceKind.MUNICIPALITY, town.nis_code
        place = replace(_place(kind, key, _names(town), [town]), weight=codes[pk])
        yield from _local_and_foreign(place, town.region.code)
        yield Spelling.of(town.nis_code, place, LOCAL)
        for alias in aliases[pk]:
            yield from _spellings(place, [*_names(alias).values(), alias.nis_code], OTHER)


def _regions_and_provinces(towns: Mapping[int, Municipality]) -> Iterator[Spelling]:
    for region in Region.objects.order_by("pk"):
        inside = [town for town in towns.values() if town.region_id == region.pk]
        place = _place(PlaceKind.REGION, region.code, _names(region), inside)
        names = [*place.names.values(), *REGION_NAMES.get(region.code, ())]
        yield from _spellings(place, names, LOCAL)
    for province in Province.objects.select_related("region").order_by("pk"):
        inside = [town for town in towns.values() if town.province_id == province.pk]
        place = _place(PlaceKind.PROVINCE, province.code, _names(province), inside)
        yield from _local_and_foreign(place, province.region.code)


def _zones(towns: Mapping[int, Municipality]) -> Iterator[Spelling]:
    members, aliases = defaultdict(list), defaultdict(list)
    for zone_id, town_id in Zone.municipalities.through.objects.values_list("zone", "municipality"):
        members[zone_id].append(towns[town_id])
    for zone_id, name in ZoneAlias.objects.order_by("pk").values_list("zone", "name"):
        aliases[zone_id].append(name)
    for zone in Zone.objects.order_by("pk"):
        place = _place(PlaceKind.ZONE, zone.slug_fr, _names(zone), members[zone.pk])
        yield from _spellings(place, place.names.values(), LOCAL)
        yield from _spellings(place, aliases[zone.pk], OTHER)


def _postcodes(towns: Mapping[int, Municipality]) -> Iterator[Spelling]:
    served = defaultdict(list)
    for code, town_id in PostalCode.objects.order_by("code", "municipality__nis_code").values_list(
        "code", "municipality"
    ):
        served[code].append(towns[town_id])
    for code, inside in served.items():
        names = {
            language: f"{code} {', '.join(_names(t)[language] or t.name_fr for t in inside)}"
            for language in LANGUAGE_CODES
        }
        place = _place(PlaceKind.POSTCODE, code, names, inside)
        yield from _spellings(place, [code, *names.values()], LOCAL)
