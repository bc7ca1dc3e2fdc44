"""Every engine gives the answer that loops over all offers give."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.offers.search.query import FACETS, PANEL, Engine, Query
from careers.offers.search.sql import SqlSearch
from tests.careers.offers.search.market import Market, at
from tests.careers.offers.search.reference import PlainSearch

SIZES = st.sampled_from([1, 3, 20])


@pytest.fixture(scope="module")
def plain(market: Market) -> PlainSearch:
    return PlainSearch()


@pytest.fixture(scope="module", params=["sql"])
def engine(request: pytest.FixtureRequest, market: Market) -> Engine:
    return SqlSearch()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_answers_are_those_of_the_plain_search(engine, plain, market, data):
    query = data.draw(market.queries())
    size = data.draw(SIZES)
    facets = data.draw(st.sampled_from([FACETS, PANEL, []]))

    answer = engine.search(query, size=size, facets=facets)

    assert answer == plain.search(query, size=size, facets=facets)
    assert engine.count(query) == answer.total


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_pages_forwards_and_backwards_hold_every_offer_once(engine, plain, market, data):
    query = at(data.draw(market.queries()), None)
    whole = plain.search(query, size=1000).ids

    there = pages(engine, query, "following")
    back = pages(engine, at(query, there[-1].previous), "previous") if len(there) > 1 else []

    assert [pk for page in there for pk in page.ids] == whole
    assert [page.ids for page in reversed(back)] == [page.ids for page in there[:-1]]


def pages(engine: Engine, query: Query, direction: str) -> list:
    found = [engine.search(query, size=7, facets=[])]
    while cursor := getattr(found[-1], direction):
        found.append(engine.search(at(query, cursor), size=7, facets=[]))
    return found
