from collections import Counter
from random import Random

import pytest
from django.urls import reverse_lazy
from pytest_django.asserts import assertContains, assertNotContains

from careers.schools.enums import Degree, SchoolKind
from careers.schools.filters import SchoolFilterSet
from careers.schools.models import School, SchoolAlias
from careers.zones.belgium import area_code
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory, ZoneFactory

pytestmark = pytest.mark.django_db

URL = reverse_lazy("schools:list")


def names(response):
    return [school.name for school in response.context["page"]]


def counts(response, facet):
    facets = {item.name: item for item in response.context["filterset"].facets}
    return {option.value: option.count for option in facets[facet].options if option.count}


def test_list_shows_the_schools_in_reading_order(client):
    for name in ["Zénobe", "École du bois", "Eau et forêts", "Étudier"]:
        SchoolFactory(name=name)

    assert names(client.get(URL)) == ["Eau et forêts", "École du bois", "Étudier", "Zénobe"]


def test_a_faculty_follows_its_university_and_names_it(client):
    university = SchoolFactory(name="Université", short_name="UL")
    SchoolFactory(name="Académie des arts", parent=university)
    SchoolFactory(name="Beaux-arts")

    response = client.get(URL)

    assert names(response) == ["Beaux-arts", "Université", "Académie des arts"]
    assertContains(response, "part of UL")


def test_words_find_names_and_other_names_without_accents(client):
    SchoolAlias.objects.create(school=SchoolFactory(name="Université de Liège"), name="ULg")
    SchoolFactory(name="Autre")

    assert names(client.get(URL, {"q": "liege"})) == ["Université de Liège"]
    assert names(client.get(URL, {"q": "ulg"})) == ["Université de Liège"]


def test_a_university_offers_the_degrees_of_its_faculties(client):
    university = SchoolFactory(name="Université")
    faculty = SchoolFactory(name="Faculté", parent=university)
    SchoolFactory(name="Autre")
    ProgrammeFactory(school=faculty, degree=Degree.MASTER)

    response = client.get(URL, {"degree": "master"})

    assert names(response) == ["Université", "Faculté"]


def test_filters_add_up_and_can_be_removed_one_by_one(client):
    liege = CampusFactory(school__name="Liège").school
    CampusFactory(school__name="Bruxelles", municipality__in_brussels=True)
    CampusFactory(school__name="Atelier", school__kind=SchoolKind.ARTS_COLLEGE)

    response = client.get(URL, {"kind": "university", "province": "60000"})

    assert names(response) == [liege.name]
    assertContains(response, "?province=60000")
    assertContains(response, "?kind=university")


def test_counts_agree_with_plain_queries_on_random_data(client):
    random = Random(7)
    provinces = [ProvinceFactory(code=code) for code in ["50000", "60000", "70000"]]
    towns = [MunicipalityFactory(province=random.choice(provinces)) for _ in range(6)]
    towns.append(MunicipalityFactory(in_brussels=True))
    for _ in range(25):
        school = SchoolFactory(kind=random.choice(SchoolKind.values))
        for town in random.sample(towns, random.randint(0, 3)):
            CampusFactory(school=school, municipality=town)
        for _ in range(random.randint(0, 3)):
            ProgrammeFactory(school=school, degree=random.choice(Degree.values))
    area = area_code("campuses__municipality__")

    response = client.get(URL, {"kind": ["university", "secondary"], "province": "60000"})

    schools = School.objects.annotate(area=area)
    of_kind = schools.filter(kind__in=["university", "secondary"])
    here = schools.filter(area="60000")
    both = of_kind.filter(area="60000")
    assert response.context["page"].paginator.count == both.values("pk").distinct().count()
    assert counts(response, "province") == Counter(
        code for code, _pk in set(of_kind.values_list("area", "pk")) if code
    )
    assert counts(response, "kind") == Counter(
        kind for kind, _pk in set(here.values_list("kind", "pk"))
    )
    assert counts(response, "degree") == Counter(
        degree for degree, _pk in set(both.values_list("programmes__degree", "pk")) if degree
    )


def test_each_count_is_the_length_of_the_list_it_leads_to(client):
    for kind in ["university", "university", "secondary"]:
        CampusFactory(school__kind=kind)
    CampusFactory(school__kind="secondary", municipality__in_brussels=True)

    for facet in client.get(URL).context["filterset"].facets:
        for option in facet.options:
            response = client.get(URL, {facet.name: option.value})
            assert response.context["page"].paginator.count == option.count


