import json
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions import actions
from careers.professions.models import Guide
from careers.schools.enums import Degree, SchoolKind
from careers.schools.models import SchoolAlias, SchoolOfGuide
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import MunicipalityFactory
from tests.house import LIVE_OFFERS_QUERIES
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


def structured(response):
    """The schema.org things of a page by their type."""
    text = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return {thing["@type"]: thing for thing in json.loads(text[1])["@graph"]}


def test_page_shows_what_is_known_of_the_school(client):
    school = SchoolFactory(
        name="Université de Liège",
        short_name="ULiège",
        description_fr="Neuf facultés.",
        website="https://example.org/",
        source=SourceFactory(title="Annuaire"),
    )
    SchoolAlias.objects.create(school=school, name="ULg")
    CampusFactory(school=school, name="Sart Tilman", municipality__name_fr="Liège")

    response = client.get(school.get_absolute_url())

    for text in ["Université de Liège", "ULiège", "ULg", "University", "Neuf facultés."]:
        assertContains(response, text)
    for text in ["Sart Tilman", "Liège", 'href="https://example.org/"', "Annuaire", "<svg"]:
        assertContains(response, text)


def test_page_shows_the_programmes_of_the_school_and_of_its_faculties_by_degree(client):
    university = SchoolFactory(name="Université")
    faculty = SchoolFactory(name="Faculté", short_name="FAC", parent=university)
    master = ProgrammeFactory(name_fr="Droit", school=faculty, degree=Degree.MASTER)
    bachelor = ProgrammeFactory(name_fr="Lettres", school=university)
    ProgrammeFactory(name_fr="Ailleurs")

    response = client.get(university.get_absolute_url())

    assert response.context["programmes"] == [
        (Degree.BACHELOR, [bachelor]),
        (Degree.MASTER, [master]),
    ]
    assertContains(response, master.get_absolute_url())
    assertContains(response, faculty.get_absolute_url())
    assertNotContains(response, "Ailleurs")


def test_a_faculty_leads_to_its_university(client):
    faculty = SchoolFactory(parent=SchoolFactory(name="Université"))

    response = client.get(faculty.get_absolute_url())

    assertContains(response, faculty.parent.get_absolute_url())


def test_page_links_the_listed_professions_its_programmes_lead_to(client):
    shown, hidden = ProfessionFactory(), ProfessionFactory(is_listed=False)
    school = SchoolFactory()
    ProgrammeFactory.create_batch(2, school=school, professions=[shown, hidden])

    response = client.get(school.get_absolute_url())

    professions = list(response.context["professions"])
    assert professions == [shown]
    assert professions[0].programme_count == 2
    assertContains(response, shown.get_absolute_url())


def test_page_links_the_published_guides_that_name_it(client):
    school = SchoolFactory()
    published = Guide.objects.create(
        profession=ProfessionFactory(), tagline_fr="Phrase", introduction_fr="Texte"
    )
    draft = Guide.objects.create(profession=ProfessionFactory())
    for guide in [published, draft]:
        SchoolOfGuide.objects.create(guide=guide, school=school)
    actions.publish(guide=published)

    response = client.get(school.get_absolute_url())

    assert list(response.context["guides"]) == [published.profession]


def test_sites_are_grouped_by_municipality(client):
    school = SchoolFactory()
    town = MunicipalityFactory(name_fr="Mons")
    CampusFactory.create_batch(2, school=school, municipality=town)
    CampusFactory(
        school__parent=school, municipality__in_brussels=True, municipality__name_fr="Ixelles"
    )

    response = client.get(school.get_absolute_url())

    assert [(t.name, len(sites)) for t, sites in response.context["towns"]] == [
        ("Mons", 2),
        ("Ixelles", 1),
    ]


def test_page_speaks_schema_org(client):
    school = SchoolFactory(name="Université", website="https://example.org/")
    CampusFactory(school=school, municipality__name_fr="Liège")

    things = structured(client.get(school.get_absolute_url()))

    assert things["CollegeOrUniversity"]["name"] == "Université"
    assert things["CollegeOrUniversity"]["sameAs"] == "https://example.org/"
    place = things["CollegeOrUniversity"]["location"][0]["address"]
    assert place["addressLocality"] == "Liège"
    assert len(things["BreadcrumbList"]["itemListElement"]) == 3


def test_a_training_centre_is_no_university(client):
    centre = SchoolFactory(kind=SchoolKind.SKILLS_CENTRE)

    assert "EducationalOrganization" in structured(client.get(centre.get_absolute_url()))


def test_hostile_texts_are_escaped(client):
    school = SchoolFactory(
        name="</script><script>alert(1)</script>", slug_fr="x", description_fr="<img onerror=x>"
    )

    response = client.get(school.get_absolute_url())

    assertNotContains(response, "<script>alert")
    assertNotContains(response, "<img onerror")
    assert structured(response)["CollegeOrUniversity"]["name"] == school.name


def test_a_slug_of_before_leads_to_the_page(client):
    school = SchoolFactory(slug_fr="avant")
    school.slug_fr = "apres"
    school.save()

    response = client.get(reverse("schools:detail", args=["avant"]))

    assertRedirects(response, school.get_absolute_url(), status_code=301)


@pytest.mark.parametrize("slug", ["inconnue", "x" * 300, "0"])
def test_an_unknown_school_is_not_found(client, slug):
    assert client.get(reverse("schools:detail", args=[slug])).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_page_costs_at_most_eight_queries(client, django_assert_max_num_queries, count):
    school = SchoolFactory(parent=SchoolFactory(), source=SourceFactory())
    for faculty in [school, *SchoolFactory.create_batch(count, parent=school)]:
        sites = CampusFactory.create_batch(2, school=faculty)
        ProgrammeFactory(school=faculty, campuses=sites, professions=[ProfessionFactory()])

    with django_assert_max_num_queries(8 + LIVE_OFFERS_QUERIES):
        assert client.get(school.get_absolute_url()).status_code == 200
