import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.offers import logos
from careers.offers.enums import EmployerKind, EmployerSize
from careers.offers.forms import EmployerForm
from careers.offers.models import Employer
from careers.offers.search.query import PAGE_SIZE
from portal import kept
from portal.pagination import PAGE_SIZE as PAGE_OF_EMPLOYERS
from tests.careers.articles.factories import EmployerStoryFactory
from tests.careers.offers.desk import post
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.careers.professions.factories import SectorFactory
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(settings, tmp_path):
    kept.forget()
    with translation.override("en"):
        yield


def names(response):
    return [employer.name for employer in response.context["page"]]


def test_the_list_goes_from_a_to_z_with_the_number_of_live_offers(client):
    EmployerFactory(name="Zèbre")
    first = EmployerFactory(name="Écluse")
    JobOfferFactory.create_batch(2, employer=first)
    JobOfferFactory(employer=first, expired=True)
    JobOfferFactory(employer=first, draft=True)

    response = client.get(reverse("employers:list"))

    assert names(response) == ["Écluse", "Zèbre"]
    assertContains(response, "2 open offers")
    assertContains(response, "no open offer")


@pytest.mark.parametrize(
    "query",
    ["kind=agency", "size=250%2B", "sector=metal", "q=acier", "kind=agency&size=250%2B&q=ACIÉR"],
)
def test_the_list_is_narrowed(client, query):
    metal = SectorFactory(slug_fr="metal")
    EmployerFactory(
        name="Acier SA", kind=EmployerKind.AGENCY, size=EmployerSize.LARGE, sector=metal
    )
    EmployerFactory(name="Bois SA", size=EmployerSize.SMALL)

    response = client.get(f"{reverse('employers:list')}?{query}")

    assert names(response) == ["Acier SA"]


def test_facets_count_what_each_choice_would_give(client):
    EmployerFactory(kind=EmployerKind.AGENCY)
    EmployerFactory.create_batch(2, kind=EmployerKind.PUBLIC)

    response = client.get(reverse("employers:list") + "?kind=agency")

    facet = next(f for f in response.context["filterset"].facets if f.name == "kind")
    assert {option.value: option.count for option in facet.options} == {
        "company": 0,
        "public": 2,
        "non-profit": 0,
        "agency": 1,
    }


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Atelier", "Brasserie", "Crèche", "Dépôt"]),
        ("offers", ["Crèche", "Brasserie", "Atelier", "Dépôt"]),
        ("newest", ["Brasserie", "Crèche", "Atelier", "Dépôt"]),
    ],
)
def test_the_list_has_several_orders(client, sort, order):
    by_name = {name: EmployerFactory(name=name) for name in reversed(order)}
    JobOfferFactory.create_batch(2, employer=by_name["Crèche"])
    JobOfferFactory(employer=by_name["Brasserie"])
    JobOfferFactory.create_batch(3, employer=by_name["Dépôt"], expired=True)

    response = client.get(reverse("employers:list"), {"sort": sort})

    assert names(response) == order
    assertContains(response, f'<option value="{sort}" selected>')


@pytest.mark.parametrize("sort", ["offers", "newest"])
def test_each_page_of_an_order_goes_on_where_the_last_ended(client, sort):
    EmployerFactory.create_batch(PAGE_OF_EMPLOYERS + 1)
    JobOfferFactory.create_batch(PAGE_OF_EMPLOYERS)

    pages = [
        client.get(reverse("employers:list"), {"sort": sort, "page": number}) for number in (1, 2)
    ]

    assert [employer.live_count for employer in pages[0].context["page"]] == [1] * PAGE_OF_EMPLOYERS
    assert not any(employer.live_count for employer in pages[1].context["page"])
    assertContains(pages[0], f"?sort={sort}&amp;page=2")


def test_what_is_not_understood_is_said(client):
    response = client.get(reverse("employers:list") + "?kind=nonsense&page=99999999999")

    assertContains(response, "nonsense")


@pytest.mark.parametrize("sort", ["name", "offers", "newest"])
@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_few_queries(client, django_assert_max_num_queries, count, sort):
    for employer in EmployerFactory.create_batch(count, sector=SectorFactory()):
        JobOfferFactory(employer=employer)

    # The version, the index: two, the total, the page; the offers of all, where SQL counts them;
    # the newest of each, where that is the order.
    with django_assert_max_num_queries(11 if sort == "newest" else 10):
        client.get(reverse("employers:list"), {"sort": sort})


