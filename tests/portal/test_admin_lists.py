"""Lists of the back office at the widths of editors, in a real browser."""

import pytest

from careers.offers.models import JobOffer
from careers.schools.models import Programme
from tests.careers.offers.factories import EmployerFactory, JobOfferFactory
from tests.careers.professions.factories import ProfessionFactory
from tests.careers.schools.factories import ProgrammeFactory, SchoolFactory
from tests.portal.accounts.factories import UserFactory
from tests.portal.back_office import url
from tests.portal.pages import SITE, serve

pytestmark = pytest.mark.django_db

LONG = "Haute École de la Province de Liège et des communes qui l’entourent"


@pytest.fixture
def lists(client):
    client.force_login(UserFactory(admin=True))
    school = SchoolFactory(name=LONG)
    ProgrammeFactory(name_fr=LONG, school=school, professions=[ProfessionFactory()])
    JobOfferFactory(title=LONG, employer=EmployerFactory(name=LONG))
    return [url(model, "changelist") for model in [Programme, JobOffer]]


@pytest.mark.parametrize(("width", "columns"), [(1440, 6), (768, 6), (360, 2)])
def test_a_list_shows_its_columns_without_scrolling(new_context, client, lists, width, columns):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    serve(page, client)

    for path in lists:
        page.goto(SITE + path)

        table = page.locator("#result_list")
        assert table.evaluate("e => e.scrollWidth <= e.closest('.results').clientWidth"), path
        shown = table.locator("tbody tr").first.locator("th:visible, td:visible")
        assert shown.count() >= columns + 1, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert width > 360 or shown.count() == columns + 1


@pytest.mark.parametrize(("width", "is_open"), [(1440, False), (1920, True)])
def test_filters_are_folded_until_there_is_room(new_context, client, lists, width, is_open):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    serve(page, client)
    page.goto(SITE + lists[0])

    first = page.locator(".filter-groups a").first
    assert first.is_visible() is is_open
    if not is_open:
        page.locator(".filters > summary").click()
        assert first.is_visible()


def test_filters_need_no_javascript(new_context, client, lists):
    page = new_context(java_script_enabled=False).new_page()
    serve(page, client)
    page.goto(f"{SITE}{lists[0]}?degree__exact=master")

    page.locator(".filters > summary").click()

    assert page.locator(".filter-groups li.selected").first.is_visible()
    assert page.locator("#changelist-filter > p a").is_visible()
