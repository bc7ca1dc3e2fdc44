import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.offers.enums import ApplyBy, Contract, OfferStatus, Telework, WorkingTime
from careers.offers.models import JobOffer
from careers.professions import actions
from careers.professions.enums import Period, StudyLevel
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory, PayStatisticFactory
from tests.careers.professions.factories import ProfessionFactory, full_guide
from tests.careers.zones.factories import MunicipalityFactory, ZoneFactory
from tests.portal.accounts.factories import UserFactory
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


def address(row):
    with translation.override("en"):
        return row.get_absolute_url()


def page(client, offer):
    """The page in the language of the messages."""
    return client.get(address(offer))


def posting(response):
    """The JobPosting of a page, None without one."""
    text = re.search(r'<script type="application/ld\+json">(.+?)</script>', response.text)[1]
    things = json.loads(text)["@graph"]
    return next((thing for thing in things if thing["@type"] == "JobPosting"), None)


def test_the_page_shows_what_decides(client):
    town = MunicipalityFactory(name_fr="Verviers")
    zone = ZoneFactory(name_fr="Sillon wallon", municipalities=[town])
    offer = JobOfferFactory(
        title="Soudeuse",
        places=[town],
        languages={"nl": 3},
        working_time=WorkingTime.PART,
        percentage=80,
        description="Souder *bien*.",
        posts=3,
    )

    response = page(client, offer)

    for text in ["Soudeuse", "(H/F/X)", "Verviers", "80 %", "B1", "<em>bien</em>", "<dd>3</dd>"]:
        assertContains(response, text)
    assertContains(response, f'<a href="{address(zone)}">Sillon wallon</a>')


@pytest.mark.parametrize(
    ("pay", "given", "estimated"),
    [
        ({"pay_min": 2500, "pay_max": 3000}, "€2,500 – €3,000 a month, gross", "€34,800 – €41,760"),
        (
            {"pay_min": 30_000, "pay_max": None, "pay_period": Period.YEAR},
            "from €30,000 a year, gross",
            "from €2,155 a month",
        ),
        (
            {"pay_min": "14.50", "pay_max": "14.50", "pay_period": Period.HOUR},
            "€14.50 an hour, gross",
            "€2,388 a month",
        ),
        ({"pay_is_gross": False}, "€2,500 – €3,000 a month, net", "a year"),
    ],
    ids=["month", "year", "hour", "net"],
)
def test_pay_is_said_as_given_and_brought_to_another_period_as_an_estimate(
    client, pay, given, estimated
):
    offer = JobOfferFactory(**pay)

    response = page(client, offer)

    assertContains(response, given)
    assertContains(response, estimated)
    assertContains(response, "an estimate")


def test_what_an_imported_offer_leaves_out_is_said_not_to_be_given(client):
    source = SourceFactory(title="Le Forem")
    offer = JobOfferFactory(
        source=source,
        reference="A-1",
        pay_min=None,
        pay_max=None,
        pay_is_not_given=True,
        apply_by=ApplyBy.LINK,
        apply_url="https://example.org/a-1",
    )

    response = page(client, offer)

    assertContains(response, '<dd class="not-given">', 2)  # pay and languages
    for text in ["Le Forem", "A-1", 'href="https://example.org/a-1"']:
        assertContains(response, text)


def test_on_paper_the_offer_has_a_code_that_opens_it(client):
    offer = JobOfferFactory()

    response = client.get(offer.get_absolute_url())

    assertContains(response, '<figure class="qr-code">')
    assertContains(
        response, f"<figcaption>http://testserver{offer.get_absolute_url()}</figcaption>"
    )


def test_a_text_in_another_language_is_marked(client):
    offer = JobOfferFactory(title="Lasser", language="nl", description="Lassen.")

    response = page(client, offer)

    assertContains(response, '<span lang="nl">Lasser</span>')
    assertContains(response, "(M/V/X)")
    assertContains(response, '<div class="prose" lang="nl"><p>Lassen.</p>')


def test_a_title_that_says_everybody_gets_no_second_mark(client):
    offer = JobOfferFactory(title="Soudeur (m/v/x)")

    assert page(client, offer).context["title_mark"] == ""


def test_hostile_text_is_harmless(client):
    offer = JobOfferFactory(
        title="</script><b>x", description="<script>alert(1)</script> [x](javascript:alert(1))"
    )

    response = page(client, offer)

    assertNotContains(response, "<script>alert")
    assertNotContains(response, "<b>x")
    assertNotContains(response, 'href="javascript:')
    assert posting(response)["title"] == "</script><b>x"


