import re
from random import Random

import pytest
from django.urls import reverse, reverse_lazy
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions import actions
from careers.professions.models import Guide, ZoneOfGuide
from careers.schools.models import Programme, School
from careers.zones.models import ZoneAlias
from portal import kept
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory, ZoneFactory
from tests.house import LIVE_OFFERS_QUERIES
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db

URL = reverse_lazy("zones:list")


def names(response):
    return [str(zone.name) for zone in response.context["page"]]


def published_guide(*zones):
    guide = Guide.objects.create(
        profession=ProfessionFactory(), tagline_fr="Phrase", introduction_fr="Texte"
    )
    for zone in zones:
        ZoneOfGuide.objects.create(guide=guide, zone=zone)
    actions.publish(guide=guide)
    return guide


def test_list_shows_the_zones_in_reading_order(client):
    for name in ["Zuid", "Étangs", "Est", "Forêt"]:
        ZoneFactory(name_fr=name)

    assert names(client.get(URL)) == ["Est", "Étangs", "Forêt", "Zuid"]


def test_words_find_zones_by_name_other_name_and_municipality(client):
    ZoneAlias.objects.create(zone=ZoneFactory(name_fr="Sillon"), name="Axe mosan")
    ZoneFactory(name_fr="Port", municipalities=[MunicipalityFactory(name_fr="Anvers")])

    assert names(client.get(URL, {"q": "sillon"})) == ["Sillon"]
    assert names(client.get(URL, {"q": "mosan"})) == ["Sillon"]
    assert names(client.get(URL, {"q": "anvers"})) == ["Port"]


def test_map_links_provinces_to_the_zones_in_them_and_points_to_zones(client):
    liege = MunicipalityFactory()
    namur = MunicipalityFactory(province=ProvinceFactory(code="90000", name_fr="Namur"))
    both = ZoneFactory(name_fr="Deux", municipalities=[liege, namur])
    ZoneFactory(name_fr="Une", municipalities=[liege])

    response = client.get(URL)

    assert {area["code"]: area["value"] for area in response.context["areas"]} == {
        "60000": 2,
        "90000": 1,
    }
    assertContains(response, 'href="?province=60000"')
    svg = re.search(r'<svg class="belgium".*?</svg>', response.content.decode(), re.DOTALL)[0]
    assert f'href="{both.get_absolute_url()}"' in svg
    assert names(client.get(URL, {"province": "90000"})) == ["Deux"]


def test_numbers_of_the_map_agree_with_the_lists_they_lead_to(client):
    random = Random(5)
    provinces = [ProvinceFactory(code=code) for code in ["50000", "60000", "70000"]]
    towns = [MunicipalityFactory(province=random.choice(provinces)) for _ in range(8)]
    towns.append(MunicipalityFactory(in_brussels=True))
    for _ in range(10):
        ZoneFactory(municipalities=random.sample(towns, random.randint(0, 4)))

    areas = client.get(URL, {"q": "zone"}).context["areas"]

    assert len(areas) > 1
    for area in areas:
        response = client.get(URL, {"q": "zone", "province": area["code"]})
        assert response.context["page"].paginator.count == area["value"]


def test_counts_of_a_zone_agree_with_plain_queries_on_random_data(client):
    random = Random(3)
    towns = MunicipalityFactory.create_batch(6)
    sites = [CampusFactory(municipality=random.choice(towns)) for _ in range(12)]
    for _ in range(25):
        ProgrammeFactory(campuses=random.sample(sites, random.randint(0, 4)))
    zones = [
        ZoneFactory(municipalities=random.sample(towns, random.randint(0, 4))) for _ in range(5)
    ]
    for _ in range(4):
        published_guide(*random.sample(zones, 2))

    for zone in client.get(URL).context["page"]:
        here = Programme.objects.filter(campuses__municipality__zones=zone)
        guides = Guide.objects.published().filter(zones=zone)
        assert zone.municipality_count == zone.municipalities.count()
        assert zone.school_count == (
            School.objects.filter(campuses__municipality__zones=zone).distinct().count()
        )
        assert zone.programme_count == here.distinct().count()
        assert zone.guide_count == guides.count()


def test_numbers_of_a_zone_agree_with_the_lists_they_lead_to(client):
    zone = ZoneFactory(municipalities=[MunicipalityFactory()])
    town = zone.municipalities.get()
    for site in CampusFactory.create_batch(14, municipality=town):
        ProgrammeFactory(campuses=[site], school=site.school)
    ProgrammeFactory(school=SchoolFactory())

    page = client.get(zone.get_absolute_url())

    for name in ["schools", "programmes"]:
        url = f"{reverse(f'{name}:list')}?zone={zone.slug}"
        assertContains(page, f'href="{url}"')
        assert client.get(url).context["page"].paginator.count == 14


def test_table_says_the_same_as_the_map(client):
    zone = ZoneFactory(name_fr="Sillon", municipalities=MunicipalityFactory.create_batch(3))

    response = client.get(URL)

    row = (
        f'<tr><th scope="row"><a href="{zone.get_absolute_url()}">Sillon</a></th>'
        "<td>3</td><td>0</td><td>0</td><td>0</td></tr>"
    )
    assertContains(response, row, html=True)


def test_zones_are_sorted_by_what_is_in_them(client):
    ZoneFactory(name_fr="A")
    zone = ZoneFactory(name_fr="B", municipalities=[MunicipalityFactory()])
    ProgrammeFactory(campuses=[CampusFactory(municipality=zone.municipalities.get())])

    for sort in ["schools", "programmes"]:
        assert names(client.get(URL, {"sort": sort})) == ["B", "A"]
    assert names(client.get(URL, {"sort": "nonsense"})) == ["A", "B"]


