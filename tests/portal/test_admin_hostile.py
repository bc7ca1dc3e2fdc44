"""What editors may send, by mistake or not, in the forms of the back office."""

import pytest

from tests.portal.accounts.factories import UserFactory
from tests.portal.back_office import MAKE, READ_ONLY, each_model, url

pytestmark = pytest.mark.django_db

TYPED = {
    "letters": "zzz",
    "NUL": "\0",
    "NUL and a number": "1\0",
    "too large": "9" * 30,
    "below": "-1",
    "fraction": "1.5",
}


def every_field(context, value):
    """A form of the back office with a row in each table, the same value in every field."""
    forms = [context["adminform"].form]
    data = {}
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        data |= {f"{formset.prefix}-TOTAL_FORMS": 1, f"{formset.prefix}-INITIAL_FORMS": 0}
        first = formset.empty_form
        first.prefix = f"{formset.prefix}-0"
        forms.append(first)
    return data | {form.add_prefix(name): [value] for form in forms for name in form.fields}


@each_model
def test_no_value_of_any_field_breaks_a_form(client, model):
    client.force_login(UserFactory(admin=True))
    pages = [url(model, "change", MAKE[model]().pk)]
    if model not in READ_ONLY:
        pages.append(url(model, "add"))

    for page in pages:
        context = client.get(page).context
        for name, value in TYPED.items():
            response = client.post(page, every_field(context, value))
            assert response.status_code in {200, 302, 403}, (page, name)
