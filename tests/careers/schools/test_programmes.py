from collections import Counter
from random import Random

import pytest
from django.urls import reverse, reverse_lazy
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.schools.enums import Degree, Mode, TeachingLanguage
from careers.schools.models import Programme
from careers.zones.belgium import area_code
from tests.careers.professions.factories import ProfessionFactory, SectorFactory
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.schools.test_school_page import structured
from tests.careers.zones.factories import ProvinceFactory
from tests.house import LIVE_OFFERS_QUERIES
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db

URL = reverse_lazy("programmes:list")


def names(response):
    return [str(programme.name) for programme in response.context["page"]]


def counts(response, facet):
    facets = {item.name: item for item in response.context["filterset"].facets}
    return {option.value: option.count for option in facets[facet].options if option.count}


def test_list_shows_degree_school_and_facts(client):
    ProgrammeFactory(
        name_fr="Droit",
        school__name="Haute école",
        school__short_name="HE",
        degree=Degree.MASTER,
        duration_years=2,
        mode=Mode.EVENING,
        campuses=[CampusFactory(municipality__name_fr="Seraing")],
    )

    response = client.get(URL)

    for text in ["Droit", "HE", "Master", "2 years", "Evening", "Seraing"]:
        assertContains(response, text)


def test_words_find_programmes_by_their_name_and_their_school(client):
    ProgrammeFactory(name_fr="Électromécanique")
    ProgrammeFactory(name_fr="Droit", school__name="École d’électricité")
    ProgrammeFactory(name_fr="Autre")

    assert names(client.get(URL, {"q": "electromecanique"})) == ["Électromécanique"]
    assert names(client.get(URL, {"q": "électricité"})) == ["Droit"]


def test_filter_by_profession_and_by_a_university_with_its_faculties(client):
    profession = ProfessionFactory(slug_fr="soudeur")
    faculty = SchoolFactory(parent=SchoolFactory(slug_fr="ul"))
    ProgrammeFactory(name_fr="A", professions=[profession], school=faculty)
    ProgrammeFactory(name_fr="B", professions=[profession])
    ProgrammeFactory(name_fr="C", school=faculty)

    assert names(client.get(URL, {"profession": "soudeur"})) == ["A", "B"]
    assert names(client.get(URL, {"school": "ul"})) == ["A", "C"]
    assert names(client.get(URL, {"profession": "soudeur", "school": "ul"})) == ["A"]


def test_a_hidden_profession_is_no_filter(client):
    ProgrammeFactory(professions=[ProfessionFactory(slug_fr="cache", is_listed=False)])

    assertNotContains(client.get(URL), 'value="cache"')


def test_counts_agree_with_plain_queries_on_random_data(client):
    random = Random(11)
    provinces = [ProvinceFactory(code=code) for code in ["50000", "60000", "70000"]]
    sites = [CampusFactory(municipality__province=random.choice(provinces)) for _ in range(8)]
    professions = ProfessionFactory.create_batch(4)
    for _ in range(40):
        ProgrammeFactory(
            school=random.choice(sites).school,
            campuses=random.sample(sites, random.randint(0, 3)),
            degree=random.choice(Degree.values),
            mode=random.choice(Mode.values),
            language=random.choice(TeachingLanguage.values),
            professions=random.sample(professions, random.randint(0, 2)),
        )
    modes = ["day", "evening"]

    response = client.get(URL, {"mode": modes, "province": ["50000", "60000"]})

    programmes = Programme.objects.annotate(area=area_code("campuses__municipality__"))
    here = programmes.filter(area__in=["50000", "60000"])
    of_mode = programmes.filter(mode__in=modes)
    both = here.filter(mode__in=modes)

    def expected(rows, column):
        return Counter(value for value, _pk in set(rows.values_list(column, "pk")) if value)

    assert response.context["page"].paginator.count == both.values("pk").distinct().count()
    assert counts(response, "mode") == expected(here, "mode")
    assert counts(response, "province") == expected(of_mode, "area")
    assert counts(response, "degree") == expected(both, "degree")
    assert counts(response, "language") == expected(both, "language")
    assert counts(response, "school") == expected(both, "school__slug_fr")
    assert counts(response, "profession") == expected(both, "professions__slug_fr")


@pytest.mark.parametrize(
    ("sort", "order"), [("", "ABC"), ("duration", "CAB"), ("school", "BCA"), ("nonsense", "ABC")]
)
def test_list_is_sorted(client, sort, order):
    ProgrammeFactory(name_fr="A", duration_years=3, school__name="Z")
    ProgrammeFactory(name_fr="B", duration_years=None, school__name="X")
    ProgrammeFactory(name_fr="C", duration_years="0.5", school__name="Y")

    assert names(client.get(URL, {"sort": sort})) == list(order)


def test_empty_list_leads_to_wider_ones(client):
    ProgrammeFactory()

    response = client.get(URL, {"degree": "master", "q": "rien"})

    assertContains(response, "No programme matches")
    assertContains(response, f'href="{URL}"')


