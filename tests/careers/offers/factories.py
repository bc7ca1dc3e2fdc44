from datetime import timedelta

from django.utils import timezone
from django.utils.text import slugify
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from careers.offers.enums import Contract, OfferStatus, ReportReason
from careers.offers.models import (
    Employer,
    JobOffer,
    OfferLanguage,
    OfferPlace,
    OfferReport,
    PayStatistic,
)
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.zones.factories import MunicipalityFactory


class EmployerFactory(DjangoModelFactory[Employer]):
    class Meta:
        model = Employer

    name = Sequence("Employeur {}".format)
    slug_fr = LazyAttribute(lambda employer: slugify(employer.name))


class JobOfferFactory(DjangoModelFactory[JobOffer]):
    """An offer open for a month. Say `draft=True` or `expired=True` for the others.

    `places=[…]` are municipalities, one is made without; `languages={"nl": 3}` are levels asked.
    """

    class Meta:
        model = JobOffer
        skip_postgeneration_save = True

    class Params:
        draft = Trait(status=OfferStatus.DRAFT, published_at=None)
        expired = Trait(
            published_at=LazyFunction(lambda: timezone.now() - timedelta(days=40)),
            closes_on=LazyFunction(lambda: timezone.localdate() - timedelta(days=1)),
        )

    title = Sequence("Poste {}".format)
    description = "Le travail de tous les jours."
    employer = SubFactory(EmployerFactory)
    profession = SubFactory(ProfessionFactory)
    contract = Contract.PERMANENT
    pay_min = 2500
    pay_max = 3000
    status = OfferStatus.PUBLISHED
    published_at = LazyFunction(timezone.now)
    closes_on = LazyFunction(lambda: timezone.localdate() + timedelta(days=30))

    @post_generation
    def places(offer, create, extracted):
        if create:
            towns = extracted if extracted is not None else [MunicipalityFactory()]
            OfferPlace.objects.bulk_create(
                OfferPlace(offer=offer, municipality=town) for town in towns
            )
            # The database gave it.
            offer.refresh_from_db(fields=["number"])

    @post_generation
    def languages(offer, create, extracted):
        if create and extracted:
            OfferLanguage.objects.bulk_create(
                OfferLanguage(offer=offer, language=language, level=level)
                for language, level in extracted.items()
            )


class OfferReportFactory(DjangoModelFactory[OfferReport]):
    """A report that waits for a decision."""

    class Meta:
        model = OfferReport

    offer = SubFactory(JobOfferFactory)
    reason = ReportReason.FRAUD
    explanation = "On me demande de l'argent."


class PayStatisticFactory(DjangoModelFactory[PayStatistic]):
    """The pay of five live offers of a profession, in the country."""

    class Meta:
        model = PayStatistic

    profession = SubFactory(ProfessionFactory)
    count = 5
    low = 2500
    median = 3000
    high = 3500
    computed_at = LazyFunction(timezone.now)
