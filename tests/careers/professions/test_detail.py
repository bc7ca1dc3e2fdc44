import json
import re

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from careers.professions import actions
from careers.professions.enums import FigureKind, NameKind, Period, SalaryLevel, Section
from careers.schools.models import SchoolOfGuide
from portal import kept
from tests.careers.articles.factories import (
    ArticleFactory,
    EmployerStoryFactory,
    GlossaryTermFactory,
)
from tests.careers.professions.factories import (
    FigureFactory,
    GuideFactory,
    GuideItemFactory,
    InterestProfileFactory,
    ProfessionCodeFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
    ProfessionNameFactory,
    SalaryBandFactory,
    SimilarProfessionFactory,
    ZoneOfGuideFactory,
    full_guide,
    published_guide,
)
from tests.careers.schools.factories import CampusFactory, ProgrammeFactory
from tests.house import LIVE_OFFERS_QUERIES

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script><b title=x>&amp;"


def page(client, profession):
    response = client.get(profession.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def blocks(html):
    return re.findall(r'<section class="section" id="([a-z-]+)"', html)


def contents(html):
    nav = html.split('class="toc"')[1].split("</nav>")[0]
    return list(dict.fromkeys(re.findall(r'href="#([a-z-]+)"', nav)))


def structured(html):
    text = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    return {thing["@type"]: thing for thing in json.loads(text)["@graph"]}


def surround(guide):
    """Give the profession of a guide all that stands around it."""
    profession = guide.profession
    chip = ProfessionCriterionFactory(profession=profession)
    like(profession, chip.criterion)
    ProfessionNameFactory(profession=profession, text="autre appellation")
    ProfessionNameFactory(profession=profession, text="COO", kind=NameKind.ACRONYM)
    ProfessionNameFactory(profession=profession, text="nom caché", is_hidden=True)
    ProfessionCodeFactory(profession=profession, code="H2502")
    InterestProfileFactory(profession=profession)
    campus = CampusFactory(municipality__name_fr="Mons")
    SchoolOfGuide.objects.create(guide=guide, school=campus.school)
    ProgrammeFactory(name_fr="Bachelier en soudage", professions=[profession])
    ArticleFactory(title_fr="Lire un guide", professions=[profession])
    EmployerStoryFactory(employer="Aciérie", professions=[profession])
    GlossaryTermFactory(term_fr="Rebut", definition_fr="Pièce à jeter.")


def like(profession, criterion):
    """Another profession that is like this one and shares the criterion."""
    other = ProfessionCriterionFactory(criterion=criterion).profession
    SimilarProfessionFactory(profession=profession, other=other)


def test_every_block_of_a_full_guide_is_shown_and_in_the_contents(client):
    guide = full_guide()
    surround(guide)
    actions.publish(guide=guide)

    html = page(client, guide.profession)

    assert blocks(html) == contents(html) == [
        "introduction", "figures", "missions", "tools", "day", "workplace", "conditions",
        "skills", "salary", "indicators", "country", "testimony", "path", "training", "zones",
        "offers", "careers", "pros-cons", "advice", "self-checks", "faq", "criteria", "interests",
        "similar", "names", "discover", "sources",
    ]  # fmt: skip
    for section in Section:
        assert f"text {section}" in html
        assert f"heading {section}" in html
    for text in [
        "tagline", "hook", "tile_studies", "tile_qualities", "tile_salary", "tile_conditions",
        "introduction", "environment", "figure label", "extras", "testimony", "Ida", "role, branch",
        "step title", "step text", "route", "hard skill", "soft skill", "skill text", "condition",
        "zone note", "autre appellation", "COO", "H2502", "Mons", "Bachelier en soudage",
        "Lire un guide", "Aciérie", "heading faq", "heading missions", "heading country-facts",
    ]:  # fmt: skip
        assert text in html, text
    assert "nom caché" not in html


def test_a_guide_with_the_least_has_no_empty_block(client):
    guide = published_guide()

    html = page(client, guide.profession)

    assert blocks(html) == contents(html) == ["introduction", "offers"]


def test_a_profession_without_guide_says_so_and_shows_what_is_known(client):
    profession = ProfessionFactory(is_regulated=True)
    ProfessionCriterionFactory(profession=profession, criterion__name_fr="En plein air")
    InterestProfileFactory(profession=profession)
    ProgrammeFactory(professions=[profession])

    html = page(client, profession)

    assert blocks(html) == ["path", "training", "offers", "criteria", "interests"]
    assert "notice-info" in html
    assert profession.definition in html


def test_no_text_of_a_draft_is_public(client):
    guide = full_guide(" (brouillon)")
    surround(guide)

    html = page(client, guide.profession)

    assert "(brouillon)" not in html
    assert "Mons" not in html


def test_changes_since_the_publication_are_not_public(client):
    guide = full_guide()
    actions.publish(guide=guide)
    GuideItemFactory(guide=guide, text_fr="Nouvelle mission")
    guide.refresh_from_db()
    guide.tagline_fr = "Nouvelle accroche"
    guide.save()

    html = page(client, guide.profession)

    assert "Nouvelle" not in html
    assert "tagline" in html


def test_an_archived_guide_is_not_public(client):
    guide = published_guide(introduction_fr="Ancien texte")
    actions.move(guide=guide, to="archived")

    assert "Ancien texte" not in page(client, guide.profession)


@pytest.mark.parametrize("slug", ["nowhere", "profession-0-", "a" * 200])
def test_an_unknown_profession_answers_404(client, slug):
    assert client.get(reverse("professions:detail", args=[slug])).status_code == 404


def test_an_unlisted_profession_answers_404(client):
    profession = ProfessionFactory(is_listed=False)

    assert client.get(profession.get_absolute_url()).status_code == 404


def test_an_old_slug_leads_to_the_new_one(client):
    profession = ProfessionFactory(slug_fr="ancien")
    profession.slug_fr = "nouveau"
    profession.save()

    response = client.get(reverse("professions:detail", args=["ancien"]))

    assert response.status_code == 301
    assert response.headers["Location"] == profession.get_absolute_url()


def test_the_slug_of_another_language_leads_to_the_one_of_the_page(client):
    profession = ProfessionFactory(slug_fr="soudeur", slug_en="welder")

    assert client.get(reverse("professions:detail", args=["welder"])).status_code == 301
    with translation.override("en"):
        assert client.get(profession.get_absolute_url()).status_code == 200


def test_a_text_that_stands_in_for_a_translation_is_marked(client):
    guide = published_guide(introduction_fr="Seulement en français", introduction_en="")
    with translation.override("en"):
        address = guide.profession.get_absolute_url()

    response = client.get(address)

    assertContains(response, '<span lang="fr">Seulement en français</span>')
    assertContains(response, "language-mark")


def test_hostile_texts_are_shown_not_run_in_every_block(client):
    guide = full_guide(HOSTILE)
    profession = guide.profession
    profession.name_masculine_fr = profession.name_feminine_fr = f"soudeur {HOSTILE}"
    profession.definition_fr = HOSTILE
    profession.save()
    surround(guide)
    ProfessionNameFactory(profession=profession, text=HOSTILE)
    ProfessionCriterionFactory(profession=profession, criterion__name_fr=HOSTILE)
    ProfessionCodeFactory(profession=profession, code="X1", label=HOSTILE)
    ProgrammeFactory(name_fr=HOSTILE, slug_fr="p", professions=[profession])
    ArticleFactory(title_fr=HOSTILE, slug_fr="a", summary_fr=HOSTILE, professions=[profession])
    EmployerStoryFactory(
        employer=HOSTILE, title_fr=HOSTILE, text_fr=HOSTILE, professions=[profession]
    )
    FigureFactory(
        guide=guide, kind=FigureKind.GROWTH, text_fr=HOSTILE, unit="<b title=x>",
        source__title=HOSTILE, source__publisher=HOSTILE, source__licence=HOSTILE,
    )  # fmt: skip
    GlossaryTermFactory(term_fr="soudeur", definition_fr=HOSTILE, slug_fr="soudeur")
    actions.publish(guide=guide)

    html = page(client, profession)

    assert "<script>alert" not in html
    assert "<b title=x>" not in html
    assert structured(html)["Occupation"]["description"] == HOSTILE


def test_a_figure_has_its_unit_area_year_and_source(client):
    guide = GuideFactory()
    FigureFactory(
        guide=guide,
        kind=FigureKind.PEOPLE_EMPLOYED,
        value=3500,
        unit="people",
        text_fr="environ 3 500",
        source__title="Statbel",
        source__url="https://statbel.fgov.be/",
    )
    actions.publish(guide=guide)

    html = page(client, guide.profession)

    assert '<p class="figure-value figure-words">environ 3\u202f500</p>' in html
    assert "<span>2025</span>" in html
    assert '<a href="https://statbel.fgov.be/" rel="external">Statbel</a>' in html


@pytest.mark.parametrize("words", ["plus de 48 ans", "48 à 50 ans", "48 ans en moyenne"])
def test_words_that_qualify_a_number_take_its_place(client, words):
    guide = GuideFactory()
    FigureFactory(guide=guide, value=48, text_fr=words)
    actions.publish(guide=guide)

    html = page(client, guide.profession)

    assert f'<p class="figure-value figure-words">{words}</p>' in html


def test_words_that_only_repeat_a_figure_are_left_out(client):
    guide = GuideFactory()
    FigureFactory(guide=guide, value=48, text_fr="48 ans")
    actions.publish(guide=guide)

    assert "48 ans" not in page(client, guide.profession)


def test_programmes_of_one_name_stand_under_it_with_their_schools(client):
    guide = published_guide()
    for school, town in [("Alpha", "Mons"), ("Beta", "Liège")]:
        campus = CampusFactory(school__short_name=school, municipality__name_fr=town)
        ProgrammeFactory(
            name_fr="Sciences du bois",
            slug_fr=school.lower(),
            school=campus.school,
            campuses=[campus],
            professions=[guide.profession],
        )

    html = page(client, guide.profession)

    assert html.count("<strong>Sciences du bois</strong>") == 1
    for school, town in [("Alpha", "Mons"), ("Beta", "Liège")]:
        assert re.search(rf">{school}<span[^>]*>: Sciences du bois</span></a> \({town}\)", html)


def test_pay_a_month_and_pay_a_year_have_charts_of_their_own(client):
    guide = GuideFactory()
    SalaryBandFactory(guide=guide)
    SalaryBandFactory(guide=guide, level=SalaryLevel.BEGINNER, minimum=4500, maximum=6000)
    SalaryBandFactory(guide=guide, country="FR", period=Period.YEAR, minimum=75000, maximum=150000)
    actions.publish(guide=guide)

    html = page(client, guide.profession)

    assert re.findall(r'id="(pay-[a-z]+)-title"', html) == ["pay-month", "pay-year"]


def test_a_glossary_term_is_explained_once_in_the_body(client):
    GlossaryTermFactory(term_fr="TRS", definition_fr="Taux de rendement.")
    guide = GuideFactory(introduction_fr="Le TRS compte, le TRS décide.")
    GuideItemFactory(guide=guide, text_fr="Suivre le TRS")
    actions.publish(guide=guide)

    html = page(client, guide.profession)

    assert html.count('class="term"') == 1
    assert "Taux de rendement." in html


def test_items_lead_to_their_criterion(client):
    guide = GuideFactory()
    item = GuideItemFactory(
        guide=guide,
        section=Section.PROS,
        criterion=ProfessionCriterionFactory(criterion__name_fr="Autonomie").criterion,
    )
    actions.publish(guide=guide)

    html = page(client, guide.profession)

    assert f'<a class="criterion" href="{item.criterion.get_absolute_url()}">Autonomie</a>' in html


def test_zones_schools_and_names_are_as_they_are_now(client):
    guide = GuideFactory()
    zone = ZoneOfGuideFactory(guide=guide).zone
    actions.publish(guide=guide)
    zone.name_fr = "Zone renommée"
    zone.save()

    html = page(client, guide.profession)

    assert "Zone renommée" in html
    assert zone.get_absolute_url() in html


def test_search_engines_get_the_occupation_the_trail_and_the_questions(client):
    guide = full_guide()
    actions.publish(guide=guide)

    data = structured(page(client, guide.profession))

    assert data["Occupation"]["name"] == guide.profession.title
    assert data["Occupation"]["estimatedSalary"][0]["minValue"] == 5000
    assert len(data["BreadcrumbList"]["itemListElement"]) == 3
    assert data["BreadcrumbList"]["itemListElement"][2]["item"].startswith("http://testserver/")
    assert data["FAQPage"]["mainEntity"][0]["name"] == "heading faq"


def test_the_trail_names_the_host_of_the_visitor(client):
    profession = ProfessionFactory()
    page(client, profession)

    response = client.get(profession.get_absolute_url(), headers={"host": "localhost"})

    assertContains(response, "http://localhost/")
    assertNotContains(response, "http://testserver/")


@pytest.mark.parametrize("count", [1, 20])
def test_a_guide_costs_few_queries(client, django_assert_max_num_queries, count):
    guide = full_guide()
    surround(guide)
    for _ in range(count):
        surround_more(guide)
    actions.publish(guide=guide)
    kept.forget()

    with django_assert_max_num_queries(22 + LIVE_OFFERS_QUERIES):
        page(client, guide.profession)
    with django_assert_max_num_queries(4):
        page(client, guide.profession)


def surround_more(guide):
    chip = ProfessionCriterionFactory(profession=guide.profession)
    like(guide.profession, chip.criterion)
    campus = CampusFactory()
    SchoolOfGuide.objects.create(guide=guide, school=campus.school)
    ZoneOfGuideFactory(guide=guide)
    ProgrammeFactory(professions=[guide.profession])
    ArticleFactory(professions=[guide.profession])
    EmployerStoryFactory(professions=[guide.profession])
    ProfessionCodeFactory(profession=guide.profession)
    GuideItemFactory(guide=guide, criterion=chip.criterion)
