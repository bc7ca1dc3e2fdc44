import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains

from careers.professions import actions
from portal.accounts.models import User
from tests.careers.professions.factories import GuideItemFactory, full_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    user = User.objects.create_user(email="editor@example.org", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_guide"))
    return user


@pytest.fixture
def guide():
    return full_guide(" de la préparation")


def preview(client, guide):
    return client.get(reverse("professions:preview", args=[guide.pk]))


def test_an_editor_sees_the_working_copy(client, editor, guide):
    client.force_login(editor)

    response = preview(client, guide)

    assertContains(response, "introduction de la préparation")
    assertContains(response, '<meta name="robots" content="noindex">')


def test_a_change_after_publication_shows_in_the_preview_at_once(client, editor, guide):
    actions.publish(guide=guide)
    client.force_login(editor)
    preview(client, guide)
    GuideItemFactory(guide=guide, text_fr="Tout neuf")

    assertContains(preview(client, guide), "Tout neuf")


def test_a_user_without_the_permission_is_refused(client, guide):
    client.force_login(User.objects.create_user(email="reader@example.org", password="x"))

    assert preview(client, guide).status_code == 403


def test_a_visitor_is_sent_to_the_sign_in(client, guide):
    assert preview(client, guide).status_code == 302


def test_an_unknown_guide_answers_404(client, editor):
    client.force_login(editor)

    assert client.get(reverse("professions:preview", args=[999_999])).status_code == 404
