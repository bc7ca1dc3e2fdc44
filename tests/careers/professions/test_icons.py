import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.careers.professions.factories import CriterionFactory, SectorFactory
from tests.portal.accounts.factories import UserFactory
from tests.portal.pages import fields

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [SectorFactory, CriterionFactory])
def test_an_icon_that_does_not_exist_is_refused(client, make):
    client.force_login(UserFactory(editor=True))
    row = make()
    page = reverse(f"admin:professions_{row._meta.model_name}_change", args=[row.pk])
    form = fields(client.get(page), f"{row._meta.model_name}_form")

    refused = client.post(page, form | {"icon": "../usine"})
    saved = client.post(page, form | {"icon": "factory"})

    assertContains(refused, "../usine")
    assert "icon" in refused.context["adminform"].errors
    assert saved.status_code == 302
