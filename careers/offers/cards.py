"""What the card of an offer in a list says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from careers.offers import pay, texts
from careers.offers.enums import HoursPattern, Telework, WorkingTime
from careers.offers.models import JobOffer
from careers.professions.enums import Period
from portal.numbers import money_range

NEW_DAYS = 3
SOON_DAYS = 7
MOST_PLACES = 3


@dataclass(frozen=True)
class Card:
    """One offer of `for_cards`, in the unit of pay of the list, as near as the visitor is."""

    offer: JobOffer
    unit: str = Period.MONTH
    # Kilometres from where the visitor looks to each municipality; empty without a place.
    distances: Mapping[int, float] | None = None

    @cached_property
    def places(self) -> str:
        """The nearest places of work, the others counted."""
        towns = [place.municipality for place in self.offer.offer_places.all()]
        if self.distances:
            towns.sort(key=lambda town: self.distances.get(town.pk, 0))
        shown = ", ".join(town.name for town in towns[:MOST_PLACES])
        more = len(towns) - MOST_PLACES
        return (
            _("%(places)s and %(count)s more") % {"places": shown, "count": more}
            if (more > 0)
            else shown
        )

    @cached_property
    def km(self) -> int | None:
        """Whole kilometres to the nearest place of work, None where no place is asked."""
        if not self.distances:
            return None
        towns = [place.municipality_id for place in self.offer.offer_places.all()]
        known = [self.distances[town] for town in towns if town in self.distances]
        return round(min(known)) if known else None

    @property
    def mark(self) -> str:
        """What says beside the title that everybody is meant."""
        return texts.title_mark(self.offer)

    @property
    def facts(self) -> list[str]:
        """Contract, hours, telework and languages."""
        offer = self.offer
        facts = [offer.get_contract_display(), self._working_time()]
        if offer.hours_pattern != HoursPattern.DAY:
            facts.append(offer.get_hours_pattern_display())
        if offer.telework != Telework.NONE:
            facts.append(offer.get_telework_display())
        facts += [str(language) for language in offer.languages.all()]
        return facts

    def _working_time(self) -> str:
        offer = self.offer
        if offer.working_time == WorkingTime.FULL:
            return offer.get_working_time_display()
        return _("%(time)s, %(percentage)s %%") % {
            "time": offer.get_working_time_display(),
            "percentage": offer.percentage,
        }

    @property
    def pay(self) -> str:
        """The pay in the unit of the list, "" where it is not given."""
        offer = self.offer
        if offer.monthly_high is None:
            return ""
        return _("%(amounts)s %(period)s, %(kind)s") % {
            "amounts": money_range(*self._amounts()),
            "period": Period(self.unit).label,
            "kind": _("gross") if offer.pay_is_gross else _("net"),
        }

    def _amounts(self) -> tuple[float | None, float | None]:
        offer = self.offer
        if not self.is_estimate:
            return offer.pay_min, offer.pay_max
        low = offer.monthly_low if offer.pay_min is not None else None
        high = offer.monthly_high if offer.pay_max is not None else None
        if self.unit == Period.YEAR:
            return tuple(end if end is None else pay.a_year(end) for end in (low, high))
        return low, high

    @property
    def is_estimate(self) -> bool:
        """Whether the offer gives its pay for another period than the list."""
        return self.offer.monthly_high is not None and self.offer.pay_period != self.unit

    @property
    def is_new(self) -> bool:
        first = timezone.localdate() - timedelta(days=NEW_DAYS)
        return timezone.localdate(self.offer.published_at) >= first

    @property
    def closes_soon(self) -> bool:
        return self.offer.closes_on <= timezone.localdate() + timedelta(days=SOON_DAYS)


def cards(
    ids: Iterable[int], *, unit: str = Period.MONTH, distances: Mapping[int, float] | None = None
) -> list[Card]:
    """The cards of these offers in this order, in three queries; what is gone is left out."""
    rows = JobOffer.objects.for_cards().select_related("employer", "profession", "source")
    found = rows.prefetch_related("languages").in_bulk([*ids])
    return [Card(found[pk], unit, distances) for pk in ids if pk in found]
