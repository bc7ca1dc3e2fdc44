import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.articles.models import Article
from careers.professions.models import Guide, Profession
from careers.schools.models import School
from careers.zones.models import Zone
from portal import history
from portal.accounts.models import User
from portal.accounts.roles import EDITORS
from portal.sources.models import Source
from tests.accessibility import COLOURS, accessibility_faults
from tests.careers.professions.factories import (
    ProfessionFactory,
    full_guide,
)
from tests.portal.accounts.factories import UserFactory
from tests.portal.back_office import (
    LONG,
    MAKE,
    MODELS,
    each_model,
    pages,
    url,
)
from tests.portal.pages import SITE, serve
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


LIST_QUERIES = 20
CHANGE_QUERIES = 12
INLINE_CODE = re.compile(
    rb"<script(?![^>]*\b(src|type=\"application/(ld\+)?json\"))|<style|\s(style|on\w+)="
)


@pytest.fixture
def as_admin(client):
    client.force_login(UserFactory(admin=True))
    return client


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True))
    return client


# Every model


def test_every_registered_model_has_a_factory_here():
    assert set(MODELS) == set(MAKE)


@each_model
def test_pages_open_without_inline_code(as_admin, model):
    for page in pages(MAKE[model]()):
        response = as_admin.get(page)

        assert response.status_code == 200, page
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert not INLINE_CODE.search(response.content), page


@each_model
def test_a_list_can_be_searched(as_admin, model):
    row = MAKE[model]()

    word = str(row).split(":")[0][:12]
    response = as_admin.get(url(model, "changelist"), {"q": word})

    assertContains(response, url(model, "change", row.pk))


