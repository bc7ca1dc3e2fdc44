import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.professions import actions
from careers.professions.enums import GuideStatus, Section
from careers.professions.models import Guide, GuideItem, GuideVersion
from tests.careers.professions.factories import (
    GuideFactory,
    GuideItemFactory,
    ProfessionFactory,
    SalaryBandFactory,
    full_guide,
    published_guide,
)
from tests.portal.accounts.factories import UserFactory
from tests.portal.pages import fields
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True, name="Édith"))
    return client


def change_url(guide):
    return reverse("admin:professions_guide_change", args=[guide.pk])


def public_url(guide):
    return guide.profession.get_absolute_url()


def open_form(client, guide):
    """The fields of the guide's page, as a browser would send them back."""
    return fields(client.get(change_url(guide)), "guide_form")


def name_of(values, text):
    """The name of the field that holds a text."""
    return next(name for name, value in values.items() if value == text)


def save(client, guide, values, **changes):
    response = client.post(change_url(guide), values | {"_continue": "1"} | changes)
    assert response.status_code == 302, response.context["errors"]
    return response


# An editor's day


def test_an_editor_writes_previews_publishes_compares_and_restores(as_editor):
    guide = full_guide()
    actions.publish(guide=guide)
    preview = reverse("professions:preview", args=[guide.pk])

    values = open_form(as_editor, guide)
    values[name_of(values, "text missions")] = "Piloter trois usines"
    save(as_editor, guide, values)
    assertNotContains(as_editor.get(public_url(guide)), "Piloter trois usines")
    assertContains(as_editor.get(preview), "Piloter trois usines")
    guide.refresh_from_db()
    page = as_editor.get(change_url(guide))
    assert page.context["differs"]

    save(as_editor, guide, values, _step="published", _note="Missions à jour")
    assertContains(as_editor.get(public_url(guide)), "Piloter trois usines")
    version = guide.versions.get(number=2)
    assert (version.author.name, version.note) == ("Édith", "Missions à jour")
    assert not as_editor.get(change_url(guide)).context["differs"]

    compare = reverse("admin:guide_compare", args=[guide.pk])
    compared = as_editor.get(compare, {"before": "1", "after": "2"})
    [block] = compared.context["changes"]
    assert block.title == str(Section.MISSIONS.label)
    assertContains(compared, "<ins>Piloter trois usines</ins>", html=True)

    restore = reverse("admin:guide_restore", args=[guide.pk, 1])
    assertContains(as_editor.get(restore), 'method="post"')
    assertRedirects(as_editor.post(restore), change_url(guide))
    assert GuideItem.objects.get(guide=guide, section=Section.MISSIONS).text_fr == "text missions"
    assertContains(as_editor.get(public_url(guide)), "Piloter trois usines")


def test_saving_an_untouched_page_changes_nothing(as_editor, django_assert_max_num_queries):
    guide = full_guide()
    actions.publish(guide=guide)
    values = open_form(as_editor, guide)

    with django_assert_max_num_queries(60):
        save(as_editor, guide, values)

    assert not as_editor.get(change_url(guide)).context["differs"]


def test_blocks_stand_in_the_order_of_the_page(as_editor):
    response = as_editor.get(change_url(GuideFactory()))

    sections = [
        formset.opts.section
        for formset in response.context["inline_admin_formsets"]
        if hasattr(formset.opts, "section")
    ]
    assert sorted(sections) == sorted(Section)
    assert sections[:2] == [Section.MISSIONS, Section.TOOLS]
    assert sections[-1] == Section.FAQ


def test_a_new_item_comes_last_in_its_section(as_editor):
    guide = GuideFactory()
    GuideItemFactory(guide=guide, order=4, text_fr="Une mission")
    values = open_form(as_editor, guide)
    prefix = name_of(values, "Une mission").rsplit("-", 2)[0]
    new = {
        f"{prefix}-TOTAL_FORMS": "2",
        f"{prefix}-1-text_fr": "Nouvelle mission",
        f"{prefix}-1-order": "0",
    }

    save(as_editor, guide, values | new)

    item = GuideItem.objects.get(text_fr="Nouvelle mission")
    assert (item.section, item.order) == (Section.MISSIONS, 5)


def test_a_section_cannot_be_changed_from_the_browser(as_editor):
    guide = GuideFactory()
    item = GuideItemFactory(guide=guide, text_fr="Une mission")
    values = open_form(as_editor, guide)
    section = name_of(values, "Une mission").replace("text_fr", "section")

    save(as_editor, guide, values, **{section: "faq"})

    item.refresh_from_db()
    assert item.section == Section.MISSIONS


