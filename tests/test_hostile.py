"""What visitors and editors may send, by mistake or not, to every public page."""

import json
import time

import pytest
from django.db import connection
from django.db.models import CharField, SlugField, TextField, URLField
from django.urls import reverse
from justhtml import JustHTML

from careers.professions import actions
from portal import kept
from tests.careers.articles.factories import (
    ArticleFactory,
    EmployerStoryFactory,
    GlossaryTermFactory,
)
from tests.careers.professions.factories import ProfessionFactory, SectorFactory, full_guide
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory, SchoolFactory
from tests.careers.zones.factories import MunicipalityFactory, ZoneFactory
from tests.pages import PAGES, address
from tests.portal.sources.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}

LONG = "a" * 10_000
BAD = {
    "page beyond": "page=1000000000",
    "page below": "page=-1",
    "page in words": "page=two&page=%F0%9F%8D%9E",
    "unknown sort": "sort=nonsense&order=-id;--",
    "10 kB": f"q={LONG}",
    "10 kB everywhere": "&".join(
        f"{name}={LONG[:1200]}" for name in "q sector level metiers all kind add province".split()
    ),
    "200 words": "q=" + "+".join(["mot"] * 200),
    "emoji": "q=%F0%9F%91%A9%E2%80%8D%F0%9F%8D%B3&sector=%F0%9F%8D%9E",
    "broken encoding": "q=%zz&page=%&sector=%E0%A4%A&metiers=%FF%FE",
    "NUL": "q=%00&sector=%00",
    "1,800 ids": "&".join(f"id={number}" for number in range(1_800)),
    "5,000 ids": "&".join(f"id={number}" for number in range(5_000)),
    "1,500 filters": "&".join(f"sector={number}" for number in range(1_400)),
    "1,500 professions": "metiers=" + ",".join(str(number) for number in range(3_000)),
    "SQL": "q=%27%3B+DROP+TABLE+x%3B--&sector=1%27+OR+1%3D1&metiers=%27&sort=pg_sleep(5)",
    "tsquery": "q=%26%7C%21%28%29%3A*%3C-%3E+a%3A*+%26%26+%21%21",
    "unfinished tsquery": "q=foo+%7C+%28bar+%26&all=%27%3A*",
    "brackets": "q[]=x&sector[]=y&page[]=2",
    "everything twice": "q=a&q=b&page=2&page=3&sort=title&sort=level&match=all&match=any",
    "right to left": "q=%E2%80%AE%EF%BF%BF%CC%81%CC%81",
    "path": "q=../../etc/passwd&next=//example.com",
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD)
@pytest.mark.parametrize("name", PAGES)
def test_a_bad_query_is_answered_or_refused_in_the_sites_look(client, name, query):
    url = f"{address(name, 'fr').partition('?')[0]}?{query}"
    # Seconds of work, not of the clock: another test may hold the processor.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '1s'")
    start = time.process_time()

    response = client.get(url, follow=True)

    assert response.status_code in {200, 400, 404}
    assert time.process_time() - start < 1
    assert b"<h1" in response.content
    assert b"Jalon" in response.content
    assert set(response.headers) >= HEADERS


SLUGS = [
    "%F0%9F%8D%9E",
    "..%2F",
    "a" * 5_000,
    "%00",
    "%FF",
    "' OR 1=1",
    "<script>",
    "-1",
    "x-99999999999999999999",
]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", [name for name, make in PAGES.items() if make])
def test_a_bad_slug_is_not_found_in_the_sites_look(client, name, slug):
    folder = address(name, "fr").rstrip("/").rpartition("/")[0]

    response = client.get(f"{folder}/{slug}/")

    assert response.status_code in {400, 404}
    assert b"<h1" in response.content
    assert b"<script>" not in response.content
    assert set(response.headers) >= HEADERS


HOSTILE = """'"><script>alert(1)</script><i onclick=x>{{ 7 }}"""


def poison(row):
    """Write `HOSTILE` into every free text of an object."""
    names = [
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not isinstance(field, SlugField | URLField)
        and not (field.choices or field.generated or 0 < (field.max_length or 0) < len(HOSTILE))
    ]
    type(row).objects.filter(pk=row.pk).update(**dict.fromkeys(names, HOSTILE))
    row.refresh_from_db()
    return row


def hostile_addresses():
    profession = poison(ProfessionFactory(sector=poison(SectorFactory(icon="hammer"))))
    guide = full_guide(f" {HOSTILE}", profession=profession)
    zone = poison(ZoneFactory(municipalities=[MunicipalityFactory()]))
    school = poison(SchoolFactory())
    campus = poison(CampusFactory(school=school))
    source = poison(SourceFactory())
    programme = ProgrammeFactory(
        school=school, campuses=[campus], professions=[profession], source=source
    )
    article = poison(ArticleFactory(professions=[profession], source=source))
    poison(EmployerStoryFactory(professions=[profession], source=source))
    poison(GlossaryTermFactory())
    actions.publish(guide=guide)
    about = ["home", "site_map", "sources"]
    lists = ["professions", "schools", "programmes", "zones", "articles", "glossary", "criteria"]
    return [
        *[row.get_absolute_url() for row in [profession, zone, school, programme, article]],
        *[reverse(f"portal:{name}") for name in about],
        *[reverse(f"{name}:list") for name in lists],
        reverse("articles:stories"),
        f"{reverse('portal:search')}?q=alert",
        f"{reverse('portal:suggest')}?q=alert",
        f"{reverse('zones:suggest')}?q=alert",
        f"{reverse('professions:compare')}?metiers={profession.slug},responsable-de-production",
    ]


def test_hostile_texts_are_inert_wherever_they_are_shown(client):
    kept.forget()
    shown = 0

    for url in hostile_addresses():
        html = client.get(url).content.decode()
        document = JustHTML(html, sanitize=False)
        shown += html.count("alert(1)")
        for script in document.query("script:not([src])"):
            json.loads(script.to_text())
        assert document.query("[onclick]") == [], url
        assert "alert(1)" not in html or "{{ 7 }}" in html, url

    assert shown > 100
