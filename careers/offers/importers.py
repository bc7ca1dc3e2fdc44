"""Employers and offers from the content files."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from careers.offers.enums import OfferStatus
from careers.offers.models import Employer, JobOffer, OfferLanguage, OfferPlace
from careers.professions.models import Profession, Sector
from careers.zones.models import Municipality
from portal.imports.files import Record
from portal.imports.loading import Outcome, Part, upsert
from portal.imports.records import columns, find, find_all, find_optional, only, slug_columns
from portal.sources.models import Source

Values = dict[str, Any]

# The source of everything invented; pages label what comes from it.
EXAMPLES = "jalon-examples"
# Columns of an offer that a file names as they are.
PLAIN = (
    "title language description profile contract working_time percentage hours_pattern telework "
    "posts is_student_job is_open_to_minors pay_min pay_max pay_period pay_is_not_given benefits "
    "experience study_level licence apply_by apply_url apply_email status"
).split()


def load_employer(record: Record, overwrite: bool) -> Outcome:
    """An invented employer: no company number, marked as an example."""
    values = record.values
    only(values, "key name kind sector size municipality description website".split())
    fields = {
        "name": values["name"],
        **slug_columns(values["name"]),
        "kind": values["kind"],
        "sector": find_optional(Sector, values.get("sector")),
        "size": values.get("size") or "",
        "municipality": find(Municipality, str(values["municipality"]), "nis_code"),
        **columns("description", values.get("description")),
        "website": values.get("website") or "",
        "is_example": True,
    }
    return upsert(Employer, {"key": values["key"]}, fields, overwrite=overwrite)


def _places_part(codes: list[str]) -> Part:
    towns, places = find_all(Municipality, codes, "nis_code"), OfferPlace.objects

    def read(offer: JobOffer) -> list[str]:
        return sorted(places.filter(offer=offer).values_list("municipality__nis_code", flat=True))

    def write(offer: JobOffer, _value: list[str]) -> None:
        places.filter(offer=offer).delete()
        places.bulk_create(OfferPlace(offer=offer, municipality=town) for town in towns)

    return Part(sorted(codes), read, write)


def _languages_part(levels: dict[str, int]) -> Part:
    def read(offer: JobOffer) -> dict[str, int]:
        return dict(offer.languages.values_list("language", "level"))

    def write(offer: JobOffer, value: dict[str, int]) -> None:
        offer.languages.all().delete()
        OfferLanguage.objects.bulk_create(
            OfferLanguage(offer=offer, language=language, level=level)
            for language, level in value.items()
        )

    return Part(levels, read, write)


def load_offer(record: Record, overwrite: bool) -> Outcome:
    """An invented offer; its days count from the day it is loaded: `days_ago`, then `days_open`."""
    values = record.values
    own = "key employer profession user_sector places languages days_ago days_open starts_in"
    only(values, [*own.split(), *PLAIN])
    published = timezone.localdate() - timedelta(days=values.get("days_ago") or 0)
    starts_in = values.get("starts_in")
    fields: Values = {
        "status": OfferStatus.PUBLISHED,
        **{name: values[name] for name in PLAIN if name in values},
        **{name: Decimal(str(values[name])) for name in ("pay_min", "pay_max") if name in values},
        "employer": find(Employer, values["employer"]),
        "profession": find(Profession, values["profession"]),
        "user_sector": find_optional(Sector, values.get("user_sector")),
        "published_at": timezone.make_aware(datetime.combine(published, time(0))),
        "closes_on": published + timedelta(days=values["days_open"]),
        "starts_on": published + timedelta(days=starts_in) if starts_in else None,
    }
    if fields["status"] in {OfferStatus.DRAFT, OfferStatus.IN_REVIEW}:
        fields["published_at"] = None
    parts = {
        "places": _places_part([str(code) for code in values["places"]]),
        "languages": _languages_part(values.get("languages") or {}),
    }
    lookup = {"source": find(Source, EXAMPLES), "reference": values["key"]}
    return upsert(JobOffer, lookup, fields, parts, overwrite=overwrite)