def test_a_rule_of_the_model_is_told_beside_the_row(as_editor):
    guide = GuideFactory()
    SalaryBandFactory(guide=guide, minimum=1234, maximum=2000)
    values = open_form(as_editor, guide)

    response = as_editor.post(
        change_url(guide), values | {name_of(values, "1\N{NO-BREAK SPACE}234"): "9999"}
    )

    assert response.status_code == 200
    assert "salaries" in str(response.context["inline_admin_formsets"][9].formset.prefix)
    assert response.context["errors"]


@pytest.mark.parametrize("rows", [1, 4])
def test_a_guide_page_costs_the_same_whatever_its_rows(
    as_editor, rows, django_assert_max_num_queries
):
    guide = full_guide()
    for _row in range(rows):
        for section in Section:
            GuideItemFactory(guide=guide, section=section, heading_fr="Titre")
        SalaryBandFactory(guide=guide, year=1990 + _row)
    as_editor.get(change_url(guide))

    with django_assert_max_num_queries(42):
        as_editor.get(change_url(guide))


# Steps


def test_a_guide_goes_to_review_and_back(as_editor):
    guide = full_guide()

    for step in [GuideStatus.IN_REVIEW, GuideStatus.DRAFT]:
        save(as_editor, guide, open_form(as_editor, guide), _step=step.value)
        guide.refresh_from_db()
        assert guide.status == step


def test_a_refusal_is_told_and_keeps_the_text(as_editor):
    guide = GuideFactory(introduction_fr="")
    values = open_form(as_editor, guide)

    save(as_editor, guide, values, tagline_fr="Nouvelle phrase", _step="published")

    response = as_editor.get(change_url(guide))
    [message] = response.context["messages"]
    assert message.level_tag == "error"
    guide.refresh_from_db()
    assert (guide.status, guide.tagline_fr) == (GuideStatus.DRAFT, "Nouvelle phrase")


def test_publishing_asks_for_its_own_right(client):
    writer = UserFactory(staff=True)
    rights = ["view_guide", "change_guide"]
    writer.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(writer)
    guide = full_guide()

    page = client.get(change_url(guide))
    values = fields(page, "guide_form")
    refused = client.post(change_url(guide), values | {"_step": "published"})

    assert [step for step, _label in page.context["steps"]] == ["in-review"]
    assert refused.status_code == 403
    assert not GuideVersion.objects.exists()


def test_the_list_publishes_several_and_tells_what_was_refused(as_editor):
    ready, unready = full_guide(), GuideFactory(tagline_fr="")
    chosen = {"action": "publish_chosen", "_selected_action": [ready.pk, unready.pk]}

    response = as_editor.post(reverse("admin:professions_guide_changelist"), chosen, follow=True)

    levels = [message.level_tag for message in response.context["messages"]]
    assert levels.count("error") == 1
    assert list(Guide.objects.filter(status="published")) == [ready]


# Versions


def versions_pages(guide):
    return [
        reverse("admin:guide_versions", args=[guide.pk]),
        reverse("admin:guide_compare", args=[guide.pk]),
        reverse("admin:guide_restore", args=[guide.pk, 1]),
    ]


def test_versions_are_closed_to_staff_without_rights(client):
    guide = published_guide()
    client.force_login(UserFactory(staff=True))

    for page in versions_pages(guide):
        assert client.get(page).status_code == 403
    assert client.post(versions_pages(guide)[2]).status_code == 403


