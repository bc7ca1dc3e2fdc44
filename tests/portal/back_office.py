"""The models of the back office, a row of each, and the addresses of their pages."""

from secrets import token_hex

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from careers.articles.models import Article, EmployerStory, GlossaryTerm
from careers.offers.models import Employer, JobOffer, OfferReport, PayStatistic
from careers.professions.models import Criterion, Guide, Profession, Sector
from careers.schools.models import Campus, Programme, School
from careers.zones.models import Municipality, Province, Region, Zone
from portal.accounts.models import User
from portal.jobs import defer
from portal.jobs.models import BulkAction, Job
from portal.sources.models import Source
from portal.tasks import forget_old_sessions
from quiz.models import Item, ModelVersion, ScalePoint
from tests.careers.articles.factories import (
    ArticleFactory,
    EmployerStoryFactory,
    GlossaryTermFactory,
)
from tests.careers.offers.factories import (
    EmployerFactory,
    JobOfferFactory,
    OfferReportFactory,
    PayStatisticFactory,
)
from tests.careers.professions.factories import (
    CriterionFactory,
    ProfessionFactory,
    SectorFactory,
    full_guide,
)
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import (
    MunicipalityFactory,
    ProvinceFactory,
    RegionFactory,
    ZoneFactory,
)
from tests.jobs import locked
from tests.portal.accounts.factories import GroupFactory, UserFactory
from tests.portal.sources.factories import SourceFactory
from tests.quiz.factories import ItemFactory, ModelVersionFactory, ScalePointFactory


def bulk_action():
    kind = ContentType.objects.get_for_model(Source)
    return BulkAction.objects.create(label="Print", content_type=kind, pks=[1], total=1)


MAKE = {
    Article: ArticleFactory,
    BulkAction: bulk_action,
    Campus: CampusFactory,
    Criterion: CriterionFactory,
    Employer: EmployerFactory,
    EmployerStory: EmployerStoryFactory,
    GlossaryTerm: GlossaryTermFactory,
    Group: GroupFactory,
    Guide: full_guide,
    Item: ItemFactory,
    Job: lambda: Job.objects.get(pk=defer(locked(forget_old_sessions, token_hex()))),
    JobOffer: JobOfferFactory,
    ModelVersion: ModelVersionFactory,
    Municipality: MunicipalityFactory,
    OfferReport: OfferReportFactory,
    PayStatistic: PayStatisticFactory,
    Profession: ProfessionFactory,
    Programme: ProgrammeFactory,
    Province: lambda: ProvinceFactory(code=f"{Province.objects.count():05}"),
    Region: lambda: RegionFactory(code=f"{Region.objects.count():05}"),
    ScalePoint: ScalePointFactory,
    School: SchoolFactory,
    Sector: SectorFactory,
    Source: SourceFactory,
    User: UserFactory,
    Zone: ZoneFactory,
}
# Written by the site alone: they can be looked at.
READ_ONLY = {BulkAction, Job, ModelVersion, PayStatistic}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)

# Their tables have, or may have, over fifty rows.
LONG = {
    Article,
    Campus,
    Employer,
    GlossaryTerm,
    Guide,
    Item,
    JobOffer,
    Municipality,
    Profession,
    Programme,
    School,
    Source,
    Zone,
}


# What is retired instead.
NEVER_DELETED = {Item}


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def pages(row):
    model = type(row)
    if model in READ_ONLY:
        return [url(model, "changelist"), url(model, "change", row.pk)]
    delete = [] if model in NEVER_DELETED else [url(model, "delete", row.pk)]
    return [
        url(model, "changelist"),
        url(model, "add"),
        url(model, "change", row.pk),
        *delete,
        url(model, "history", row.pk),
    ]
