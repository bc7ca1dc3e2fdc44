"""The pay of an offer beside what the guide of its profession says one earns."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from careers.offers import pay, statistics, texts
from careers.offers.models import JobOffer
from careers.professions.enums import Country, Period
from careers.professions.figures import salary_series
from careers.professions.reading import Reading, Row
from careers.zones.belgium import area_names, area_of


@dataclass(frozen=True)
class PayChart:
    """What `salary_chart` draws, and where its bands come from."""

    series: list[dict[str, Any]]
    period: str
    sources: list[Any] = field(default_factory=list)


def of_offer(offer: JobOffer, reading: Reading | None) -> PayChart | None:
    """The offer over the bands of the guide and the pay of live offers; None without these.

    Gross is compared with gross in Belgium, by the month unless the guide knows only the year.
    """
    if offer.pay_is_not_given or offer.profession_id is None:
        return None
    bands = _comparable(offer, reading.salaries) if reading else []
    monthly = not bands or any(row.period == Period.MONTH for row in bands)
    period = Period.MONTH if monthly else Period.YEAR
    rows = [row for row in bands if row.period == period]
    others = [*salary_series(rows, str), *_live(offer, period)]
    if not others:
        return None
    sources = {row.source.pk: row.source for row in rows if row.source}
    return PayChart([_serie(offer, period), *others], period, list(sources.values()))


def _live(offer: JobOffer, period: str) -> list[dict[str, Any]]:
    """The middle half of what live offers pay in the province of the offer, else in the country."""
    place = next(iter(offer.offer_places.all()), None)
    area = area_of(place.municipality) if place else ""
    found = statistics.pay_of(offer.profession_id, area) if offer.pay_is_gross else None
    if found is None:
        return []
    low, median, high = (
        pay.a_year(amount) if period == Period.YEAR else amount
        for amount in (found.low, found.median, found.high)
    )
    where = area_names().get(found.area) or _("Belgium")
    label = _("Open offers, %(area)s (%(count)s)") % {"area": where, "count": found.count}
    return [
        {
            "label": label,
            "bands": [
                {"label": _("Half of them"), "low": low, "high": high},
                {"label": _("Median"), "low": median, "high": median},
            ],
        }
    ]


def _comparable(offer: JobOffer, rows: list[Row]) -> list[Row]:
    return [
        row
        for row in rows
        if row.country == Country.BE
        and row.is_gross == offer.pay_is_gross
        and row.period in {Period.MONTH, Period.YEAR}
    ]


def _serie(offer: JobOffer, period: str) -> dict[str, Any]:
    low, high = offer.pay_min, offer.pay_max
    text = ""
    if offer.pay_period != period:
        low, high = texts.monthly(offer)
        if period == Period.YEAR:
            low, high = (end and pay.a_year(end) for end in (low, high))
        text = _("an estimate from the pay of the offer")
    return {
        "label": _("This offer"),
        "bands": [{"label": _("Pay offered"), "low": low, "high": high, "text": text}],
    }