def test_the_page_shows_who_it_is_and_its_live_offers(client):
    employer = EmployerFactory(
        name="Écluse",
        company_number="0403170701",
        is_verified=True,
        size=EmployerSize.MEDIUM,
        municipality=MunicipalityFactory(name_fr="Huy"),
        description_fr="Une écluse.",
    )
    live = JobOfferFactory(employer=employer, title="Éclusière")
    JobOfferFactory(employer=employer, title="Fini", expired=True)
    JobOfferFactory(employer=employer, title="Brouillon", draft=True)
    JobOfferFactory(title="Ailleurs")

    response = client.get(employer.get_absolute_url())

    for text in ["0403.170.701", "Verified", "Huy", "Une écluse.", live.title, "50 to 249 people"]:
        assertContains(response, text)
    for text in ["Fini", "Brouillon", "Ailleurs"]:
        assertNotContains(response, text)


def test_an_offer_with_two_places_in_a_province_counts_once_on_the_map(client):
    employer, province = EmployerFactory(), ProvinceFactory(code="60000")
    JobOfferFactory(
        employer=employer, places=MunicipalityFactory.create_batch(2, province=province)
    )
    JobOfferFactory(places=[MunicipalityFactory(province=province)])

    response = client.get(employer.get_absolute_url())

    assert response.context["areas"] == [{"code": "60000", "value": 1}]
    assert len(response.context["points"]) == 2


def test_an_example_is_marked_and_not_to_be_indexed(client):
    employer = EmployerFactory(is_example=True)

    response = client.get(employer.get_absolute_url())

    assertContains(response, '<span class="tag">Example</span>')
    assertContains(response, '<meta name="robots" content="noindex">')


def test_the_page_says_to_machines_who_it_is(client):
    employer = EmployerFactory(name="</script>", website="https://example.org/")

    response = client.get(employer.get_absolute_url())

    text = re.search(r'<script type="application/ld\+json">(.+?)</script>', response.text)[1]
    data = json.loads(text)["@graph"][0]
    assert (data["@type"], data["name"], data["sameAs"]) == (
        "Organization",
        "</script>",
        "https://example.org/",
    )


def test_the_story_of_the_employer_is_told_on_its_page(client):
    employer = EmployerFactory()
    EmployerStoryFactory(title_fr="Vivre ici", employer_page=employer)
    EmployerStoryFactory(title_fr="Vivre ailleurs")

    response = client.get(employer.get_absolute_url())

    assertContains(response, "Vivre ici")
    assertNotContains(response, "Vivre ailleurs")


def test_an_old_address_leads_to_the_new_one(client):
    employer = EmployerFactory(slug_fr="ancien")
    employer.slug_fr = "nouveau-nom"
    employer.save()

    response = client.get(reverse("employers:detail", args=["ancien"]))

    assertRedirects(response, employer.get_absolute_url(), 301)


def test_its_offers_are_leafed_through_to_the_last_and_back(client):
    employer = EmployerFactory()
    offers = JobOfferFactory.create_batch(2 * PAGE_SIZE + 1, employer=employer)
    JobOfferFactory()
    url, found = employer.get_absolute_url(), []

    pages = [client.get(url)]
    while step := pages[-1].context["next_url"]:
        pages.append(client.get(url + step))
    for page in pages:
        found += [card.offer.pk for card in page.context["cards"]]
    back = client.get(url + pages[1].context["previous_url"])

    assert found == [offer.pk for offer in reversed(offers)]
    assert [page.context["total"] for page in pages] == [len(offers)] * 3
    assert [card.offer for card in back.context["cards"]] == [
        card.offer for card in pages[0].context["cards"]
    ]
    assertContains(pages[2], f'href="{url}">First page</a>')
    assertContains(pages[2], '<meta name="robots" content="noindex, follow">')
    assertNotContains(pages[0], "noindex")


@pytest.mark.parametrize("query", ["after=1.2:x", "before=%E9", "after=" + "9" * 500, "page=7"])
def test_a_place_that_nobody_signed_is_the_first_page(client, query):
    offer = JobOfferFactory()

    response = client.get(f"{offer.employer.get_absolute_url()}?{query}")

    assert [card.offer for card in response.context["cards"]] == [offer]


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_few_queries(client, django_assert_num_queries, count):
    employer = EmployerFactory()
    EmployerStoryFactory.create_batch(count, employer_page=employer)
    JobOfferFactory.create_batch(count, employer=employer)

    # The employer; towns of its offers and their names; the cards of a page: three, and one for the
    # languages; stories. The version and, where SQL answers, the search: four.
    with django_assert_num_queries(12):
        client.get(employer.get_absolute_url())


