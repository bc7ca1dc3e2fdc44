"""The facts box of an offer: what decides whether to read on, in a fixed order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.offers import texts
from careers.offers.enums import WorkingTime
from careers.offers.models import JobOffer, OfferPlace
from portal.dates import date_text


@dataclass(frozen=True)
class Value:
    """One thing a fact says, with the page that says more of it."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and what the offer says under it; without values it says nothing."""

    label: str
    values: list[Value]
    hints: list[str]


Told = tuple[Iterable[Value | str], Iterable[str]]


def facts(offer: JobOffer) -> list[Fact]:
    """The facts of an offer, most of them also where it does not give them."""
    always = [_fact(label, *tell(offer)) for label, tell in TOLD]
    others = [_fact(label, *tell(offer)) for label, tell in TOLD_WHERE_KNOWN]
    return [*always, *[fact for fact in others if fact.values]]


def _fact(label: Any, values: Iterable[Value | str], hints: Iterable[str]) -> Fact:
    told = [value if isinstance(value, Value) else Value(value) for value in values if value]
    return Fact(str(label), told, [hint for hint in hints if hint])


def _pay(offer: JobOffer) -> Told:
    text = texts.pay_text(offer)
    if not text:
        return [], []
    return [text], [_estimate(offer), _kind_of_pay(offer)]


def _estimate(offer: JobOffer) -> str:
    how = {
        "month": _("an estimate: 13.92 months, with holiday pay and a thirteenth month"),
        "year": _("an estimate: a year of 13.92 months"),
        "hour": _("an estimate for full time: 38 hours a week"),
    }
    return f"{texts.pay_estimate(offer)} ({how[offer.pay_period]})"


def _kind_of_pay(offer: JobOffer) -> str:
    if offer.pay_is_gross:
        return _("Gross: before social contributions and taxes; what reaches you is less.")
    return _("Net: after social contributions and taxes.")


def _contract(offer: JobOffer) -> Told:
    hints = [_("Student job")] if offer.is_student_job else []
    if offer.is_open_to_minors:
        hints.append(_("Open to people under 18"))
    return [offer.get_contract_display()], hints


def _working_time(offer: JobOffer) -> Told:
    text = offer.get_working_time_display()
    if offer.working_time == WorkingTime.PART:
        text = _("%(time)s, %(percentage)s %%") % {"time": text, "percentage": offer.percentage}
    return [text], []


def _places(offer: JobOffer) -> Told:
    return [_place(place) for place in offer.offer_places.all()], []


def _place(place: OfferPlace) -> Value:
    """The place, with the list of all offers there."""
    town = place.municipality
    area = town.province or town.region
    names = [place.address, town.name, area.name if area.name != town.name else ""]
    text = ", ".join(str(name) for name in names if name)
    return Value(text, f"{reverse('offers:list')}?{urlencode({'where': town.name})}")


def _zones(offer: JobOffer) -> Told:
    towns = [place.municipality for place in offer.offer_places.all()]
    zones = {zone.pk: zone for town in towns for zone in town.zones.all()}
    return [Value(zone.name, zone.get_absolute_url()) for zone in zones.values()], []


def _languages(offer: JobOffer) -> Told:
    return [str(language) for language in offer.languages.all()], []


def _start(offer: JobOffer) -> Told:
    return [_day(offer.starts_on) or _("as soon as possible")], []


def _sector(offer: JobOffer) -> Told:
    return [offer.user_sector.name if offer.user_sector else ""], []


def _access(offer: JobOffer) -> Told:
    """What the law asks for, with the guide that says more of it."""
    profession = offer.profession
    if not profession or not profession.is_regulated:
        return [], []
    url = profession.get_absolute_url() if profession.is_listed else ""
    return [Value(_("Diploma or licence required"), url)], []


def _day(day: date | None) -> str:
    return date_text(day) if day else ""


def _published(offer: JobOffer) -> Told:
    return [_day(offer.published_at and timezone.localdate(offer.published_at))], []


# Labels, and what stands under them.
TOLD: list[tuple[Any, Callable[[JobOffer], Told]]] = [
    (gettext_lazy("Pay"), _pay),
    (gettext_lazy("Contract"), _contract),
    (gettext_lazy("Working time"), _working_time),
    (gettext_lazy("Hours"), lambda offer: ([offer.get_hours_pattern_display()], [])),
    (gettext_lazy("Place of work"), _places),
    (gettext_lazy("Telework"), lambda offer: ([offer.get_telework_display()], [])),
    (gettext_lazy("Languages"), _languages),
    (gettext_lazy("Studies"), lambda offer: ([offer.get_study_level_display()], [])),
    (gettext_lazy("Experience"), lambda offer: ([offer.get_experience_display()], [])),
    (gettext_lazy("Driving licence"), lambda offer: ([offer.get_licence_display()], [])),
    (gettext_lazy("Start"), _start),
    (gettext_lazy("Number of posts"), lambda offer: ([str(offer.posts)], [])),
    (gettext_lazy("Published on"), _published),
    (gettext_lazy("Last day to apply"), lambda offer: ([_day(offer.closes_on)], [])),
]
TOLD_WHERE_KNOWN: list[tuple[Any, Callable[[JobOffer], Told]]] = [
    (gettext_lazy("Regulated profession"), _access),
    (gettext_lazy("Employment zone"), _zones),
    (gettext_lazy("Sector of the workplace"), _sector),
]
