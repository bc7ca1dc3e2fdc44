"""The back office of offers as an editor uses it in tests."""

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from careers.offers.enums import OfferStatus
from careers.offers.models import JobOffer
from tests.careers.offers.factories import JobOfferFactory
from tests.portal.pages import fields

LONG = "Vous soudez des cuves et des tuyaux dans un atelier clair avec quatre collègues. " * 5
LIST = reverse("admin:offers_joboffer_changelist")


def change_url(row: models.Model) -> str:
    return reverse(f"admin:offers_{row._meta.model_name}_change", args=[row.pk])


def open_form(client: Client, row: models.Model) -> dict[str, Any]:
    """The fields of a row's page, as a browser would send them back."""
    return fields(client.get(change_url(row)), f"{row._meta.model_name}_form")


def post(client: Client, row: models.Model, **changes: Any) -> HttpResponse:
    return client.post(change_url(row), open_form(client, row) | changes)


def choose(client: Client, action: str, offers: Any, **values: Any) -> HttpResponse:
    """Run an action of the list on some offers."""
    chosen = {"action": action, "_selected_action": [offer.pk for offer in offers]}
    return client.post(LIST, chosen | values, follow=True)


def offer_in_review(**values: Any) -> JobOffer:
    """An offer without any finding."""
    waiting = {"status": OfferStatus.IN_REVIEW, "published_at": None, "description": LONG}
    return JobOfferFactory(**waiting | values)


def status(offer: JobOffer) -> str:
    return JobOffer.objects.values_list("status", flat=True).get(pk=offer.pk)