# Logos --------------------------------------------------------------------------------------------


def exif():
    said = Image.Exif()
    said[0x010E], said[0x0112] = "taken at home", 6
    return said


def picture(kind="PNG", size=(600, 300), name="logo.png", **options):
    body = BytesIO()
    Image.new("RGB", size, "teal").save(body, kind, **options)
    return SimpleUploadedFile(name, body.getvalue())


def uploaded(employer, file):
    form = EmployerForm({}, {"logo": file}, instance=employer)
    assert form.is_valid(), form.errors
    return form.save()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_stored_under_a_random_name_and_served(client, kind):
    employer = uploaded(EmployerFactory(), picture(kind, name="../mine.png"))

    response = client.get(logos.url(employer.logo))

    assert re.fullmatch(r"logos/[0-9a-f]{32}\.webp", employer.logo.name)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response.headers["Cache-Control"]
    image = Image.open(BytesIO(response.getvalue()))
    assert (image.format, image.size) == ("WEBP", (256, 256))


def test_a_logo_keeps_no_metadata():
    file = logos.redrawn(picture("JPEG", exif=exif()))

    assert b"taken at home" not in file.read()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("logo.png", b"<html><script>alert(1)</script>"),
        SimpleUploadedFile("logo.png", b""),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * 3_000_000),
        picture("GIF"),
        picture("PNG", size=(6000, 6000)),
        SimpleUploadedFile("logo.png", picture().read()[:200]),
    ],
    ids=["svg", "html", "empty", "heavy", "gif", "flood", "cut off"],
)
def test_what_is_no_small_picture_is_refused(file):
    form = EmployerForm({}, {"logo": file}, instance=EmployerFactory())

    assert list(form.errors) == ["logo"]
    with pytest.raises(ValidationError):
        logos.redrawn(file)


@pytest.mark.parametrize(
    ("kind", "whole", "broken"),
    [("WEBP", b"MM\x00*", b"MM\x00?"), ("JPEG", b"\x01\x0e\x00\x02", b"\x01\x00\x00\x02")],
)
def test_what_says_nonsense_about_itself_is_refused(kind, whole, broken):
    body = picture(kind, exif=exif()).read()
    assert whole in body
    assert logos.redrawn(SimpleUploadedFile("logo", body))

    with pytest.raises(ValidationError, match="readable"):
        logos.redrawn(SimpleUploadedFile("logo", body.replace(whole, broken)))


def test_a_logo_that_is_not_there_is_not_found(client):
    assert client.get(reverse("employers:logo", args=["0" * 32])).status_code == 404


def test_without_a_logo_there_are_initials(client):
    EmployerFactory(name="Boulangerie du Parc")

    assertContains(client.get(reverse("employers:list")), ">BP</span>")


def logo_of(employer):
    employer = uploaded(employer, picture())
    return employer.logo.storage.path(employer.logo.name)


@pytest.mark.parametrize(
    "change", [{"logo": picture(size=(9, 9))}, {"logo-clear": "on"}], ids=["replaced", "removed"]
)
def test_a_logo_that_gives_way_is_deleted(admin_client, django_capture_on_commit_callbacks, change):
    employer = EmployerFactory()
    before = logo_of(employer)

    with django_capture_on_commit_callbacks() as callbacks:
        post(admin_client, employer, **change)

    assert Path(before).exists()
    [delete] = callbacks
    delete()
    assert not Path(before).exists()
    employer.refresh_from_db()
    assert not employer.logo or Path(employer.logo.path).exists()


def test_a_logo_stays_where_only_the_name_changes(admin_client, django_capture_on_commit_callbacks):
    employer = EmployerFactory()
    before = logo_of(employer)

    with django_capture_on_commit_callbacks(execute=True):
        post(admin_client, employer, name="Boulangerie du Parc")

    assert Path(before).exists()


def test_the_logo_of_a_deleted_employer_is_deleted(
    admin_client, django_capture_on_commit_callbacks
):
    employer = EmployerFactory()
    before = logo_of(employer)

    with django_capture_on_commit_callbacks(execute=True):
        page = reverse("admin:offers_employer_delete", args=[employer.pk])
        admin_client.post(page, {"post": "yes"})

    assert not Employer.objects.exists()
    assert not Path(before).exists()
