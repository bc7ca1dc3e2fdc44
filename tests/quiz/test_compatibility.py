"""The quiz about one profession, from its page to its two results."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions import actions as guide_actions
from careers.professions.enums import Section
from portal import kept
from quiz import actions, compatibility_result, reality, tasks
from quiz.enums import FACETS, SelfCheckAnswer
from quiz.models import QuizSession, Report, SelfCheck
from tests.careers.professions.factories import (
    CriterionFactory,
    GuideFactory,
    GuideItemFactory,
    InterestProfileFactory,
    ProfessionFactory,
)
from tests.quiz.factories import ItemFactory, ScalePointFactory

pytestmark = pytest.mark.django_db

HERE = {"Sec-Fetch-Site": "same-origin"}
STATEMENTS = ["Aimez-vous la nuit ?", "Supportez-vous le bruit ?", "Travaillez-vous en équipe ?"]


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


@pytest.fixture
def bank():
    for interest, facets in FACETS.items():
        for number in range(4):
            ItemFactory(dimension=interest, facet=facets[number % 4])
    for value in range(1, 6):
        ScalePointFactory(value=value)


@pytest.fixture
def nurse(bank):
    """A profession with interests and a published guide, among others."""
    for realistic, social in [(7, 1), (6, 2), (1, 4), (5, 5), (3, 6)]:
        InterestProfileFactory(realistic=realistic, social=social)
    guide = GuideFactory(profession__name_masculine_fr="infirmier", profession__slug_fr="infirmier")
    for text in STATEMENTS:
        GuideItemFactory(
            guide=guide,
            section=Section.SELF_CHECKS,
            text_fr=text,
            criterion=CriterionFactory(name_fr=f"critère {text[:5]}"),
        )
    InterestProfileFactory(profession=guide.profession, realistic=2, social=7, artistic=3)
    guide_actions.publish(guide=guide)
    return guide.profession


def begin_url(profession):
    return reverse("compatibility:begin", args=[profession.slug])


def begun(client, profession, **values):
    response = client.post(begin_url(profession), {"language": "fr"} | values, headers=HERE)
    assert response.status_code == 302, response.content.decode()
    return QuizSession.objects.latest("pk")


def take(session, likes="S"):
    """Answer all items: those of one interest with 5, the others with 1."""
    while session.next_item:
        value = 5 if session.next_item.dimension == likes else 1
        session = actions.answer(token=session.edit_token, item=session.next_item.key, value=value)
    return session


@pytest.fixture
def finished(client, nurse):
    return take(begun(client, nurse))


def page(name, session, share=False):
    token = session.share_token if share else session.edit_token
    return reverse(f"quiz:{name}", args=[token])


def said(session, *answers):
    return reality.answer(
        token=session.edit_token,
        version=session.profession.guide.published_version_id,
        answers=dict(enumerate(answers, start=1)),
    )


# Beginning


def test_the_page_says_length_and_storage_and_begins(client, nurse):
    response = client.get(begin_url(nurse))

    assertContains(response, nurse.title)
    assertContains(response, "30")
    assert response.context["count"] == 8
    assert not response.cookies

    session = begun(client, nurse, language="nl")

    assert (session.profession, session.language, session.length) == (nurse, "nl", 8)
    assert session.based_on is None


def test_it_leads_to_the_first_question(client, nurse):
    response = client.post(begin_url(nurse), {"language": "fr"}, headers=HERE)

    session = QuizSession.objects.get()
    assertRedirects(response, page("question", session))
    assertContains(client.get(page("question", session)), nurse.title)


def test_after_the_main_quiz_in_this_browser_four_questions_are_enough(client, nurse):
    client.post(reverse("quiz:start"), {"language": "fr", "study_level": "any"}, headers=HERE)
    main = take(QuizSession.objects.get())

    response = client.get(begin_url(nurse))

    assert response.context["count"] == 4
    assert begun(client, nurse).based_on == main
    assert begun(client, nurse, anew="on").based_on is None


def test_an_unfinished_main_quiz_does_not_count(client, nurse):
    client.post(reverse("quiz:start"), {"language": "fr", "study_level": "any"}, headers=HERE)

    assert client.get(begin_url(nurse)).context["count"] == 8
    assert begun(client, nurse).based_on is None


def test_a_profession_without_profile_says_so_and_leads_on(client, bank):
    profession = ProfessionFactory()

    for response in [
        client.get(begin_url(profession)),
        client.post(begin_url(profession), {"language": "fr"}, headers=HERE),
    ]:
        assertContains(response, profession.get_absolute_url(), status_code=404)
        assertContains(response, reverse("quiz:start"), status_code=404)
    assert not QuizSession.objects.exists()


def test_a_profile_newer_than_the_model_is_not_ready_yet(client, nurse):
    begun(client, nurse)
    newcomer = InterestProfileFactory().profession

    response = client.post(begin_url(newcomer), {"language": "fr"}, headers=HERE)

    assertContains(response, newcomer.get_absolute_url(), status_code=404)


def test_an_old_slug_leads_to_the_new_one(client, nurse):
    nurse.slug_fr = "soignant"
    nurse.save()

    response = client.get(reverse("compatibility:begin", args=["infirmier"]))

    assertRedirects(response, begin_url(nurse), status_code=301)


@pytest.mark.parametrize("slug", ["nowhere", "a" * 200])
def test_an_unknown_or_hidden_profession_answers_404(client, slug):
    hidden = InterestProfileFactory(profession__is_listed=False).profession

    for address in [reverse("compatibility:begin", args=[slug]), begin_url(hidden)]:
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["", "xx", "\0", "fr" * 500])
def test_what_is_no_language_is_told(client, nurse, language):
    response = client.post(begin_url(nurse), {"language": language}, headers=HERE)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not QuizSession.objects.exists()


def test_another_site_cannot_begin_it(client, nurse):
    headers = {"Sec-Fetch-Site": "cross-site"}

    response = client.post(begin_url(nurse), {"language": "fr"}, headers=headers)

    assert response.status_code == 403
    assert not QuizSession.objects.exists()


def test_the_page_costs_the_same_for_each_profession(client, nurse, django_assert_num_queries):
    client.get(begin_url(nurse))

    with django_assert_num_queries(2):  # the profession; what is published of its guide
        client.get(begin_url(nurse))


# The reality of the job


def test_the_statements_come_after_the_questions(client, finished):
    response = client.get(page("result", finished))

    assertRedirects(response, page("reality", finished))
    shown = client.get(page("reality", finished))
    for text in STATEMENTS:
        # A question mark stands behind a space that does not break.
        assertContains(shown, text.replace(" ?", "\N{NO-BREAK SPACE}?"))


def test_what_was_said_is_kept_and_told(client, finished):
    version = finished.profession.guide.published_version_id

    response = client.post(
        page("reality", finished),
        {"version": version, "statement-1": "yes", "statement-2": "no", "statement-3": ""},
    )

    assertRedirects(response, page("result", finished))
    rows = finished.self_checks.order_by("order").values_list("order", "answer")
    assert list(rows) == [(1, "yes"), (2, "no"), (3, "")]
    told = reality.said(finished)
    assert [row.order for row in told.agreements] == [1]
    assert [row.order for row in told.open_points] == [3]
    assert [row.order for row in told.deal_breakers] == [2]
    shown = client.get(page("result", finished))
    assertContains(shown, f"{finished.profession.get_absolute_url()}#check-2")
    assertContains(shown, "critère Suppo")


def test_an_answer_can_be_changed(client, finished):
    said(finished, "yes", "yes", "no")
    said(finished, "no")

    assert list(finished.self_checks.order_by("order").values_list("answer", flat=True)) == [
        *["no", "", ""]
    ]
    assertContains(client.get(page("reality", finished)), 'value="no"')


def test_the_part_may_be_skipped(client, finished):
    response = client.post(page("reality", finished), {"skip": "1"})

    assertRedirects(response, page("result", finished))
    assert reality.said(finished).is_silent


@pytest.mark.parametrize(
    "values",
    [
        {"statement-1": "maybe"},
        {"statement-1": "\0"},
        {"version": "0", "statement-1": "yes"},
        {"version": "x" * 5000, "statement-1": "yes"},
        {"version": "\0"},
    ],
)
def test_what_is_no_answer_is_told_and_changes_nothing(client, finished, values):
    version = finished.profession.guide.published_version_id

    response = client.post(page("reality", finished), {"version": version} | values)

    assert response.status_code == 400
    assertContains(response, 'role="alert"', status_code=400)
    assert not SelfCheck.objects.exists()


def test_statements_that_changed_meanwhile_are_shown_anew(client, finished):
    old = finished.profession.guide.published_version_id
    guide = finished.profession.guide
    GuideItemFactory(guide=guide, section=Section.SELF_CHECKS, text_fr="Nouveau ?")
    guide_actions.publish(guide=guide)

    response = client.post(page("reality", finished), {"version": old, "statement-1": "yes"})

    assertContains(response, "Nouveau", status_code=400)
    assert f'value="{old}"' not in response.content.decode()


def test_what_was_said_stays_what_was_read(client, finished):
    said(finished, "no")
    guide = finished.profession.guide
    guide.items.all().delete()
    guide_actions.publish(guide=guide)

    told = reality.said(finished)

    assert told.deal_breakers[0].text.startswith("Aimez-vous la nuit")
    assert told.deal_breakers[0].url == ""
    assert client.get(page("result", finished)).status_code == 200


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({4: "yes"}, actions.NotAsked),
        ({0: "yes"}, actions.NotAsked),
        ({1: "maybe"}, actions.NoAnswer),
        ({1: None}, actions.NoAnswer),
    ],
)
def test_the_action_refuses_what_was_not_asked(finished, answers, refusal):
    version = finished.profession.guide.published_version_id

    with pytest.raises(refusal):
        reality.answer(token=finished.edit_token, version=version, answers=answers)
    assert not SelfCheck.objects.exists()


def test_statements_of_another_guide_are_refused(finished):
    other = GuideFactory()
    GuideItemFactory(guide=other, section=Section.SELF_CHECKS)
    guide_actions.publish(guide=other)

    with pytest.raises(actions.NotAsked):
        reality.answer(
            token=finished.edit_token, version=other.published_version_id, answers={1: "yes"}
        )


def test_a_main_quiz_and_an_unfinished_one_have_no_statements(client, nurse):
    version = nurse.guide.published_version_id
    main, started = take(actions.start(language="fr")), begun(client, nurse)

    for session in [main, started]:
        with pytest.raises(actions.NotAsked):
            reality.answer(token=session.edit_token, version=version, answers={1: "yes"})
    assertRedirects(client.get(page("reality", started)), page("question", started))
    assertRedirects(
        client.get(page("reality", main)), page("result", main), fetch_redirect_response=False
    )


def test_without_a_guide_the_part_is_left_out(client, nurse):
    profession = InterestProfileFactory().profession
    session = take(begun(client, profession))

    response = client.get(page("result", session))

    assertContains(response, 'id="interests"')
    assertNotContains(response, 'id="reality"')
    assertRedirects(client.get(page("reality", session)), page("result", session))


@pytest.mark.parametrize("token", ["x", "%00", "é" * 40, "a" * 3000])
def test_a_token_of_nobody_gets_a_clear_page(client, token):
    address = reverse("quiz:reality", args=["token"]).replace("token", token)

    assert client.get(address).status_code in {400, 404}


def test_the_link_that_shows_does_not_answer(client, finished):
    assert client.get(page("reality", finished, share=True)).status_code == 404


def test_a_forged_form_is_refused(finished, client):
    client.handler.enforce_csrf_checks = True

    assert client.post(page("reality", finished), {"skip": "1"}).status_code == 403


# Constraints


@pytest.mark.parametrize(
    "wrong", [{"order": 0}, {"answer": "maybe"}, {"order": 1}], ids=["order", "answer", "twice"]
)
def test_the_database_refuses_what_cannot_be(finished, wrong):
    version = finished.profession.guide.published_version
    SelfCheck.objects.create(session=finished, version=version, order=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        SelfCheck.objects.create(**({"session": finished, "version": version, "order": 2} | wrong))


def test_what_was_said_is_erased_with_the_session(finished):
    said(finished, "yes")

    actions.erase(token=finished.edit_token)

    assert not SelfCheck.objects.exists()


def test_consent_to_research_does_not_keep_it(finished):
    said(finished, "yes")
    actions.leave_to_research(token=finished.edit_token, consents=True)
    QuizSession.objects.update(erase_on=finished.started_at.date())

    tasks.erase_sessions.call()

    assert not QuizSession.objects.exists()
    assert not SelfCheck.objects.exists()


# The two results


def main_of(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_interests_and_reality_are_two_results(client, finished):
    said(finished, *SelfCheckAnswer.values)

    response = client.get(page("result", finished))

    html = main_of(response)
    found = compatibility_result.of(finished)
    assert html.index('id="interests"') < html.index('id="reality"')
    assertContains(response, found.band)
    assertContains(response, found.match.interval)
    assert "%" not in re.sub(r"<[^>]*>", "", html)
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_who_likes_it_is_near_and_gets_no_alternatives(client, finished):
    said(finished)

    found = compatibility_result.of(finished)

    assert not found.is_low
    assert found.alternatives == []
    assert 0 <= found.low <= found.value <= found.high <= 100
    assertNotContains(client.get(page("result", finished)), 'id="alternatives"')


def test_who_likes_other_things_gets_three_nearer_ones(client, nurse):
    session = take(begun(client, nurse), likes="R")
    said(session)

    response = client.get(page("result", session))

    found = compatibility_result.of(session)
    assert found.is_low
    assert len(found.alternatives) == 3
    assert nurse.pk not in {match.pk for match in found.alternatives}
    for match in found.alternatives:
        assert match.rank < found.match.rank
        assertContains(response, match.url)
    assert found.match.friction.url.startswith(nurse.get_absolute_url())


def test_the_result_is_stored_once(client, finished):
    said(finished)
    client.get(page("result", finished))
    snapshot = Report.objects.get(session=finished).snapshot

    InterestProfileFactory._meta.model.objects.update(social=1)
    client.get(page("result", finished, share=True))

    assert Report.objects.get(session=finished).snapshot == snapshot


def test_the_same_answers_make_the_same_findings(finished):
    assert compatibility_result.find(finished) == compatibility_result.find(finished)


def test_the_link_that_shows_reads_all_and_changes_nothing(client, finished):
    said(finished, "yes", "no")

    response = client.get(page("result", finished, share=True))

    assertContains(response, 'id="reality"')
    assertNotContains(response, finished.edit_token)
    assertNotContains(response, reverse("quiz:reality", args=[finished.share_token]))


def test_the_link_that_shows_waits_for_nobody(client, finished):
    response = client.get(page("result", finished, share=True))

    assertContains(response, 'id="interests"')
    assertNotContains(response, 'id="reality"')


def test_a_profession_hidden_since_is_told(client, finished):
    finished.profession.is_listed = False
    finished.profession.save()

    assert client.get(page("result", finished)).status_code == 404

    finished.profession.is_listed = True
    finished.profession.save()
    said(finished)
    client.get(page("result", finished))
    finished.profession.is_listed = False
    finished.profession.save()

    response = client.get(page("result", finished))

    assertNotContains(response, finished.profession.get_absolute_url())


def test_it_reads_in_the_language_of_the_page(client, finished):
    said(finished, "no")

    with translation.override("en"):
        response = client.get(page("result", finished))

    assertContains(response, "Reality of the job")
    assertContains(response, '<span lang="fr">Aimez-vous la nuit')


@pytest.mark.parametrize("likes", ["S", "R"])
def test_a_result_costs_few_queries(client, nurse, django_assert_max_num_queries, likes):
    session = take(begun(client, nurse), likes)
    said(session, "yes", "no", "depends")
    client.get(page("result", session))

    with django_assert_max_num_queries(14):
        client.get(page("result", session))
