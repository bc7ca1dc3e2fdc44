"""The pay of an offer beside what the guide of its profession says one earns."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from careers.offers import pay, statistics, texts
from careers.offers.enums import WorkingTime
from careers.offers.models import JobOffer, PayStatistic
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
    # Whether the guide of the profession has a band that the others compare with.
    has_band: bool = False


def of_offer(offer: JobOffer, reading: Reading | None) -> PayChart | None:
    """The offer over the bands of the guide and the pay of live offers; None without these.

    Also None for part-time work: all others are the pay of full-time work.
    """
    is_full_time = offer.working_time == WorkingTime.FULL
    if offer.pay_is_not_given or offer.profession_id is None or not is_full_time:
        return None
    rows, period = _comparable(reading, is_gross=offer.pay_is_gross)
    place = next(iter(offer.offer_places.all()), None)
    area = area_of(place.municipality) if place else ""
    found = statistics.pay_of(offer.profession_id, area) if offer.pay_is_gross else None
    others = [*salary_series(rows, str), *_live(found, period)]
    if not others:
        return None
    return PayChart([_serie(offer, period), *others], period, _sources(rows), bool(rows))


def of_profession(figures: list[PayStatistic], reading: Reading | None) -> PayChart | None:
    """The pay of live offers in the country over the bands of the guide; None without offers."""
    rows, period = _comparable(reading, is_gross=True)
    live = _live(next((row for row in figures if not row.area), None), period)
    return PayChart([*live, *salary_series(rows, str)], period, _sources(rows)) if live else None


def _live(found: PayStatistic | None, period: str) -> list[dict[str, Any]]:
    """The middle half of what live offers pay."""
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


def _comparable(reading: Reading | None, *, is_gross: bool) -> tuple[list[Row], str]:
    """The bands of the guide that an offer compares with, and their period.

    Gross with gross in Belgium, by the month unless the guide knows only the year.
    """
    bands = [
        row
        for row in (reading.salaries if reading else [])
        if row.country == Country.BE
        and row.is_gross == is_gross
        and row.period in {Period.MONTH, Period.YEAR}
    ]
    monthly = not bands or any(row.period == Period.MONTH for row in bands)
    period = Period.MONTH if monthly else Period.YEAR
    return [row for row in bands if row.period == period], period


def _sources(rows: list[Row]) -> list[Any]:
    return list({row.source.pk: row.source for row in rows if row.source}.values())


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
