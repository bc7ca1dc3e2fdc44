"""Employers, their offers, and what people report of them."""

from careers.offers.models.change import OfferChange
from careers.offers.models.employer import Employer
from careers.offers.models.language import OfferLanguage
from careers.offers.models.notice import OfferNotice
from careers.offers.models.offer import JobOffer, OfferPlace
from careers.offers.models.report import OfferReport
from careers.offers.models.statistic import PayStatistic

__all__ = [
    "Employer",
    "JobOffer",
    "OfferChange",
    "OfferLanguage",
    "OfferNotice",
    "OfferPlace",
    "OfferReport",
    "PayStatistic",
]