def test_reading_versions_is_not_restoring_them(client):
    guide = published_guide(tagline_fr="Avant")
    Guide.objects.update(tagline_fr="Après")
    reader = UserFactory(staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_guide"))
    client.force_login(reader)

    listed = client.get(versions_pages(guide)[0])
    refused = client.post(versions_pages(guide)[2])

    assertNotContains(listed, versions_pages(guide)[2])
    assert refused.status_code == 403
    guide.refresh_from_db()
    assert guide.tagline_fr == "Après"


def test_the_list_of_versions_loads_one_of_them(as_editor, django_assert_max_num_queries):
    guide = published_guide()
    for _version in range(10):
        actions.publish(guide=guide)
    page = versions_pages(guide)[0]
    as_editor.get(page)

    with django_assert_max_num_queries(40) as queries:
        as_editor.get(page)

    loading = [q["sql"] for q in queries.captured_queries if '"snapshot"' in q["sql"]]
    assert len(loading) == 1
    assert "LIMIT 21" in loading[0]


def test_what_is_compared_at_first_tells_something(as_editor):
    guide = published_guide(tagline_fr="Avant")
    pages = versions_pages(guide)
    alone = as_editor.get(pages[0]).context
    Guide.objects.update(tagline_fr="Après")
    edited = as_editor.get(pages[0]).context
    guide.refresh_from_db()
    actions.publish(guide=guide)

    published = as_editor.get(pages[0])

    assert (alone["before"], alone["after"]) == ("1", "now")
    assert (edited["before"], edited["after"]) == ("1", "now")
    assert (published.context["before"], published.context["after"]) == ("1", "2")
    assertContains(published, " checked>", 2)
    assertContains(as_editor.get(pages[1]), "<ins>Après</ins>", html=True)


def test_amounts_and_messages_are_written_in_the_language_of_the_page(as_editor):
    band = SalaryBandFactory(minimum=5000, maximum=9500)
    open_band = SalaryBandFactory(minimum=1234, maximum=None)
    guide = full_guide()

    save(as_editor, guide, open_form(as_editor, guide), _step="published")

    [message] = as_editor.get(change_url(guide)).context["messages"]
    assert "1" in str(message)
    assert str(guide) in str(message)
    for text, amounts in [(str(band), "5 000–9 500 EUR"), (str(open_band), "1 234–… EUR")]:
        assert text.replace("\N{NO-BREAK SPACE}", " ").endswith(f", {amounts}")


@pytest.mark.parametrize(
    "query", ["", "?before=now&after=now", "?before=999&after=x", "?language=xx", "?before=-1"]
)
def test_any_query_compares_something(as_editor, query):
    guide = published_guide()

    response = as_editor.get(versions_pages(guide)[1] + query)

    assert response.status_code == 200
    assert not response.context["changes"]


def test_a_comparison_escapes_what_it_shows(as_editor):
    guide = published_guide()
    Guide.objects.update(tagline_fr="<script>alert(1)</script>")

    response = as_editor.get(versions_pages(guide)[1], {"before": "1", "after": "now"})

    assertContains(response, "&lt;script&gt;")
    assertNotContains(response, "<script>alert")


def test_a_comparison_counts_what_changed_in_the_other_languages(as_editor):
    guide = published_guide()
    Guide.objects.update(tagline_nl="Een zin.")

    page = versions_pages(guide)[1]
    response = as_editor.get(page, {"before": "1", "after": "now", "language": "nl"})

    assert {tab["code"]: tab["count"] for tab in response.context["tabs"]} == {
        "fr": 0,
        "nl": 1,
        "de": 0,
        "en": 0,
    }
    assertContains(response, "Een zin.")


def test_a_version_that_cites_a_lost_source_cannot_be_restored(as_editor):
    guide = GuideFactory()
    source = SourceFactory()
    band = SalaryBandFactory(guide=guide, source=source)
    actions.publish(guide=guide)
    band.delete()
    source.delete()
    # As when the request's transaction ends.
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    response = as_editor.post(versions_pages(guide)[2], follow=True)

    [message] = response.context["messages"]
    assert message.level_tag == "error"
    assert not guide.salaries.exists()


# Professions


def test_a_profession_leads_to_its_guide_or_to_a_new_one(as_editor):
    without, guide = ProfessionFactory(), GuideFactory()

    def page(profession):
        return as_editor.get(reverse("admin:professions_profession_change", args=[profession.pk]))

    new = f"{reverse('admin:professions_guide_add')}?profession={without.pk}"
    assertContains(page(without), new)
    assertContains(page(guide.profession), change_url(guide))
    assert as_editor.get(new).context["adminform"].form["profession"].value() == str(without.pk)


def test_languages_are_folded_and_say_what_is_missing(as_editor):
    profession = ProfessionFactory(name_masculine_en="baker", name_feminine_en="baker")
    url = reverse("admin:professions_profession_change", args=[profession.pk])

    response = as_editor.get(url)

    headings = [str(fieldset.name) for fieldset in response.context["adminform"]]
    assert "badge-warning" in headings[-1]
    assert ">2 " in headings[-1]
    assert ">4 " in headings[-2]


def test_the_list_finds_the_guides_to_review_again(as_editor):
    old = published_guide(reviewed_on=timezone.localdate().replace(year=2020))
    fresh = published_guide(reviewed_on=timezone.localdate())

    response = as_editor.get(reverse("admin:professions_guide_changelist"), {"review": "old"})

    assertContains(response, change_url(old))
    assertNotContains(response, change_url(fresh))
