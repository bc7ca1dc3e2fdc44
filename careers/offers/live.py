"""What pages of other nouns show of the offers that are open today."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from careers.offers import pay_chart, search, statistics, typed
from careers.offers.filters import JobOfferFilterSet
from careers.offers.listing import Listing
from careers.offers.models import JobOffer
from careers.offers.rows import rows
from careers.offers.search.query import Answer, Query
from careers.professions.comparison import published_reading
from careers.professions.models import Profession
from careers.zones.belgium import area_names
from careers.zones.models import Zone
from portal import kept

SHOWN = 3


@dataclass(frozen=True)
class LiveOffers:
    """How many offers there are, and the newest of them, as `rows` gives them."""

    total: int
    newest: list[JobOffer]

    @classmethod
    def of(cls, answer: Answer) -> "LiveOffers":
        return cls(answer.total, rows(answer.ids))


def live_offers(
    *, professions: frozenset[int] | None = None, municipalities: frozenset[int] | None = None
) -> LiveOffers:
    """The live offers of these professions in these municipalities; None stands for all."""
    chosen = ()
    if professions is not None:
        chosen = (("profession", frozenset(map(str, professions))),)
    query = Query(today=timezone.localdate(), chosen=chosen, municipalities=municipalities)
    return LiveOffers.of(search.search(query, size=SHOWN, facets=()))


def count() -> int | None:
    """How many offers are live; None where that cannot be told in time."""
    try:
        return search.count(Query(today=timezone.localdate()))
    except search.NotInTime:
        return None


def has_examples() -> bool:
    """Whether any of the live offers is of an invented employer."""
    return kept.recent("live examples", build=_has_examples)


def _has_examples() -> bool:
    return JobOffer.objects.live().filter(employer__is_example=True).exists()


def block(offers: LiveOffers, url: str, **context: Any) -> str:
    """The offers as a part of a page; `url` lists them all, `title` and `text` stand above."""
    return render_to_string("careers/offers/_live.html", {"offers": offers, "url": url} | context)


def _in_time(part: Callable[..., str]) -> Callable[..., str]:
    """Decorator of a part of a page; a line in its place where the search is not there yet."""

    @wraps(part)
    def in_time(*args: Any, **kwargs: Any) -> str:
        try:
            return part(*args, **kwargs)
        except search.NotInTime:
            return _too_late()

    return in_time


def _too_late() -> str:
    """What stands in the place of offers that were not found in time."""
    if search.has_index():
        text = _("Searching the job offers took too long. Open this page again.")
    else:
        text = _("The job offers are being loaded. Open this page again in a few seconds.")
    return format_html("<p>{}</p>", text)


@_in_time
def of_profession(profession: Profession) -> str:
    """The live offers of a profession, and what they pay beside what its guide says."""
    url = reverse("offers:of_profession", args=[profession.slug])
    offers = live_offers(professions=frozenset({profession.pk}))
    # So that nothing is asked where there can be no figures.
    pay = _pay(profession) if offers.total >= statistics.FEWEST else {}
    return block(offers, url, **pay)


def _pay(profession: Profession) -> dict[str, Any]:
    figures = statistics.pay_by_area(profession.pk)
    if not figures:
        return {}
    names = area_names()
    return {
        "pay": pay_chart.of_profession(figures, published_reading(profession, only=["salaries"])),
        "areas": [(names.get(row.area, ""), row) for row in figures],
        "fewest": statistics.FEWEST,
        "is_invented": has_examples(),
    }


@_in_time
def of_professions(professions: Iterable[Profession], title: str, text: str) -> str:
    """The live offers of what a programme or a school leads to; nothing without professions."""
    professions = list(professions)
    if not professions:
        return ""
    query = urlencode([("profession", profession.slug_fr) for profession in professions])
    offers = live_offers(professions=frozenset(profession.pk for profession in professions))
    return block(offers, f"{reverse('offers:list')}?{query}", title=title, text=text)


@_in_time
def of_zone(zone: Zone, title: str) -> str:
    """The live offers in the municipalities of an employment zone."""
    towns = frozenset(zone.municipalities.values_list("pk", flat=True))
    # So that no province of the same name is meant.
    url = f"{reverse('offers:list')}?{urlencode({'where': f'{zone.name} (zone)'})}"
    return block(live_offers(municipalities=towns), url, title=title)


@dataclass(frozen=True)
class SearchedOffers:
    """The live offers that answer a search, as a part of the page; `url` lists them all.

    `total` is None where there was no time to count them.
    """

    html: str
    total: int | None = None
    url: str = ""


def of_search(data: QueryDict, knows: Callable[[str], bool]) -> SearchedOffers:
    """The live offers for words and a place (`q`, `where`, `exact`), read as their list does.

    Words that the caller `knows` all are sought as they are.
    """
    try:
        return _searched(data, knows)
    except search.NotInTime:
        return SearchedOffers(_too_late())


def _searched(data: QueryDict, knows: Callable[[str], bool]) -> SearchedOffers:
    if understood := typed.address(data):
        data = QueryDict(urlsplit(understood).query)
    filterset = JobOfferFilterSet(data)
    if filterset.words != filterset.typed and all(map(knows, filterset.typed)):
        data = data.copy()
        data["exact"] = "1"
        filterset = JobOfferFilterSet(data)
    if not (filterset.words or filterset.is_somewhere or understood):
        return SearchedOffers("")
    answer = search.search(filterset.query, size=SHOWN, facets=())
    url = f"{reverse('offers:list')}?{data.urlencode()}"
    html = block(
        LiveOffers.of(answer),
        url,
        title=_("Job offers"),
        is_search=True,
        listing=Listing(filterset),
    )
    return SearchedOffers(html, answer.total, url)
