import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.spreadsheets import csv_lines, neutral
from quiz import quality
from quiz.enums import Facet, Interest, ItemStatus, SessionState
from quiz.models import Answer, Item, ModelVersion, QuizSession
from tests.accessibility import accessibility_faults
from tests.portal.accounts.factories import UserFactory
from tests.portal.pages import SITE, serve
from tests.quiz.factories import (
    AnswerFactory,
    ItemFactory,
    ModelVersionFactory,
    QuizSessionFactory,
)

pytestmark = pytest.mark.django_db

QUALITY_QUERIES = 14


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True))
    return client


@pytest.fixture
def as_researcher(client):
    person = UserFactory(staff=True)
    person.user_permissions.add(Permission.objects.get(codename="export_research"))
    client.force_login(person)
    return client


def finish(items, value=4, *, version, **values):
    session = QuizSessionFactory(
        model_version=version,
        state=SessionState.FINISHED,
        finished_at=timezone.now(),
        **values,
    )
    for order, item in enumerate(items, start=1):
        AnswerFactory(session=session, item=item, order=order, value=value)
    return session


@pytest.fixture
def version():
    return ModelVersionFactory(is_current=True)


@pytest.fixture
def items():
    return [ItemFactory(text_nl="Een muur"), ItemFactory(dimension=Interest.SOCIAL, facet="care")]


# Items


def test_an_editor_writes_an_item(as_editor):
    values = {
        **{"key": "paint-wall", "dimension": "R", "facet": Facet.BUILDING},
        **{"status": ItemStatus.DRAFT, "text_fr": "Peindre un mur"},
    }

    response = as_editor.post(reverse("admin:quiz_item_add"), values)

    assert response.status_code == 302, response.context["errors"]
    assertContains(as_editor.get(reverse("admin:index")), "Peindre un mur")


def test_an_item_of_another_facet_is_refused_in_words(as_editor):
    values = {"key": "a", "dimension": "S", "facet": "machines", "status": "draft", "text_fr": "A"}

    response = as_editor.post(reverse("admin:quiz_item_add"), values)

    assert response.status_code == 200
    [[message]] = response.context["errors"]
    assert message


def test_no_item_is_deleted(as_editor, items):
    url = reverse("admin:quiz_item_changelist")

    page = as_editor.get(url)
    response = as_editor.post(reverse("admin:quiz_item_delete", args=[items[0].pk]))
    as_editor.post(url, {"action": "delete_selected", "_selected_action": [items[0].pk]})

    assertNotContains(page, "delete_selected")
    assert response.status_code == 403
    assert Item.objects.count() == 2


def test_rewording_an_answered_item_is_possible_but_said(as_editor, items):
    url = reverse("admin:quiz_item_change", args=[items[0].pk])
    values = {"dimension": "R", "facet": "building", "status": "active", "text_nl": "Een muur"}

    def save(text):
        return as_editor.post(url, values | {"text_fr": text, "_continue": "1"}, follow=True)

    quiet = save("Monter un mur de pierre")
    AnswerFactory(item=items[0])
    told = save("Monter un mur de brique")
    same = save("Monter un mur de brique")

    levels = [[m.level_tag for m in r.context["messages"]] for r in [quiet, told, same]]
    assert [("warning" in tags) for tags in levels] == [False, True, False]


def test_an_answered_item_is_not_deleted(as_editor):
    item = AnswerFactory().item

    as_editor.post(reverse("admin:quiz_item_delete", args=[item.pk]), {"post": "yes"})

    item.refresh_from_db()


# Versions of the model


def test_an_editor_chooses_the_version_of_new_sessions(as_editor, version):
    newer = ModelVersionFactory()
    dutch = ModelVersionFactory(language="nl", is_current=True)

    as_editor.post(
        reverse("admin:quiz_modelversion_changelist"),
        {"action": "use", "_selected_action": [newer.pk]},
    )

    current = ModelVersion.objects.filter(is_current=True)
    assert set(current) == {newer, dutch}


def test_only_the_notes_of_a_version_can_be_edited(as_editor, version):
    QuizSessionFactory(model_version=version)
    url = reverse("admin:quiz_modelversion_change", args=[version.pk])

    form = as_editor.get(url).context["adminform"].form
    as_editor.post(url, {"notes": "Première version", "number": 77, "respondents": 9})

    version.refresh_from_db()
    assert list(form.fields) == ["notes"]
    assert (version.notes, version.respondents) == ("Première version", 0)
    assert version.number != 77


def test_a_used_version_cannot_be_deleted(as_editor, version):
    QuizSessionFactory(model_version=version).delete()
    delete = reverse("admin:quiz_modelversion_delete", args=[version.pk])

    assert as_editor.post(delete, {"post": "yes"}).status_code == 403


# Quality


def test_the_page_says_what_there_is_in_a_fixed_number_of_queries(
    as_editor, version, items, django_assert_max_num_queries
):
    for number in range(6):
        finish(items, version=version, language="nl", is_flagged=number == 0)
    url = reverse("admin:quiz_quality")
    as_editor.get(url)

    with django_assert_max_num_queries(QUALITY_QUERIES):
        response = as_editor.get(url)

    assertContains(response, "3.9 · 3.9 · 3.9" if b"3.9" in response.content else "3,9 · 3,9 · 3,9")
    assertContains(response, items[0].text_fr)
    assert "token" not in response.content.decode().replace("csrfmiddlewaretoken", "")


