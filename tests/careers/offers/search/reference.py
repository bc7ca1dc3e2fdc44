"""A search that is plain enough to be right at sight: loops over all offers."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

from careers.offers.models import JobOffer
from careers.offers.search.answers import FAR
from careers.offers.search.query import COLUMNS, DAYS, PAGE_SIZE, PANEL, Answer, Cursor, Query, Sort
from careers.offers.search.terms import term, terms
from careers.professions.models import Profession
from portal.fields import LANGUAGE_CODES

BRUSSELS = ZoneInfo("Europe/Brussels")


class PlainSearch:
    """Answers from rows that were read once."""

    def __init__(self) -> None:
        self.offers = [
            *JobOffer.objects.filter(status="published")
            .select_related("employer", "profession")
            .prefetch_related(
                "profession__other_names",
                "offer_places__municipality__province",
                "offer_places__municipality__region",
                "languages",
            )
        ]

    def search(
        self, query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL
    ) -> Answer:
        found = [offer for offer in self.offers if is_open(offer, query) and has_all(offer, query)]
        found.sort(key=lambda offer: key(offer, query))
        counts = {name: self._counts(query, name) for name in facets}
        return page(found, query, size, counts)

    def count(self, query: Query) -> int:
        return self.search(query).total

    def _counts(self, query: Query, name: str) -> dict[str, int]:
        others = tuple(pair for pair in query.chosen if pair[0] != name)
        wider = replace(query, chosen=others)
        found = [offer for offer in self.offers if is_open(offer, query) and has_all(offer, wider)]
        return dict(Counter(value for offer in found for value in values(offer, name, query)))


def page(found: list[JobOffer], query: Query, size: int, counts: dict) -> Answer:
    after = [offer for offer in found if query.at is None or key(offer, query) > place(query)]
    before = [offer for offer in found if query.at and key(offer, query) < place(query)]
    if query.at and query.at.backwards:
        shown = before[max(0, len(before) - size) :] if size else []
    else:
        shown = after[:size]
    first = found.index(shown[0]) if shown else 0
    last = first + len(shown)
    previous = following = None
    if shown and first:
        previous = Cursor(*cursor(shown[0], query), backwards=True)
    if shown and last < len(found):
        following = Cursor(*cursor(shown[-1], query))
    if not shown and found and query.at and size:
        if query.at.backwards:
            following = Cursor(query.at.rank, query.at.number + 1)
        else:
            previous = Cursor(query.at.rank, query.at.number - 1, backwards=True)
    return Answer([offer.pk for offer in shown], len(found), counts, following, previous)


def place(query: Query) -> tuple[int, int]:
    return (query.at.rank if has_ranks(query) else 0), -query.at.number


def cursor(offer: JobOffer, query: Query) -> tuple[int, int]:
    return rank(offer, query), offer.number


def key(offer: JobOffer, query: Query) -> tuple[int, int]:
    return rank(offer, query), -offer.number


def has_ranks(query: Query) -> bool:
    needed: dict[Sort, object] = {
        Sort.DATE: False,
        Sort.RELEVANCE: query.words,
        Sort.DISTANCE: query.metres,
    }
    return bool(needed.get(query.sort, True))


def rank(offer: JobOffer, query: Query) -> int:
    if not has_ranks(query):
        return 0
    metres = dict(query.metres)
    ranks: dict[Sort, Callable[[], int]] = {
        Sort.RELEVANCE: lambda: 0 if all(in_title(offer, word) for word in query.words) else 1,
        Sort.CLOSING: lambda: offer.closes_on.toordinal(),
        Sort.PAY: lambda: 1 if offer.monthly_high is None else -offer.monthly_high,
        Sort.DISTANCE: lambda: min((metres.get(town, FAR) for town in towns(offer)), default=FAR),
    }
    return ranks[query.sort]()


def is_open(offer: JobOffer, query: Query) -> bool:
    return offer.closes_on >= query.today and offer.pk not in query.without


def has_all(offer: JobOffer, query: Query) -> bool:
    asked = {asked.language: asked.level for asked in offer.languages.all()}
    return (
        all(in_title(offer, word) or in_text(offer, word) for word in query.words)
        and (query.municipalities is None or bool(towns(offer) & query.municipalities))
        and (query.pay is None or (offer.monthly_high or -1) >= query.pay)
        and all(asked.get(language, 0) <= level for language, level in query.languages)
        and all(chosen & values(offer, name, query) for name, chosen in query.chosen)
    )


def in_title(offer: JobOffer, word: str) -> bool:
    names = [offer.title]
    if profession := offer.profession:
        names += [getattr(profession, name) or "" for name in profession_names(profession)]
        names += [name.text for name in profession.other_names.all()]
    return term(word) in terms_of(*names)


def profession_names(profession: Profession) -> list[str]:
    forms = ["masculine", "feminine", "short"]
    return [f"name_{form}_{code}" for form in forms for code in LANGUAGE_CODES]


def in_text(offer: JobOffer, word: str) -> bool:
    return term(word) in terms_of(offer.description, offer.profile, offer.employer.name)


@cache
def terms_of(*texts: str) -> frozenset[int]:
    return frozenset(terms(texts))


def towns(offer: JobOffer) -> set[int]:
    return {place.municipality_id for place in offer.offer_places.all()}


def values(offer: JobOffer, name: str, query: Query) -> set[str]:
    """The values that an offer carries in a facet."""
    if name == "audience":
        given = {"student": offer.is_student_job, "minors": offer.is_open_to_minors}
        return {value for value, holds in given.items() if holds}
    if name == "municipality":
        return {str(town) for town in towns(offer)}
    if name == "province":
        places = [place.municipality for place in offer.offer_places.all()]
        return {(town.province or town.region).code for town in places}
    if name == "since":
        day = offer.published_at.astimezone(BRUSSELS).date()
        return {str(days) for days in DAYS if day >= query.today - timedelta(days)}
    value: object = offer
    for part in COLUMNS[name].split("__"):
        value = getattr(value, part, None)
    return set() if value is None else {str(value)}
