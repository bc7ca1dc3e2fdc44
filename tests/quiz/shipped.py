"""The shipped items and answers in the database, and a way through a quiz made of them."""

from functools import cache

from django.urls import reverse
from justhtml import JustHTML

from portal.fields import LANGUAGE_CODES
from portal.imports.files import read_yaml
from portal.management.commands.load_content import CONTENT
from quiz.enums import ItemStatus
from quiz.models import Item, ScalePoint
from tests.careers.professions.factories import InterestProfileFactory

HERE = {"Sec-Fetch-Site": "same-origin"}
START = {"study_level": "any", "situation": "", "language": "en", "class_code": ""}


@cache
def shipped(name):
    """The values of the records of a shipped file; read once, as reading takes long."""
    return [record.values for record in read_yaml(CONTENT / name)]


def load_bank():
    """All items and answers, and professions enough for a quiz."""
    Item.objects.bulk_create(
        Item(
            key=values["key"],
            dimension=values["dimension"],
            facet=values["facet"],
            status=ItemStatus.ACTIVE,
            **texts("text", values["text"]),
        )
        for values in shipped("quiz_items.yaml")
    )
    ScalePoint.objects.bulk_create(
        ScalePoint(value=values["value"], **texts("label", values["label"]))
        for values in shipped("quiz_scale.yaml")
    )
    InterestProfileFactory(realistic=7, social=1)
    return InterestProfileFactory(realistic=2, social=7, artistic=3).profession


def texts(name, languages):
    return {f"{name}_{code}": languages[code] for code in LANGUAGE_CODES}


def page_of(session, name="question"):
    return reverse(f"quiz:{name}", args=[session.edit_token])


def send(client, session, value="4", item=None, **more):
    """Answer a question as the page does: the one that waits, unless said."""
    item = item or session.next_item.key
    given = dict(session.answers.values_list("item__key", "value"))
    before = (given[item] or "skip") if item in given else ""
    data = {"item": item, "value": value, "before": before} | more
    return client.post(page_of(session), data)


def begin(client, **data):
    return client.post(reverse("quiz:start"), START | data)


def shown(response, selector):
    found = JustHTML(response.content, sanitize=False).query(selector)
    return " ".join(found[0].to_text().split()) if found else None