@each_model
def test_a_list_costs_the_same_whatever_its_rows(as_admin, model, django_assert_max_num_queries):
    counts = []
    for more in [2, 18]:
        for _row in range(more):
            MAKE[model]()
        as_admin.get(url(model, "changelist"))
        with django_assert_max_num_queries(LIST_QUERIES) as queries:
            as_admin.get(url(model, "changelist"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", [m for m in MODELS if m is not Guide], ids=lambda m: m.__name__)
def test_a_change_page_costs_few_queries(as_admin, model, django_assert_max_num_queries):
    row = MAKE[model]()
    as_admin.get(url(model, "change", row.pk))

    with django_assert_max_num_queries(CHANGE_QUERIES):
        as_admin.get(url(model, "change", row.pk))


@each_model
def test_long_relations_are_searched_not_listed(model):
    model_admin = admin.site._registry[model]
    inlines = [inline(model, admin.site) for inline in model_admin.inlines]
    for page in [model_admin, *inlines]:
        parent = model if page in inlines else None
        relations = {
            field.name
            for field in [*page.model._meta.fields, *page.model._meta.local_many_to_many]
            if field.related_model in LONG - {parent}
            and (not field.many_to_many or field.remote_field.through._meta.auto_created)
            and field.editable
        }
        assert relations <= set(page.autocomplete_fields), page


# Who may enter


def test_a_visitor_is_sent_to_the_sign_in_of_the_site(client):
    response = client.get("/admin/professions/guide/")

    assertRedirects(response, f"{reverse('account_login')}?next=/admin/professions/guide/")


def test_the_admin_has_no_door_of_its_own(client):
    response = client.post("/admin/login/?next=/admin/", {"username": "a", "password": "b"})

    assertRedirects(response, f"{reverse('account_login')}?next=/admin/")


def test_the_sign_in_leads_no_further_than_the_site(client):
    response = client.get("/admin/login/?next=https://evil.example/")

    assertRedirects(response, f"{reverse('account_login')}?next=/admin/")


def test_a_person_who_is_not_staff_is_refused(client):
    client.force_login(UserFactory())

    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/professions/guide/", follow=True).status_code == 403


@each_model
def test_staff_without_rights_sees_nothing(client, model):
    row = MAKE[model]()
    client.force_login(UserFactory(staff=True))

    for page in pages(row):
        assert client.get(page).status_code == 403, page
        assert client.post(page, {"post": "yes"}).status_code == 403, page
    assert type(row).objects.filter(pk=row.pk).exists()


def test_staff_without_rights_cannot_search_relations_or_run_actions(client):
    guide = full_guide()
    client.force_login(UserFactory(staff=True))

    related = {"app_label": "professions", "model_name": "guideitem", "field_name": "criterion"}
    action = {"action": "publish_chosen", "_selected_action": guide.pk}

    assert client.get("/admin/autocomplete/", related).status_code == 403
    assert client.post(url(Guide, "changelist"), action).status_code == 403


@pytest.mark.parametrize("model", [User, Group], ids=lambda model: model.__name__)
def test_an_editor_has_no_right_on_people(as_editor, model):
    for page in pages(MAKE[model]()):
        assert as_editor.get(page).status_code == 403


@pytest.mark.parametrize("model", [Profession, Guide, Source, School, Article, Zone])
def test_an_editor_works_on_the_content(as_editor, model):
    for page in pages(MAKE[model]()):
        assert as_editor.get(page).status_code == 200


def test_only_a_superuser_gives_rights(client):
    clerk = UserFactory(staff=True)
    rights = Permission.objects.filter(codename__in=["view_user", "change_user"])
    clerk.user_permissions.set(rights)
    client.force_login(clerk)

    client.post(
        url(User, "change", clerk.pk),
        {"email": clerk.email, "name": "Nouveau", "is_active": "on", "is_superuser": "on"},
    )

    clerk.refresh_from_db()
    assert clerk.name == "Nouveau"
    assert not clerk.is_superuser


# The start page


def test_the_start_page_shows_what_waits(as_editor, django_assert_max_num_queries):
    guide = full_guide()
    without = ProfessionFactory(name_masculine_fr="apiculteur")
    as_editor.get("/admin/")

    with django_assert_max_num_queries(30):
        response = as_editor.get("/admin/")

    assertContains(response, url(Guide, "change", guide.pk))
    assertContains(response, url(Profession, "change", without.pk))
    assertContains(response, f"{url(Profession, 'changelist')}?missing=nl")
    assertContains(response, reverse("gallery"))


def test_the_start_page_names_who_changed_what(as_editor):
    source = SourceFactory()
    as_editor.post(url(Source, "change", source.pk), {"title": "Statbel", "year": 2024})

    response = as_editor.get("/admin/")

    assertContains(response, '<ul class="recent">')
    assertContains(response, f'<a href="{url(Source, "change", source.pk)}">Statbel</a>', html=True)


# History


def test_the_history_names_the_person_and_the_columns(as_editor):
    source = SourceFactory(title="Avant")
    as_editor.post(url(Source, "change", source.pk), {"title": "Après", "year": 2024})

    response = as_editor.get(url(Source, "history", source.pk))

    assertContains(response, "<del>Avant</del>", html=True)
    assertContains(response, "<ins>Après</ins>", html=True)
    assertContains(response, "Personne")


def test_the_history_of_a_person_holds_no_name():
    person = UserFactory(name="Ada")
    person.is_staff = True
    person.save()

    [change, *_earlier] = history.of(person)

    assert "Ada" not in str(change)


# To the page on the site


def test_a_row_leads_to_its_public_page(as_admin):
    profession = ProfessionFactory()
    here = ContentType.objects.get_for_model(Profession).pk

    response = as_admin.get(f"/admin/r/{here}/{profession.pk}/")

    assertRedirects(
        response,
        f"http://testserver{profession.get_absolute_url()}",
        fetch_redirect_response=False,
    )
    for wrong in ["0", "x", "9" * 30, "not-a-uuid"]:
        assert as_admin.get(f"/admin/r/{here}/{wrong}/").status_code == 404


def test_what_has_no_public_page_is_not_found(as_admin):
    types = ContentType.objects.get_for_models(*apps.get_models(include_auto_created=True))

    for model, content_type in types.items():
        if not hasattr(model, "get_absolute_url"):
            address = f"/admin/r/{content_type.pk}/1/"
            assert as_admin.get(address).status_code == 404, model
    assert as_admin.get("/admin/r/1000000/1/").status_code == 404
    assert as_admin.get("/admin/r/x/1/").status_code == 404


# Accounts


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_account_pages_are_open_to_visitors(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert not INLINE_CODE.search(response.content)


def test_accounts_are_not_open_yet(client):
    response = client.post(reverse("account_signup"), {"email": "a@example.org"})

    assertNotContains(response, 'name="password1"')
    assert not User.objects.exists()


def test_demo_accounts_can_sign_in(client, capsys):
    call_command("demo_accounts")
    call_command("demo_accounts")
    email, password = capsys.readouterr().out.splitlines()[0].split()

    response = client.post(
        f"{reverse('account_login')}?next=/admin/", {"login": email, "password": password}
    )

    assertRedirects(response, "/admin/")
    assert User.objects.count() == 2
    assert Group.objects.get(name=EDITORS).user_set.get().email == email


def test_demo_accounts_do_not_exist_in_production(settings):
    settings.PORTAL_ENV = "production"

    with pytest.raises(CommandError, match="development only"):
        call_command("demo_accounts")

    assert not User.objects.exists()


# In the browser


@pytest.mark.parametrize(("theme", "rules"), [("light", None), ("dark", COLOURS)])
def test_pages_have_no_accessibility_fault(new_context, as_admin, theme, rules):
    guide = full_guide()
    page = new_context(color_scheme=theme).new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
    serve(page, as_admin)

    one_of_each_kind = [
        "/admin/",
        url(School, "changelist"),
        url(School, "add"),
        url(Profession, "change", guide.profession.pk),
        *[url(Guide, kind, guide.pk) for kind in ["change", "delete", "history"]],
        reverse("admin:guide_versions", args=[guide.pk]),
    ]
    for path in one_of_each_kind:
        page.goto(SITE + path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert not complaints, path
        assert accessibility_faults(page, rules) == [], path
        # What the engine itself does is no fault of the page.
        complaints.clear()


def test_account_pages_have_no_accessibility_fault(new_context, client):
    page = new_context().new_page()
    serve(page, client)

    for name in ["account_login", "account_signup", "account_reset_password"]:
        page.goto(SITE + reverse(name))
        assert accessibility_faults(page) == [], name
