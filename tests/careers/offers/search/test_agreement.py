"""Every engine gives the answer that loops over all offers give."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from careers.offers.search import following
from careers.offers.search.bitmaps import BitmapSearch
from careers.offers.search.query import FACETS, PANEL, Cursor, Engine, Query
from careers.offers.search.sql import SqlSearch
from tests.careers.offers.search.market import Market, at
from tests.careers.offers.search.reference import PlainSearch, rank

SIZES = st.sampled_from([1, 3, 20])
settings.register_profile(
    "market",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # To make a failing question smaller takes minutes; it is short enough to be read.
    phases=[Phase.generate],
    # Ids are others at the next run.
    database=None,
)
MARKET = settings.get_profile("market")


@pytest.fixture(scope="module")
def plain(market: Market) -> PlainSearch:
    return PlainSearch()


ENGINES = {
    "sql": SqlSearch,
    "few": lambda: BitmapSearch(following.build()),
    "many": lambda: BitmapSearch(following.build(), few=0),
}


@pytest.fixture(scope="module")
def engines(market: Market) -> dict[str, Engine]:
    return {name: make() for name, make in ENGINES.items()}


@settings(MARKET, max_examples=250)
@given(data=st.data())
def test_answers_are_those_of_the_plain_search(engines, plain, market, data):
    query = data.draw(market.queries())
    if data.draw(st.booleans()):
        query = at(query, data.draw(beside_an_offer(plain, query)))
    size = data.draw(SIZES)
    facets = data.draw(st.sampled_from([FACETS, PANEL, []]))

    expected = plain.search(query, size=size, facets=facets)

    for name, engine in engines.items():
        assert (name, engine.search(query, size=size, facets=facets)) == (name, expected)
        counted = engine.search(query, size=0, facets=[]).total
        assert (name, counted) == (name, expected.total)


@pytest.mark.parametrize("engine", ENGINES)
@settings(MARKET, max_examples=15)
@given(data=st.data())
def test_pages_forwards_and_backwards_hold_every_offer_once(engine, engines, plain, market, data):
    query = at(data.draw(market.queries()), None)
    whole = plain.search(query, size=1000).ids

    there = pages(engines[engine], query, "following")
    back = (
        pages(engines[engine], at(query, there[-1].previous), "previous") if len(there) > 1 else []
    )

    assert [pk for page in there for pk in page.ids] == whole
    assert [page.ids for page in reversed(back)] == [page.ids for page in there[:-1]]


def beside_an_offer(plain: PlainSearch, query: Query) -> st.SearchStrategy[Cursor]:
    """Places at an offer, just before it and just after it, to be left in either direction."""
    return st.builds(
        lambda offer, step, backwards: Cursor(rank(offer, query), offer.number + step, backwards),
        st.sampled_from(plain.offers),
        st.integers(-1, 1),
        st.booleans(),
    )


def pages(engine: Engine, query: Query, direction: str) -> list:
    found = [engine.search(query, size=7, facets=[])]
    while cursor := getattr(found[-1], direction):
        found.append(engine.search(at(query, cursor), size=7, facets=[]))
    return found
