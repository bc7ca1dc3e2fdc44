import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.enums import Contract, Telework, WorkingTime
from careers.offers.filters import JobOfferFilterSet
from careers.offers.search.query import DAYS
from careers.professions.enums import Period
from portal import kept
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.careers.professions.factories import (
    ProfessionFactory,
    SectorFactory,
    SimilarProfessionFactory,
)
from tests.careers.zones.factories import MunicipalityFactory, ProvinceFactory

pytestmark = pytest.mark.django_db

# The version of the content; the state of the search and its answer by SQL; cards in three.
QUERIES = 9
# Those that load the cards which are not kept.
CARDS = 3


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


@pytest.fixture
def towns():
    """Liège, Seraing a few kilometres from it, and Gent far away."""
    east = ProvinceFactory(code="60000", name_fr="Province de Liège")
    west = ProvinceFactory(code="40000", name_fr="Flandre orientale")
    rows = [
        ("62063", "Liège", east, 50.64, 5.57),
        ("62096", "Seraing", east, 50.60, 5.51),
        ("44021", "Gent", west, 51.05, 3.72),
    ]
    return {
        name: MunicipalityFactory(
            nis_code=code, name_fr=name, province=province, latitude=latitude, longitude=longitude
        )
        for code, name, province, latitude, longitude in rows
    }


def url(query=""):
    return f"{reverse('offers:list')}?{query}"


def titles(response):
    links = re.findall(r'row-title">\s*<a [^>]*>(.*?)</a>', response.content.decode(), re.DOTALL)
    # Without the mark of the language.
    return [re.search(r"<span[^>]*>(.*?)</span>", link).group(1) for link in links]


def total(query):
    return JobOfferFilterSet(QueryDict(query)).answer.total


def test_live_offers_are_shown_newest_first(client):
    for title in ["Soudeuse", "Boulanger", "Infirmier"]:
        JobOfferFactory(title=title)
    JobOfferFactory(title="Brouillon", draft=True)
    JobOfferFactory(title="Passé", expired=True)

    response = client.get(url())

    assert titles(response) == ["Infirmier", "Boulanger", "Soudeuse"]
    assert response.context["filterset"].answer.total == 3


def test_a_card_says_what_decides(client, towns):
    JobOfferFactory(
        title="Soudeur / Soudeuse",
        employer=EmployerFactory(name="Forges", is_example=True),
        places=[towns["Gent"], towns["Seraing"]],
        languages={"nl": 3},
        contract=Contract.FIXED_TERM,
        working_time=WorkingTime.PART,
        percentage=80,
        telework=Telework.HYBRID,
        closes_on=timezone.localdate() + timedelta(days=2),
    )

    page = client.get(url("where=liege&radius=100")).content.decode()
    card = page[page.index("<article") : page.index("</article>")]

    assert card.count("<a ") == 1
    assert card.index("Seraing") < card.index("Gent")
    for text in ["Soudeur / Soudeuse", "(H/F/X)", "Forges", "6 km", "80 %", "B1", "2,500", "3,000"]:
        assert text in " ".join(card.split()), text
    assert "offer-soon" in card


def test_pay_is_shown_a_month_or_a_year_and_an_estimate_is_marked(client):
    JobOfferFactory(pay_min=2500, pay_max=None)
    JobOfferFactory(pay_min=41_760, pay_max=None, pay_period=Period.YEAR)

    monthly, yearly = client.get(url()), client.get(url("unit=year"))

    for response in (monthly, yearly):
        cards = response.context["listing"].cards
        assert sorted(card.is_estimate for card in cards) == [False, True]
    assert "3" in monthly.context["listing"].cards[0].pay
    assert "34" in yearly.context["listing"].cards[1].pay
    assertContains(monthly, "unit=year")


def test_the_other_unit_of_pay_asks_for_the_same(client):
    units = client.get(url("pay=3000")).context["listing"].units

    assert [unit["url"].partition("?")[2] for unit in units] == ["pay=3000", "unit=year&pay=41760"]


FILTERS = {
    "contract": ("contract=fixed-term", {"contract": Contract.FIXED_TERM}),
    "time": ("time=part", {"working_time": WorkingTime.PART, "percentage": 50}),
    "hours": ("hours=night", {"hours_pattern": "night"}),
    "experience": ("experience=5%2B", {"experience": "5+"}),
    "level": ("level=master", {"study_level": "master"}),
    "telework": ("telework=full&telework=hybrid", {"telework": "full"}),
    "licence": ("licence=CE", {"licence": "CE"}),
    "audience": ("audience=minors", {"is_open_to_minors": True}),
    "pay": ("pay=5000", {"pay_min": 4000, "pay_max": 5000}),
    "pay a year": ("pay=69.600&unit=year", {"pay_min": 4000, "pay_max": 5000}),
    "words": ("q=soudeurs", {"title": "Soudeur"}),
}


