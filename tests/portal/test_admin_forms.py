from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth.models import Permission
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from careers.offers.models import JobOffer
from careers.professions.models import Guide, Profession
from careers.schools.models import Programme
from portal.admin_forms import Amount, Sentence
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.professions.factories import full_guide
from tests.portal.accounts.factories import UserFactory
from tests.portal.back_office import url

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("fr", f"3{NBSP}950", "3950"),
        ("fr", f"3{NARROW}950", "3950"),
        ("fr", "3 950,50", "3950.50"),
        ("fr", "3950.00", "3950.00"),
        ("nl", "3.950", "3950"),
        ("nl", "19.5", "19.5"),
        ("de", "1.234.567,89", "1234567.89"),
        ("en", "3,950.50", "3950.50"),
    ],
)
def test_an_amount_is_read_as_the_language_writes_it(language, typed, amount):
    with translation.override(language):
        assert Amount().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["abc", "3,9,5", "1e999", "--1", "NaN"])
def test_what_is_no_amount_is_refused(typed):
    with translation.override("fr"), pytest.raises(forms.ValidationError):
        Amount(max_digits=9).clean(typed)


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("amount", ["3950.00", "19.50", "0.5", "1234567.89"])
def test_an_amount_is_read_as_it_was_shown(language, amount):
    field = Amount()
    with translation.override(language):
        shown = field.prepare_value(Decimal(amount))

        assert field.clean(shown) == Decimal(amount)
        assert not field.has_changed(Decimal(amount), shown)


def test_a_sentence_keeps_no_line_breaks():
    assert Sentence().clean("Vous menez\r\nl’usine.\n") == "Vous menez l’usine."


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(editor=True))
    return client


@pytest.mark.django_db
def test_the_pay_of_an_offer_is_shown_as_people_write_it(as_editor):
    offer = JobOfferFactory(pay_min=3950, pay_max=Decimal("4650.50"), pay_period="month")

    html = as_editor.get(url(JobOffer, "change", offer.pk)).content.decode()

    shown = html.replace(NARROW, " ").replace(NBSP, " ")
    assert 'value="3 950"' in shown
    assert 'value="4 650,50"' in shown


@pytest.mark.django_db
def test_sentences_have_room(as_editor):
    guide = full_guide()

    page = as_editor.get(url(Guide, "change", guide.pk))
    assertContains(page, '<textarea name="tagline_fr"')
    assertContains(page, '<textarea name="hook_nl"')
    page = as_editor.get(url(Profession, "change", guide.profession_id))
    assertContains(page, '<textarea name="definition_fr"')


@pytest.mark.django_db
def test_titles_are_no_sentences_that_need_an_article(as_editor):
    guide = full_guide()
    add = as_editor.get(url(Programme, "add"))
    change = as_editor.get(url(Guide, "change", guide.pk))

    with translation.override("fr"):
        name = Programme._meta.verbose_name
        assert add.context["title"] == translation.gettext("Add: %(name)s") % {"name": name}
        name = Guide._meta.verbose_name
        assert change.context["title"] == translation.gettext("Change: %(name)s") % {"name": name}
    for page in [add, change, as_editor.get(url(Programme, "changelist"))]:
        for unlike_french in ["Ajouter un objet", "Ajout de ", "Modification de ", "Ajouter form"]:
            assertNotContains(page, unlike_french)


@pytest.mark.django_db
def test_who_may_only_look_reads_no_invitation_to_change(client):
    client.force_login(clerk := UserFactory(staff=True))
    clerk.user_permissions.set(Permission.objects.filter(codename="view_joboffer"))

    page = client.get(url(JobOffer, "change", JobOfferFactory().pk))

    with translation.override("fr"):
        name = JobOffer._meta.verbose_name
        assert page.context["title"] == translation.gettext("View: %(name)s") % {"name": name}


@pytest.mark.django_db
def test_the_desk_names_the_employer_of_an_offer(as_editor):
    offer = JobOfferFactory(status="in-review")

    page = as_editor.get("/admin/")

    assertContains(page, f'<span class="quiet">{offer.employer.name}</span>', html=True)