def test_another_word_before_the_number_leads_to_the_right_address(client):
    offer = JobOfferFactory(title="Soudeuse")

    response = client.get(f"/en/offers/another-{offer.pk}/")

    assertRedirects(response, address(offer), 301)


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.IN_REVIEW])
def test_only_those_who_may_see_what_is_not_published(client, status):
    offer = JobOfferFactory(draft=True, status=status)
    stranger, colleague = UserFactory(staff=True), UserFactory(staff=True)
    colleague.user_permissions.add(Permission.objects.get(codename="view_joboffer"))

    assert page(client, offer).status_code == 404
    client.force_login(stranger)
    assert page(client, offer).status_code == 404
    client.force_login(colleague)
    response = page(client, offer)

    assertContains(response, "Preview")
    assert posting(response) is None


def test_an_expired_offer_says_when_it_closed_and_what_is_open(client):
    profession = ProfessionFactory()
    other = JobOfferFactory(profession=profession, title="Encore ouverte")
    offer = JobOfferFactory(expired=True, profession=profession)

    response = page(client, offer)

    yesterday = timezone.localdate() - timedelta(days=1)
    assertContains(response, f"The last day to apply was {yesterday:%-d} ")
    assertContains(response, other.title)
    assertContains(response, '<meta name="robots" content="noindex">')
    assertNotContains(response, 'id="apply"')
    assert posting(response) is None


def test_a_filled_offer_says_when_it_was_closed(client):
    offer = JobOfferFactory()
    JobOffer.objects.filter(pk=offer.pk).update(status=OfferStatus.FILLED)

    response = page(client, offer)

    assert response.status_code == 200
    assert response.context["closed_on"] == timezone.localdate()
    assertNotContains(response, 'id="apply"')
    assert posting(response) is None


def test_a_withdrawn_offer_is_gone_and_shows_nothing_of_its_text(client):
    offer = JobOfferFactory(title="Titre retiré", description="Texte retiré")
    JobOffer.objects.filter(pk=offer.pk).update(status=OfferStatus.WITHDRAWN)

    response = page(client, offer)

    assertContains(response, "<h1>", status_code=410)
    assertNotContains(response, "retiré", status_code=410)
    # No other address leads to the one that is made of its title.
    assert client.get(f"/en/offers/another-{offer.pk}/").status_code == 410


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ({"apply_by": ApplyBy.FORM}, "not open yet"),
        ({"apply_by": ApplyBy.LINK, "apply_url": "https://example.org/x"}, "https://example.org/x"),
        ({"apply_by": ApplyBy.EMAIL, "apply_email": "jobs@example.org"}, "mailto:jobs@example.org"),
        ({"employer__is_example": True}, "there is no employer behind it"),
    ],
    ids=["form", "link", "e-mail", "example"],
)
def test_how_to_apply(client, how, text):
    offer = JobOfferFactory(**how)

    assertContains(page(client, offer), text)


def test_the_pay_is_drawn_over_the_bands_of_the_guide_and_its_skills_are_named(client):
    guide = full_guide(ProfessionFactory())
    actions.publish(guide=guide, by=UserFactory(admin=True))
    offer = JobOfferFactory(profession=guide.profession)

    response = page(client, offer)

    assertContains(response, 'id="pay-chart-title"')
    assertContains(response, "What the guide says one earns")
    assert response.context["skills"]
    assertContains(response, f'{address(guide.profession)}#skills"')


def test_pay_beside_a_guide_without_figures_claims_none(client):
    profession = ProfessionFactory(name_masculine_fr="infirmier", name_feminine_fr="infirmière")
    PayStatisticFactory(profession=profession)

    response = page(client, JobOfferFactory(profession=profession))

    assertContains(response, "beside the other open offers: Infirmier\xa0/ Infirmière.")
    assertNotContains(response, "What the guide says one earns")


@pytest.mark.parametrize("is_regulated", [True, False])
def test_a_profession_reserved_by_law_leads_to_its_guide(client, is_regulated):
    profession = ProfessionFactory(is_regulated=is_regulated)
    link = f'<a href="{address(profession)}">Diploma or licence required</a>'

    response = page(client, JobOfferFactory(profession=profession))

    assert (link in response.text) == is_regulated


def test_the_pay_of_part_time_work_is_compared_with_nothing(client):
    guide = full_guide(ProfessionFactory())
    actions.publish(guide=guide, by=UserFactory(admin=True))
    offer = JobOfferFactory(
        profession=guide.profession, working_time=WorkingTime.PART, percentage=50
    )

    assertNotContains(page(client, offer), 'id="pay-chart-title"')