@pytest.mark.parametrize(
    "query", ["degree=x&mode=y&language=z", "profession=%00x", "school=" + "y" * 9000, "page=-3"]
)
def test_wrong_values_never_break_the_list(client, query):
    assert client.get(f"{URL}?{query}").status_code in {200, 400}


def test_page_shows_every_fact(client):
    profession = ProfessionFactory()
    school = SchoolFactory(name="Haute école", parent=SchoolFactory(name="Université"))
    programme = ProgrammeFactory(
        name_fr="Bachelier en automatisation",
        school=school,
        campuses=[CampusFactory(school=school, name="Site", municipality__name_fr="Mons")],
        professions=[profession],
        credits=180,
        duration_years=3,
        mode=Mode.WORK_STUDY,
        description_fr="Avec un stage.",
        source=SourceFactory(title="Annuaire", year=2031),
    )

    response = client.get(programme.get_absolute_url())

    for text in ["Bachelier en automatisation", "Haute école", "Université", "Bachelor", "180"]:
        assertContains(response, text)
    for text in ["3 years", "Work and study", "Mons (Site)", "Avec un stage.", "Annuaire", "2031"]:
        assertContains(response, text)
    assertContains(response, "<dd>6</dd>", html=True)
    assertContains(response, "To be checked with the school")
    assertContains(response, profession.get_absolute_url())


def test_absent_facts_are_said(client):
    response = client.get(ProgrammeFactory(degree=Degree.CERTIFICATE).get_absolute_url())

    assertContains(response, "not given", count=3)
    assertContains(response, "<dd>none</dd>", html=True)


@pytest.mark.parametrize(
    ("degree", "level"),
    [("upper-secondary", 4), ("short-cycle", 5), ("bachelor", 6), ("master", 7)],
)
def test_degrees_have_a_european_level(degree, level):
    assert Degree(degree).eqf_level == level


@pytest.mark.parametrize(
    ("years", "text"),
    [(None, ""), ("0.5", "6 months"), ("0.1", "1 month"), ("1", "1 year"), ("3.0", "3 years")],
)
def test_duration_in_words(years, text):
    programme = ProgrammeFactory(duration_years=years)
    programme.refresh_from_db()

    assert programme.duration == text


def test_similar_programmes_share_a_profession_or_degree_and_sector(client):
    sector = SectorFactory()
    first, second, third = ProfessionFactory.create_batch(3, sector=sector)
    programme = ProgrammeFactory(professions=[first, second])
    both = ProgrammeFactory(name_fr="Z", professions=[first, second], degree=Degree.MASTER)
    one = ProgrammeFactory(name_fr="Y", professions=[first])
    other_degree = ProgrammeFactory(name_fr="X", professions=[first], degree=Degree.MASTER)
    same_sector = ProgrammeFactory(name_fr="W", professions=[third])
    ProgrammeFactory(professions=[third], degree=Degree.MASTER)
    ProgrammeFactory(professions=[ProfessionFactory()])
    ProgrammeFactory()

    similar = list(Programme.objects.similar_to(programme))

    assert similar == [both, one, other_degree, same_sector]
    assertContains(client.get(programme.get_absolute_url()), both.get_absolute_url())


def test_page_speaks_schema_org(client):
    programme = ProgrammeFactory(name_fr="Droit", mode=Mode.DISTANCE, credits=60)

    course = structured(client.get(programme.get_absolute_url()))["Course"]

    assert (course["name"], course["numberOfCredits"]) == ("Droit", 60)
    assert course["provider"]["name"] == programme.school.name
    assert course["hasCourseInstance"]["courseMode"] == "online"


def test_hostile_texts_are_escaped(client):
    programme = ProgrammeFactory(name_fr="</script><script>alert(1)</script>", slug_fr="x")

    for url in [programme.get_absolute_url(), URL]:
        assertNotContains(client.get(url), "<script>alert")


def test_a_wrong_slug_leads_to_the_page(client):
    programme = ProgrammeFactory(slug_fr="droit-2-ans")

    response = client.get(reverse("programmes:detail", args=["ancien-nom", programme.pk]))

    assertRedirects(response, programme.get_absolute_url(), status_code=301)


@pytest.mark.parametrize("end", ["droit-0/", "droit-99999999999999999999999/", "droit/", "-1/"])
def test_an_unknown_programme_is_not_found(client, end):
    assert client.get(URL + end).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_pages_cost_at_most_eight_queries(client, django_assert_max_num_queries, count):
    profession = ProfessionFactory()
    for _ in range(count):
        site = CampusFactory()
        programme = ProgrammeFactory(
            school=site.school, campuses=[site], professions=[profession, ProfessionFactory()]
        )

    with django_assert_max_num_queries(8):
        client.get(URL, {"q": "formation", "degree": "bachelor"})
    with django_assert_max_num_queries(8 + LIVE_OFFERS_QUERIES):
        client.get(programme.get_absolute_url())
