"""Every public page, in every published language, as a visitor without a session gets it."""

import gzip
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from django.utils import translation

from careers.offers.search.names import resolve as resolve_words
from careers.zones import gazetteer
from portal import directory, kept
from tests.house import LIVE_OFFERS_QUERIES
from tests.pages import (
    ACCOUNT,
    BARE,
    LANGUAGES,
    OF_ONE_QUIZ,
    PAGES,
    STATES,
    WITH_TOKEN,
    Page,
    address,
    is_public,
    patterns,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

FIRST_LOAD = 100 * 1024  # bytes, compressed
# Queries of a page that is made anew; those of offers are made for each visitor.
GUIDE, OTHERS = 22, 8
MOST = {
    "professions:detail": GUIDE + LIVE_OFFERS_QUERIES,
    **dict.fromkeys(
        ["portal:home", "portal:search", "schools:detail", "programmes:detail", "zones:detail"],
        OTHERS + LIVE_OFFERS_QUERIES + 2,
    ),
    "offers:list": 28,
    "offers:of_profession": 36,
    "offers:of_place": 32,
    "offers:of_both": 32,
    # Five a search until the search stands in memory: searches that find more, one a zone, one a
    # language that could be learnt.
    "offers, nothing found": 70,
    "offers on the map": 90,
    "offers:detail": 19,
    "employers:detail": 12,
    "employers:list": 10,
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module", params=[*PAGES, *STATES])
def visit(request, content, django_db_blocker, language):
    """A page, read once for all tests that look at it."""
    with django_db_blocker.unblock():
        visit = Page(request.param, language)
        assert visit.response.status_code == 200, visit.address
    return visit


def test_no_public_page_is_left_out():
    public = {name for name, pattern in patterns() if is_public(pattern)}
    own = {name for name in public if not name.startswith(ACCOUNT)}

    assert own - BARE - OF_ONE_QUIZ == set(PAGES)


def test_page_is_valid_html(visit):
    assert visit.document.errors == []


def test_page_has_one_heading_and_its_levels_do_not_jump(visit):
    levels = [int(heading.name[1]) for heading in visit.find("h1, h2, h3, h4, h5, h6")]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_ids_are_unique_and_what_refers_to_them_finds_them(visit):
    ids = visit.attributes("[id]", "id")
    names = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget"]
    wanted = {
        word
        for name in names
        for text in visit.attributes(f"[{name}]", name)
        for word in text.split()
    }

    assert [word for word, count in Counter(ids).items() if count > 1] == []
    assert wanted - set(ids) == set()


def test_every_field_has_a_label(visit):
    labelled = set(visit.attributes("label[for]", "for"))

    for field in visit.find("input:not([type=hidden]), select, textarea"):
        is_inside = any(label.query(field.name) for label in visit.find("label:not([for])"))
        named = {"aria-label", "aria-labelledby"} & set(field.attrs)
        assert named or field.attrs.get("id") in labelled or is_inside, field.to_html()


def test_images_and_drawings_say_what_they_show_or_hide(visit):
    for image in visit.find("img"):
        assert "alt" in image.attrs, image.to_html()
    for drawing in visit.find("svg"):
        attrs = drawing.attrs
        hidden = attrs.get("aria-hidden") == "true" or _has_hidden_parent(drawing)
        named = {"aria-label", "aria-labelledby"} & set(attrs)
        assert hidden or (attrs.get("role") in {"img", "group", "graphics-document"} and named), (
            drawing.to_html()[:300]
        )


def _has_hidden_parent(element):
    while element := element.parent:
        if getattr(element, "attrs", None) and element.attrs.get("aria-hidden") == "true":
            return True
    return False


def test_page_speaks_its_language(visit):
    assert visit.find("html")[0].attrs["lang"] == visit.language


def test_page_says_its_own_address_and_that_of_each_translation(visit):
    own = f"http://testserver{visit.address.partition('?')[0]}"
    translations = {
        link.attrs["hreflang"]: link.attrs["href"] for link in visit.find("link[hreflang]")
    }

    assert visit.attributes("link[rel=canonical]", "href") == [own]
    assert list(translations) == ["fr-BE", "nl-BE", "de-BE", "en"]
    assert own in translations.values()
    for code, url in translations.items():
        with translation.override(code[:2]):
            found = resolve(urlsplit(url).path)
        assert found.view_name == resolve_in(visit).view_name


def resolve_in(visit):
    with translation.override(visit.language):
        return resolve(visit.address.partition("?")[0])


def test_page_carries_the_security_headers(visit):
    policy = visit.response["Content-Security-Policy"]

    assert {name: visit.response.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_page_has_no_inline_code(visit):
    kinds = {script.attrs.get("type") for script in visit.find("script:not([src])")}
    attributes = {name for element in visit.find("*") for name in element.attrs}

    assert kinds <= {"application/ld+json"}
    assert visit.find("style") == []
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []
    assert [url for url in visit.attributes("[href]", "href") if url.startswith("javascript")] == []


def test_reader_gets_no_cookie(visit):
    if visit.name in WITH_TOKEN:
        return
    assert not visit.response.cookies
    assert visit.find("[name=csrfmiddlewaretoken]") == []


def test_first_load_is_light(visit):
    styles = visit.attributes("link[rel=stylesheet]", "href")
    scripts = visit.attributes("script[src]", "src")
    imported = [urljoin(url, "combobox.js") for url in scripts if url.endswith("portal.js")]

    weights = {url: _compressed(_static(url)) for url in [*styles, *scripts, *imported]}
    weights["page"] = _compressed(visit.response.content)

    assert sum(weights.values()) < FIRST_LOAD, weights


def _static(url):
    path = finders.find(urlsplit(url).path.removeprefix(settings.STATIC_URL))
    assert path, url
    with open(path, "rb") as file:
        return file.read()


def _compressed(data):
    return len(gzip.compress(data))


def test_no_two_pages_have_the_same_title_or_description(language):
    pages = [Page(name, language) for name in PAGES]
    titles = Counter(page.text("title") for page in pages)
    descriptions = Counter(
        page.attributes("meta[name=description]", "content")[0] for page in pages
    )

    assert [text for text, count in (titles + descriptions).items() if count > 1 or not text] == []


def test_every_link_inside_the_site_leads_somewhere(language):
    client, seen, broken = Client(), {}, []
    to_visit = [(address(name, language), "") for name in [*PAGES, *STATES]]

    while to_visit:
        url, origin = to_visit.pop()
        if url in seen:
            continue
        response = client.get(url, follow=True)
        seen[url] = response.status_code
        if response.status_code != 200:
            broken.append(f"{url} on {origin}: {response.status_code}")
        elif not _is_endless(url):
            to_visit += [(link, url) for link in _links(response.content.decode(), url)]

    assert broken == []
    assert len(seen) > 100


def _is_endless(url):
    """Lists narrow in more ways than one can read: their first page is enough."""
    return "?" in url


def _links(html, base):
    links = {
        urljoin(base, link.partition("#")[0])
        for link in re.findall(r'<a[^>]* href="([^"]+)"', html)
    }
    return {
        link.replace("&amp;", "&")
        for link in links
        if link.startswith("/") and not link.startswith(("/static/", "/admin/"))
    }


def test_every_anchor_leads_to_a_part_of_the_page(visit):
    ids = set(visit.attributes("[id]", "id"))

    anchors = {link[1:] for link in visit.attributes("a[href]", "href") if link.startswith("#")}

    assert anchors - ids - {""} == set()


@pytest.mark.parametrize("name", [*PAGES, *STATES])
def test_page_asks_few_questions_of_the_database(client, django_assert_max_num_queries, name):
    where = address(name, "fr")
    page = STATES[name][0] if name in STATES else name
    budget = MOST.get(name, MOST.get(page, OTHERS))
    kept.forget()
    # What is made once for all pages when the content changes: names and places.
    resolve_words(["soudeur"])
    gazetteer.current()
    directory.current()

    with django_assert_max_num_queries(budget):
        client.get(where)
    with django_assert_max_num_queries(4 if name == "professions:detail" else budget):
        client.get(where)