@pytest.mark.parametrize(("query", "values"), FILTERS.values(), ids=FILTERS)
def test_a_filter_leaves_what_carries_it(client, query, values):
    wanted = JobOfferFactory(**values)
    JobOfferFactory()

    response = client.get(url(query))

    assert [card.offer for card in response.context["listing"].cards] == [wanted]
    assert response.context["filterset"].ignored == []
    assert len(response.context["listing"].active) >= 1


def test_offers_of_a_sector_a_profession_an_employer(client):
    sector = SectorFactory(slug_fr="metal")
    wanted = JobOfferFactory(profession=ProfessionFactory(slug_fr="soudeur", sector=sector))
    JobOfferFactory()

    for query in ["sector=metal", "profession=soudeur", f"employer={wanted.employer.slug_fr}"]:
        response = client.get(url(query))

        assert [card.offer for card in response.context["listing"].cards] == [wanted]
        assert len(response.context["listing"].active) == 1


def test_offers_around_a_place(towns):
    for town in towns.values():
        JobOfferFactory(places=[town])

    assert total("where=liege") == 1
    assert total("where=liege&radius=10") == 2
    assert total("where=liege&radius=1000000000") == 2
    assert total("where=liege&province=40000&radius=10") == 0
    assert total("province=40000") == 1


def test_who_speaks_less_than_asked_does_not_fit(client):
    JobOfferFactory()
    JobOfferFactory(languages={"nl": 3})
    JobOfferFactory(languages={"nl": 5})

    response = client.get(url("nl=A2"))

    assert response.context["filterset"].answer.total == 1
    assert [step["count"] for step in response.context["listing"].gauge.steps] == [2]
    assertContains(response, "nl=B1")
    assert total("nl=none") == 1
    assert total("nl=5") == total("nl=C1") == 3


def test_facets_are_counted_and_their_own_choice_does_not_narrow_them(client):
    JobOfferFactory(contract=Contract.STUDENT)
    JobOfferFactory.create_batch(2, published_at=timezone.now() - timedelta(days=5))

    response = client.get(url("contract=student&since=7"))

    facets = {facet.name: facet for facet in response.context["listing"].facets}
    counts = {option.value: option.count for option in facets["contract"].options}
    assert (counts["student"], counts["permanent"], counts["agency"]) == (1, 2, 0)
    assert [option.count for option in facets["since"].options] == [1] * (len(DAYS) + 1)
    assertContains(response, 'value="agency" disabled')


def test_pages_are_linked_both_ways_and_hold_each_offer_once(client):
    JobOfferFactory.create_batch(45)
    seen, where = [], url()
    while where:
        response = client.get(where)
        listing = response.context["listing"]
        seen.append([card.offer.pk for card in listing.cards])
        where, last = listing.next_url, where

    assert [len(page) for page in seen] == [20, 20, 5]
    assert len({pk for page in seen for pk in page}) == 45
    assertContains(response, 'rel="prev"')
    assertNotContains(response, 'rel="next"')
    back = client.get(client.get(last).context["listing"].previous_url)
    assert [card.offer.pk for card in back.context["listing"].cards] == seen[1]


IGNORED = {
    "contract=zzz": "contract=zzz",
    "pay=-5": "pay=-5",
    "pay=abc": "pay=abc",
    "pay=99999999": "pay=99999999",
    "radius=10": "radius=10",
    "sort=distance": "sort=distance",
    "sort=nonsense": "sort=nonsense",
    "after=1.2:forged": "after=1.2:forged",
    "before=": None,
    "nl=B9": "nl=B9",
    "since=2": "since=2",
    "profession=zzz": "profession=zzz",
    "employer=zzz": "employer=zzz",
    "province=00000": "province=00000",
    "unit=week": "unit=week",
    "view=globe": "view=globe",
    "q=%21%21": "q=!!",
    "foo=1": "foo=1",
    "utm_source=x": None,
}


@pytest.mark.parametrize(("query", "said"), IGNORED.items(), ids=IGNORED)
def test_what_cannot_be_read_is_left_out_and_said(client, query, said):
    JobOfferFactory()

    response = client.get(url(query))

    assert response.status_code == 200
    assert response.context["filterset"].answer.total == 1
    assert [str(item) for item in response.context["filterset"].ignored] == ([said] if said else [])


