import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quiz import actions
from quiz.models import ClassGroup, QuizSession
from tests.quiz.answered import CARING, MAKING, finished
from tests.quiz.days import on_day
from tests.quiz.factories import ClassGroupFactory
from tests.quiz.shipped import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NEW = "quiz:class"


@pytest.fixture
def group():
    return ClassGroupFactory()


def desk(group):
    return reverse("quiz:class_desk", args=[group.desk_token])


def pupils(group, count, likes=CARING):
    return [finished(likes, class_code=group.code) for _pupil in range(count)]


def test_a_class_is_made_without_a_name_or_a_cookie():
    client = Client(headers=HERE)
    page = client.get(reverse(NEW))
    assertContains(page, "never the answers or the result of one")
    assertContains(page, "can guess from the means roughly what attracts the fifth")

    response = client.post(reverse(NEW))

    group = ClassGroup.objects.get()
    assertRedirects(response, desk(group), fetch_redirect_response=False)
    assert group.language == "en"
    assert not client.cookies


def test_no_other_site_makes_classes():
    for headers in [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}]:
        assert Client(headers=headers).post(reverse(NEW)).status_code == 403
    assert not ClassGroup.objects.exists()


def test_a_connection_makes_only_so_many_classes(settings):
    settings.ACCOUNT_RATE_LIMITS = {"make_class": "1/h/ip"}
    client = Client(headers=HERE)
    client.post(reverse(NEW))

    response = client.post(reverse(NEW))

    assertContains(response, "Too many classes at once", status_code=429)
    assert ClassGroup.objects.count() == 1


def test_the_desk_shows_the_code_and_where_pupils_use_it(client, group):
    response = client.get(desk(group))

    address = f"http://testserver{reverse('quiz:start')}?classe={group.code}"
    assertContains(response, f"<span>{group.code[:4]}</span><span>{group.code[4:]}</span>")
    assertContains(response, f'<strong class="share-address">{address}</strong>')
    assertContains(response, '<svg role="img" aria-label="Code that opens the quiz')
    page = client.get(address)
    assertContains(page, f'value="{group.code}"')


def test_a_class_of_four_shows_nothing_and_says_why(client, group, nurse):
    pupils(group, 4)

    response = client.get(desk(group))

    assertContains(response, "once 5 pupils have finished")
    assertContains(response, "what a single pupil answered")
    assertNotContains(response, "class-interests")


def test_a_class_of_five_shows_means_and_a_table(client, group, nurse):
    pupils(group, 5)

    response = client.get(desk(group))

    assertContains(response, "Means of the 5 pupils")
    assertContains(response, 'id="class-interests-title"')
    assertContains(response, "<table")


def test_the_sixth_pupil_changes_nothing(client, group, nurse):
    pupils(group, 5)
    before = client.get(desk(group)).context["bars"]

    pupils(group, 1, MAKING)
    response = client.get(desk(group))

    assertContains(response, "Means of the 5 pupils")
    assert response.context["bars"] == before


def test_the_desk_tells_nothing_of_a_pupil(client, group, nurse):
    sessions = pupils(group, 5)

    page = client.get(desk(group)).content.decode()

    for session in sessions:
        assert session.edit_token not in page
        assert session.share_token not in page


@pytest.mark.parametrize("count", [0, 5, 10])
def test_the_desk_costs_three_queries(client, group, nurse, count, django_assert_num_queries):
    pupils(group, count)

    with django_assert_num_queries(3 if count else 2):  # the class; who is counted, their means
        client.get(desk(group))


def test_a_deleted_class_is_gone_and_its_pupils_keep_their_results(client, group, nurse):
    [pupil] = pupils(group, 1)

    response = client.post(desk(group), follow=True)

    assertContains(response, "The class is deleted")
    assert client.get(desk(group)).status_code == 404
    assert QuizSession.objects.get() == pupil
    assert client.get(reverse("quiz:result", args=[pupil.edit_token])).status_code == 200
    with pytest.raises(actions.NoSuchClass):
        actions.start(language="en", class_code=group.code)


def test_only_the_desk_deletes_its_class(group):
    response = Client(enforce_csrf_checks=True).post(desk(group))
    by_code = Client().post(reverse("quiz:class_desk", args=[group.code]))

    assert (response.status_code, by_code.status_code) == (403, 404)
    assert ClassGroup.objects.exists()


@pytest.mark.parametrize("token", ["", "\0", "\ud800", "unknown"])
def test_what_is_no_link_finds_no_class(group, token):
    assert not ClassGroup.objects.linked(token).exists()
    assert ClassGroup.objects.linked(group.desk_token).get() == group


def test_the_desk_says_its_last_day_and_is_gone_on_it(client, group):
    assertContains(client.get(desk(group)), f"{group.expires_on.day} ")

    with on_day(30):
        assert client.get(desk(group)).status_code == 404