def test_the_page_opens_before_the_first_session(as_editor):
    response = as_editor.get(reverse("admin:quiz_quality"))

    assertContains(response, "–")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_no_accessibility_fault(new_context, as_editor, version, theme):
    finish_many(200, version)
    page = new_context(color_scheme=theme, viewport={"width": 320, "height": 800}).new_page()
    serve(page, as_editor)

    page.goto(SITE + reverse("admin:quiz_quality"))

    assert accessibility_faults(page) == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


def test_four_people_have_no_figures(version, items):
    for _person in range(4):
        finish(items, version=version)
    assert [line.median for line in quality.item_figures()] == [None, None]

    finish(items, None, version=version)

    [wall, care] = quality.item_figures()
    assert (wall.item, care.item) == tuple(items)
    assert (wall.median, wall.skipped, wall.answers) == (3.9, 0.2, 5)


def test_an_item_is_left_by_those_who_gave_up_with_it_on_their_screen(version, items):
    long_ago = timezone.now() - timedelta(days=2)
    for _person in range(6):
        finish(items[:1], version=version)
    for started_at in [long_ago, long_ago, timezone.now()]:
        QuizSessionFactory(model_version=version, next_item=items[0], started_at=started_at)

    [wall, care] = quality.item_figures()

    assert wall.left == 2 / 8
    assert care.left is None


def finish_many(people, version):
    """People who like or dislike what is realistic, and answer the four items of it alike."""
    cache.clear()
    bank = ItemFactory.create_batch(4)
    sessions = [
        QuizSessionFactory.build(
            model_version=version, state=SessionState.FINISHED, finished_at=timezone.now()
        )
        for _person in range(people)
    ]
    QuizSession.objects.bulk_create(sessions)
    Answer.objects.bulk_create(
        Answer(session=session, item=item, order=order, value=1 + (number + (order == 1)) % 5)
        for number, session in enumerate(sessions)
        for order, item in enumerate(bank, start=1)
        if (number + order) % 3
    )


def test_reliability_is_computed_from_stored_answers_with_gaps(as_editor, version):
    finish_many(200, version)

    response = as_editor.get(reverse("admin:quiz_quality"))

    realistic, *others = response.context["interests"]
    assert realistic.items == 4
    assert 0.6 < realistic.alpha < 1
    assert 0.4 < realistic.split_half < 1
    assert {(line.alpha, line.split_half) for line in others} == {(None, None)}


def test_nothing_is_said_of_reliability_before_enough_have_finished(as_editor, version):
    finish_many(199, version)

    response = as_editor.get(reverse("admin:quiz_quality"))

    assert response.context["interests"] is None
    assertContains(response, "200")


def test_each_language_counts_for_itself(version, items):
    finish(items, version=version, language="nl", consent_research=True)
    finish(items, version=version, language="nl")
    QuizSessionFactory(model_version=version, language="nl")

    french, dutch, *_others = quality.language_figures()

    assert (french.texts, french.started) == (2, 0)
    assert (dutch.texts, dutch.started, dutch.finished, dutch.research) == (1, 3, 2, 1)
    assert dutch.flagged_share is None


def test_the_next_model_is_made_at_200_and_400(version):
    def state(research):
        line = quality.LanguageFigures("fr", "Français", 60, 0, 0, 0, research)
        return quality.calibration([line]).next_step

    assert [state(count) for count in [0, 199, 200, 399, 400]] == [200, 200, 400, 400, None]
    assert quality.calibration([]).current == version


# Research


def rows(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_only_answers_left_to_research_are_exported(as_researcher, version, items):
    finish(items, version=version)
    finish(items, 2, version=version, consent_research=True, study_level="master", language="de")
    QuizSessionFactory(model_version=version, consent_research=True)

    response = as_researcher.get(reverse("admin:quiz_research"))

    assert "attachment" in response["Content-Disposition"]
    assert rows(response) == [
        {
            **{"respondent": "1", "language": "de", "study_level": "master", "item": item.key},
            **{"value": "2", "order": str(order), "milliseconds": "3900"},
        }
        for order, item in enumerate(items, start=1)
    ]


def test_the_number_of_a_respondent_says_nothing(as_researcher, version, items):
    for value in [1, 2, 3, 4, 5] * 4:
        finish(items[:1], value, version=version, consent_research=True)

    exports = [rows(as_researcher.get(reverse("admin:quiz_research"))) for _time in range(3)]

    values = {tuple(row["value"] for row in export) for export in exports}
    assert len(values) > 1
    assert {tuple(row["respondent"] for row in export) for export in exports} == {
        tuple(str(number) for number in range(1, 21))
    }


@pytest.mark.parametrize("page", ["quiz_quality", "quiz_research"])
def test_staff_without_rights_reads_neither(client, page):
    client.force_login(UserFactory(staff=True))

    assert client.get(reverse(f"admin:{page}")).status_code == 403


def test_an_editor_sees_figures_but_exports_nothing(as_editor, version):
    assert as_editor.get(reverse("admin:quiz_research")).status_code == 403
    assertNotContains(as_editor.get(reverse("admin:quiz_quality")), reverse("admin:quiz_research"))


def test_sessions_have_no_page_in_the_back_office(client):
    client.force_login(UserFactory(admin=True))

    for name in ["quizsession", "answer", "report", "classgroup"]:
        assert client.get(f"/admin/quiz/{name}/").status_code == 404


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign):
    [line] = csv_lines([[f"{sign}1+1", -3, None]])

    assert neutral(f"{sign}1") == f"'{sign}1"
    assert line.lstrip('"').startswith("'")
    assert "-3" in line