def test_a_cursor_of_another_order_is_refused(client):
    JobOfferFactory.create_batch(21)
    following = client.get(url()).context["listing"].next_url

    response = client.get(f"{following}&sort=pay")

    assert [item.name for item in response.context["filterset"].ignored] == ["after"]


def test_of_hundreds_of_values_the_first_are_read(client):
    JobOfferFactory()
    query = "&".join(f"profession=p{number}" for number in range(300))

    response = client.get(url(query))

    assert response.context["filterset"].answer.total == 1
    assert 0 < len(response.context["filterset"].ignored) <= 30


def test_nothing_found_proposes_searches_that_find_something(client, towns):
    JobOfferFactory(title="Soudeur", places=[towns["Seraing"]])

    response = client.get(url("q=soudeur&where=liege&contract=student"))

    assert response.context["listing"].wider == []
    ways = client.get(url("q=soudeur&where=liege")).context["listing"].wider
    assert {way["count"] for way in ways} == {1}
    assert "radius=10" in ways[0]["url"]


def test_nothing_found_leads_to_close_professions_that_have_offers(client):
    wanted = ProfessionFactory(name_masculine_fr="chaudronnier")
    close = ProfessionFactory(name_masculine_fr="soudeur")
    SimilarProfessionFactory(profession=wanted, other=close)
    JobOfferFactory(profession=close)

    for query in ["q=chaudronnier", f"profession={wanted.slug_fr}"]:
        related = client.get(url(query)).context["listing"].related

        assert [(link["label"], link["count"]) for link in related] == [(close.title, 1)]
        assert client.get(related[0]["url"]).context["filterset"].answer.total == 1


def test_the_map_keeps_the_filters(client, towns):
    JobOfferFactory(places=[towns["Gent"]], contract=Contract.STUDENT)

    response = client.get(url("contract=student&view=map"))

    areas = {area["code"]: area for area in response.context["map"].areas}
    assert areas["40000"]["value"] == 1
    assert "contract=student" in areas["40000"]["url"]
    assert areas["60000"]["url"] == ""
    assertContains(response, "<table")


def test_htmx_gets_the_results_and_the_new_counts_alone(client):
    JobOfferFactory()

    response = client.get(url("nl=A1"), headers={"HX-Request": "true", "HX-Target": "results"})

    assertNotContains(response, "<html")
    assertContains(response, 'id="facet-level" data-hx-swap-oob="true"')
    assert "HX-Target" in response.headers["Vary"]


@pytest.mark.parametrize("query", ["", "where=liege&radius=50", "q=poste&contract=permanent"])
def test_the_list_costs_the_same_for_one_offer_and_for_a_page(
    client, django_assert_num_queries, towns, query
):
    places = [towns["Liège"], towns["Seraing"]]
    JobOfferFactory(places=places, languages={"nl": 3, "fr": 4})
    client.get(url(query))
    kept.forget_parts()
    with django_assert_num_queries(QUERIES):
        client.get(url(query))
    for _number in range(19):
        JobOfferFactory(places=places, languages={"nl": 3, "fr": 4})
    client.get(url(query))
    kept.forget_parts()

    with django_assert_num_queries(QUERIES):
        response = client.get(url(query))
    with django_assert_num_queries(QUERIES - CARDS):
        client.get(url(query))
    assert len(response.context["listing"].cards_for_anybody) == 20


def test_what_a_visitor_typed_is_shown_not_run(client):
    response = client.get(url("q=<script>alert(1)</script>&where=<b>x</b>&read=<i>y</i>&pay=<u>"))

    assertNotContains(response, "<script>alert")
    assertNotContains(response, "<b>x</b>")
    assertNotContains(response, "<i>y</i>")


def test_a_feed_holds_no_character_that_xml_cannot(client):
    JobOfferFactory(title="Soudeur\x01 de nuit")

    feed = client.get(reverse("offers:feed"), {"q": "soudeur\x01"})

    assert feed.status_code == 200
    assert "Soudeur de nuit" in feed.content.decode()


def test_links_carry_only_what_is_read(client):
    unread = "&".join(f"x{number}=1" for number in range(1000))

    response = client.get(f"/offres/?contract=permanent&contract=permanent&q=a&q=soudeur&{unread}")

    assert response.context["listing"].data.urlencode() == "contract=permanent&q=soudeur"
    # In the links to the other languages alone.
    assert response.content.count(b"x999") < 10
