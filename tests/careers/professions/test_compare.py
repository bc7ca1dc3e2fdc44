from datetime import time

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions import actions
from careers.professions.enums import ConditionKind, FigureKind, Period
from careers.professions.models import Profession
from portal import kept
from tests.careers.professions.factories import (
    ConditionFactory,
    DayMomentFactory,
    FigureFactory,
    GuideFactory,
    InterestProfileFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
    SalaryBandFactory,
    SimilarProfessionFactory,
)

pytestmark = pytest.mark.django_db


def url(*professions, query=""):
    slugs = ",".join(profession.slug for profession in professions)
    return f"{reverse('professions:compare')}?metiers={slugs}{query}"


def main(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def with_guide(name, **pay):
    """A profession with figures, pay, a day, a condition, interests and a criterion."""
    guide = GuideFactory(profession__name_masculine_fr=name, profession__slug_fr=name)
    FigureFactory(guide=guide, kind=FigureKind.AVERAGE_AGE, value=41, text_fr="41 ans")
    SalaryBandFactory(guide=guide, **pay)
    DayMomentFactory(guide=guide, start=time(6), end=time(7))
    ConditionFactory(guide=guide)
    InterestProfileFactory(profession=guide.profession)
    ProfessionCriterionFactory(profession=guide.profession, criterion__name_fr=f"propre à {name}")
    actions.publish(guide=guide)
    return guide.profession


def test_two_professions_stand_side_by_side(client):
    welder, nurse = with_guide("soudeur"), with_guide("infirmier")
    shared = ProfessionCriterionFactory(profession=welder, criterion__name_fr="commun").criterion
    ProfessionCriterionFactory(profession=nurse, criterion=shared)

    response = client.get(url(welder, nurse))

    for text in ["Soudeur", "Infirmier", "41", "commun", "propre à soudeur", "propre à infirmier"]:
        assertContains(response, text)
    for chart in ["pay-be-month-title", "interests-1-title", "days-clock-title"]:
        assertContains(response, f'id="{chart}"')
    html = response.content.decode()
    assert html.index("commun") < html.index("propre à")


def test_days_that_are_only_in_french_say_so(client):
    professions = [with_guide("soudeur"), with_guide("infirmier")]

    with translation.override("en"):
        html = client.get(url(*professions)).content.decode()

    days = html.split('id="days"')[1].split("</section>")[0]
    assert days.count('<td><span lang="fr">') == 2
    assert days.count('<title lang="fr">') == 2
    assert 'class="language-mark"' in days.split("</h2>")[0]


def test_slugs_may_come_joined_or_repeated(client):
    one, two, three = ProfessionFactory.create_batch(3)

    joined = client.get(url(one, two, three))
    repeated = client.get(
        reverse("professions:compare"), {"metiers": [one.slug, f"{two.slug},{three.slug}"]}
    )

    assert main(joined) == main(repeated)


def test_pay_of_different_periods_never_shares_an_axis(client):
    monthly = with_guide("soudeur")
    yearly = with_guide("infirmier", period=Period.YEAR, minimum=30000, maximum=50000)

    response = client.get(url(monthly, yearly))

    assertContains(response, 'id="pay-be-month-title"')
    assertContains(response, 'id="pay-be-year-title"')


def test_a_draft_tells_nothing(client):
    guide = GuideFactory()
    FigureFactory(guide=guide, kind=FigureKind.GROWTH, value=None, text_fr="secret")

    assertNotContains(client.get(url(guide.profession, ProfessionFactory())), "secret")


def test_one_profession_is_not_enough_and_close_ones_are_offered(client):
    pair = SimilarProfessionFactory()

    response = client.get(url(pair.profession))

    assertContains(response, "notice-info")
    assertContains(response, f"{pair.profession.slug},{pair.other.slug}")


def test_who_has_no_pay_is_named_and_conditions_have_their_detail(client):
    welder = with_guide("soudeur")
    guide = GuideFactory(profession__name_masculine_fr="plombier", profession__slug_fr="plombier")
    ConditionFactory(guide=guide, text_fr="Des perceuses.")
    ConditionFactory(guide=guide, kind=ConditionKind.HOURS, text_fr="De jour.")
    actions.publish(guide=guide)

    html = main(client.get(url(welder, guide.profession)))

    pay = html.split('id="salary"')[1].split("</section>")[0]
    assert '<dd class="not-given">' in pay.split("Plombier")[1]
    assert "Souvent. Des perceuses." in html
    assert ">De jour.<" in html


def test_every_table_calls_a_profession_by_its_title(client):
    professions = [with_guide("soudeur"), with_guide("infirmier")]
    Profession.objects.update(name_short_fr="autre nom")

    assert "utre nom" not in main(client.get(url(*professions)))


def test_who_has_chosen_nothing_is_offered_pairs(client):
    one, other = with_guide("soudeur"), with_guide("infirmier")
    for pair in [(one, other), (other, one), (one, ProfessionFactory())]:
        SimilarProfessionFactory(profession=pair[0], other=pair[1])

    html = main(client.get(reverse("professions:compare")))

    offered = {f"{one.slug},{other.slug}", f"{other.slug},{one.slug}"}
    assert sum(html.count(f"metiers={slugs}") for slugs in offered) == 1
    assert html.count("metiers=") == 1


def test_a_fifth_profession_is_left_out_and_named(client):
    professions = ProfessionFactory.create_batch(5)

    response = client.get(url(*professions))

    assertContains(response, "notice-warning")
    assertContains(response, professions[4].title)
    assertNotContains(response, professions[4].get_absolute_url())


def test_unknown_unlisted_and_repeated_ones_are_told(client):
    shown = ProfessionFactory()
    hidden = ProfessionFactory(is_listed=False, slug_fr="hidden-one")

    response = client.get(url(shown, shown, hidden, query=",no-such-thing"))

    assertContains(response, "hidden-one, no-such-thing")
    assertContains(response, "notice-info")


def test_a_title_adds_its_profession(client):
    welder = ProfessionFactory(name_masculine_fr="soudeur", name_feminine_fr="soudeuse")
    other = ProfessionFactory()

    for text in ["Soudeur / Soudeuse", "soudeuse", "SOUDEUR"]:
        response = client.get(url(other, query=f"&add={text}"))
        assertRedirects(response, url(other, welder), fetch_redirect_response=False)


def test_an_ambiguous_title_is_asked_about(client):
    cook, pastry = (
        ProfessionFactory(name_masculine_fr=name) for name in ("chef de cuisine", "chef pâtissier")
    )

    response = client.get(url(query="&add=chef"))

    assertContains(response, f"metiers={cook.slug}")
    assertContains(response, f"metiers={pastry.slug}")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "metiers=",
        "metiers=,,,",
        "add=zzz",
        "metiers=" + "a," * 4000,
        "add=" + "é" * 1000,
        "add=%21",
    ],
)
def test_strange_addresses_are_answered(client, query):
    assert client.get(f"{reverse('professions:compare')}?{query}").status_code == 200


def test_what_a_visitor_typed_is_shown_not_run(client):
    response = client.get(
        reverse("professions:compare"), {"metiers": "<b>x</b>", "add": "<i>y</i>"}
    )

    assertNotContains(response, "<b>x</b>")
    assertNotContains(response, "<i>y</i>")


@pytest.mark.parametrize("count", [2, 4])
def test_a_comparison_costs_at_most_eight_queries(client, django_assert_max_num_queries, count):
    professions = [with_guide(name) for name in ["a1", "b1", "c1", "d1"][:count]]
    kept.forget()

    with django_assert_max_num_queries(8):
        client.get(url(*professions))
    with django_assert_max_num_queries(8):
        client.get(url(professions[0]))