def test_the_map_keeps_the_filters_and_leads_to_narrower_lists(client):
    town = MunicipalityFactory(name_fr="Seraing", nis_code="62096")
    CampusFactory.create_batch(2, municipality=town)
    CampusFactory(municipality__in_brussels=True, school__kind=SchoolKind.SECONDARY)

    response = client.get(URL, {"view": "map", "kind": "university"})

    assertContains(response, "<svg", msg_prefix="the map")
    assertContains(response, "?view=map&amp;kind=university&amp;province=60000")
    assertContains(response, "?view=map&amp;kind=university&amp;place=62096")
    assertContains(response, "Seraing: 2 schools")
    assertContains(response, '<input type="hidden" name="view" value="map">')


def test_a_place_and_a_zone_arrive_by_a_link_and_leave_by_their_chip(client):
    town = MunicipalityFactory(name_fr="Seraing", nis_code="62096")
    ZoneFactory(name_fr="Sillon", municipalities=[town])
    CampusFactory(municipality=town, school__name="Ici")
    SchoolFactory(name="Ailleurs")

    assert names(client.get(URL, {"place": "62096"})) == ["Ici"]
    response = client.get(URL, {"zone": "sillon"})
    assert names(response) == ["Ici"]
    assertContains(response, '<input type="hidden" name="zone" value="sillon">')
    assertContains(response, "Sillon")


def test_an_empty_list_offers_wider_searches_with_their_counts(client):
    SchoolFactory.create_batch(3, kind=SchoolKind.SECONDARY)

    response = client.get(URL, {"q": "introuvable", "kind": "secondary"})

    assertContains(response, "No school matches")
    assert [item["count"] for item in response.context["filterset"].wider] == [3]


def test_sort_by_number_of_programmes_counts_those_of_the_faculties(client):
    university = SchoolFactory(name="A")
    ProgrammeFactory.create_batch(2, school=SchoolFactory(name="B", parent=university))
    ProgrammeFactory(school=university)
    SchoolFactory(name="C")

    response = client.get(URL, {"sort": "programmes"})

    assert [(s.name, s.programme_total) for s in response.context["page"]] == [
        ("A", 3),
        ("B", 2),
        ("C", 0),
    ]


def test_htmx_gets_the_results_and_new_counts_alone(client):
    SchoolFactory(name="Seule")

    response = client.get(URL, headers={"HX-Request": "true", "HX-Target": "results"})

    assertContains(response, "Seule")
    assertContains(response, 'data-hx-swap-oob="true"')
    assertNotContains(response, "<html")
    assert "HX-Target" in response["Vary"]


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "province=99999&province=60000",
        "degree=%27%3B--",
        "sort=nonsense",
        "view=nonsense",
        "page=-1",
        "page=nonsense",
        "page=99999999999999999999",
        "q=" + "x" * 10_000,
        "q=%ff%fe",
        "q=!!!",
        "zone=none&place=none",
        "kind=&q=&sort=",
    ],
)
def test_wrong_values_are_ignored(client, query):
    SchoolFactory(name="Seule")

    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200


def test_what_was_ignored_is_said_and_escaped(client):
    SchoolFactory(name="Seule")

    response = client.get(URL, {"kind": "<b>kind</b>", "sort": "upwards"})

    assert names(response) == ["Seule"]
    assertContains(response, "&lt;b&gt;kind&lt;/b&gt;")
    assertContains(response, "upwards")


def test_a_long_list_has_pages(client):
    SchoolFactory.create_batch(25)

    response = client.get(URL, {"kind": "university", "page": 2})

    assert len(response.context["page"]) == 1
    assertContains(response, 'rel="prev" href="?kind=university"')


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("query", [{}, {"view": "map", "q": "école", "kind": "university"}])
def test_list_costs_at_most_eight_queries(client, django_assert_max_num_queries, count, query):
    for school in SchoolFactory.create_batch(count):
        CampusFactory.create_batch(2, school=school)
        ProgrammeFactory(school=school)

    with django_assert_max_num_queries(8):
        client.get(URL, query)


def test_filterset_gives_the_same_schools_as_its_counts():
    SchoolFactory.create_batch(2)
    filterset = SchoolFilterSet({"kind": ["university"]}, School.objects.all())

    assert {school.pk for school in filterset.qs} == filterset.remaining()