def test_similar_offers_are_of_the_profession_then_of_its_sector_nearby(client):
    near = MunicipalityFactory()
    far = MunicipalityFactory(latitude=51.2, longitude=3.2)
    offer = JobOfferFactory(places=[near])
    same = JobOfferFactory(profession=offer.profession, places=[far])
    neighbour = ProfessionFactory(sector=offer.profession.sector)
    beside = JobOfferFactory(profession=neighbour, places=[near])
    JobOfferFactory(profession=neighbour, places=[far])
    JobOfferFactory(profession=offer.profession, expired=True)

    response = page(client, offer)

    assert [card.offer for card in response.context["similar"]] == [same, beside]


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_few_queries(client, django_assert_max_num_queries, count):
    offer = JobOfferFactory(
        places=MunicipalityFactory.create_batch(count), languages={"nl": 3, "en": 4}
    )
    JobOfferFactory.create_batch(count, profession=offer.profession)

    # The offer; its places, their zones, its languages; pay of live offers; towns nearby; cards
    # of similar offers: four; and two searches, of which each first looks for changes.
    with django_assert_max_num_queries(19):
        page(client, offer)


# JobPosting ---------------------------------------------------------------------------------------


def test_every_field_of_the_job_posting_is_on_the_page(client):
    town = MunicipalityFactory(name_fr="Verviers")
    offer = JobOfferFactory(
        title="Soudeuse",
        description="Souder.",
        profile="Savoir souder.",
        employer=EmployerFactory(name="Forges SA"),
        places=[town],
        study_level=StudyLevel.UPPER_SECONDARY,
        experience="2-5",
        posts=2,
    )

    response = page(client, offer)
    data = posting(response)

    assert data["title"] == "Soudeuse"
    assert data["description"] == "<p>Souder.</p>\n<p>Savoir souder.</p>\n"
    assert data["datePosted"] == timezone.localdate().isoformat()
    assert data["validThrough"].startswith(f"{offer.closes_on}T23:59:59+0")
    assert data["employmentType"] == ["FULL_TIME"]
    assert data["hiringOrganization"]["name"] == "Forges SA"
    assert data["jobLocation"][0]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Verviers",
        "addressRegion": "Liège",
        "addressCountry": "BE",
    }
    assert data["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {
            "@type": "QuantitativeValue",
            "unitText": "MONTH",
            "minValue": 2500.0,
            "maxValue": 3000.0,
        },
    }
    assert data["identifier"]["value"] == str(offer.pk)
    assert data["directApply"] is False
    assert data["educationRequirements"]["credentialCategory"] == "high school"
    assert data["experienceRequirements"]["monthsOfExperience"] == 24
    assert data["totalJobOpenings"] == 2
    assert data["url"] == f"http://testserver{address(offer)}"
    for text in ["Souder.", "Savoir souder.", "Forges SA", "Verviers", "Liège", "CESS"]:
        assertContains(response, text)
    assert "jobLocationType" not in data


def test_only_fully_remote_work_is_telecommuting(client):
    hybrid = posting(page(client, JobOfferFactory(telework=Telework.HYBRID)))
    remote = posting(page(client, JobOfferFactory(telework=Telework.FULL)))

    assert "jobLocationType" not in hybrid
    assert remote["jobLocationType"] == "TELECOMMUTE"
    assert remote["applicantLocationRequirements"] == {"@type": "Country", "name": "BE"}


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        (Contract.PERMANENT, ["FULL_TIME"]),
        (Contract.AGENCY, ["FULL_TIME", "TEMPORARY"]),
        (Contract.WORK_STUDY, ["FULL_TIME", "OTHER"]),
        (Contract.INTERNSHIP, ["FULL_TIME", "INTERN"]),
        (Contract.FREELANCE, ["FULL_TIME", "CONTRACTOR"]),
        (Contract.VOLUNTEER, ["FULL_TIME", "VOLUNTEER"]),
    ],
)
def test_contracts_in_the_words_of_the_job_posting(client, contract, words):
    assert posting(page(client, JobOfferFactory(contract=contract)))["employmentType"] == words


def test_pay_that_is_not_given_is_not_in_the_job_posting(client):
    offer = JobOfferFactory(
        source=SourceFactory(), pay_min=None, pay_max=None, pay_is_not_given=True
    )

    assert "baseSalary" not in posting(page(client, offer))


def test_an_example_is_of_no_other_site_and_not_to_be_indexed(client):
    offer = JobOfferFactory(source=SourceFactory(title="Jalon"), employer__is_example=True)

    response = page(client, offer)

    assert posting(response) is None
    assertNotContains(response, "Taken over from")
    assertContains(response, '<meta name="robots" content="noindex">')