def test_page_shows_what_is_known_of_the_zone(client):
    zone = ZoneFactory(
        name_fr="Sillon industriel",
        description_fr="Le long de la Meuse.",
        industries_fr="acier, verre",
        source=SourceFactory(title="Atlas"),
        municipalities=[
            MunicipalityFactory(name_fr="Seraing"),
            MunicipalityFactory(name_fr="Namur", province=ProvinceFactory(code="90000")),
            MunicipalityFactory(name_fr="Ixelles", in_brussels=True),
        ],
    )
    ZoneAlias.objects.create(zone=zone, name="Axe mosan")

    response = client.get(zone.get_absolute_url())

    for text in ["Sillon industriel", "Le long de la Meuse.", "Axe mosan", "Atlas", "<svg"]:
        assertContains(response, text)
    for industry in ["acier", "verre"]:
        assertContains(response, f'<span class="chip">{industry}</span>', html=True)
    assert [(name, [str(t) for t in towns]) for name, towns in response.context["provinces"]] == [
        ("Brussels-Capital Region", ["Ixelles"]),
        ("Liège", ["Seraing"]),
        ("Namur", ["Namur"]),
    ]


def test_page_shows_the_professions_whose_published_guide_names_the_zone(client):
    zone = ZoneFactory()
    guide = published_guide(zone)
    later = published_guide()
    ZoneOfGuide.objects.create(guide=later, zone=zone)
    hidden = published_guide(zone).profession
    hidden.is_listed = False
    hidden.save()

    response = client.get(zone.get_absolute_url())

    assert list(response.context["professions"]) == [guide.profession]
    assertContains(response, guide.profession.get_absolute_url())


def test_a_guide_published_since_is_seen_at_the_next_visit(client):
    zone = ZoneFactory()
    client.get(zone.get_absolute_url())

    guide = published_guide(zone)

    assertContains(client.get(zone.get_absolute_url()), guide.profession.get_absolute_url())


def test_page_shows_the_schools_with_a_campus_there_and_what_is_taught_there(client):
    town = MunicipalityFactory()
    zone = ZoneFactory(municipalities=[town])
    school = SchoolFactory(name="Ici et là")
    here = CampusFactory(school=school, municipality=town)
    there = CampusFactory(school=school)
    taught_here = ProgrammeFactory(name_fr="Droit", school=school, campuses=[here])
    ProgrammeFactory(name_fr="Lettres", school=school, campuses=[there])

    response = client.get(zone.get_absolute_url())

    assert list(response.context["schools"]) == [school]
    assert list(response.context["programmes"]) == [taught_here]
    assertNotContains(response, "Lettres")


def test_a_zone_without_anything_has_a_page(client):
    zone = ZoneFactory()

    assertContains(client.get(zone.get_absolute_url()), "No municipality is known")
    assertContains(client.get(URL), zone.name)


def test_hostile_texts_are_escaped(client):
    zone = ZoneFactory(
        name_fr="</script><script>alert(1)</script>",
        slug_fr="x",
        industries_fr="<img src=x>, b",
        municipalities=[MunicipalityFactory(name_fr="<b>ville</b>")],
    )

    for url in [URL, zone.get_absolute_url()]:
        response = client.get(url)
        for markup in ["<script>alert", "<img src=x>", "<b>ville"]:
            assertNotContains(response, markup)


@pytest.mark.parametrize(
    "query",
    ["province=1&sort=2", "province=%3Cb%3E", "q=" + "x" * 10_000, "q=!!", "page=zero", "q=%ff"],
)
def test_wrong_values_are_ignored(client, query):
    ZoneFactory()

    response = client.get(f"{URL}?{query}")

    assert response.status_code == 200


def test_what_was_ignored_is_said(client):
    ZoneFactory(name_fr="Seule")

    response = client.get(URL, {"province": "<b>1</b>", "sort": "upwards"})

    assert names(response) == ["Seule"]
    assertContains(response, "&lt;b&gt;1&lt;/b&gt;")
    assertContains(response, "upwards")


def test_a_slug_of_before_leads_to_the_page(client):
    zone = ZoneFactory(slug_fr="avant")
    zone.slug_fr = "apres"
    zone.save()

    response = client.get(reverse("zones:detail", args=["avant"]))

    assertRedirects(response, zone.get_absolute_url(), status_code=301)


def test_an_unknown_zone_is_not_found(client):
    assert client.get(reverse("zones:detail", args=["inconnue"])).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_pages_cost_at_most_eight_queries(client, django_assert_max_num_queries, count):
    towns = MunicipalityFactory.create_batch(count)
    for town in towns:
        site = CampusFactory(municipality=town)
        ProgrammeFactory(school=site.school, campuses=[site])
    zones = ZoneFactory.create_batch(count, source=SourceFactory(), municipalities=towns)
    published_guide(*zones)

    for url in [URL, f"{URL}?q=zone&province=60000&sort=schools", zones[0].get_absolute_url()]:
        kept.forget()
        with django_assert_max_num_queries(8 + LIVE_OFFERS_QUERIES):
            assert client.get(url).status_code == 200


def test_municipalities_of_a_whole_province_are_no_points(client):
    whole, part, rest = MunicipalityFactory.create_batch(3)
    part.province = rest.province = ProvinceFactory(code="90000")
    part.save()
    rest.save()
    zone = ZoneFactory(municipalities=[whole, part])

    html = client.get(zone.get_absolute_url()).content.decode()

    assert f"<title>{part.name}</title>" in html
    assert f"<title>{whole.name}</title>" not in html
