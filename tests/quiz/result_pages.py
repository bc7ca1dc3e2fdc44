"""The page of a result as tests read it."""

from django.urls import reverse
from justhtml import JustHTML


def address(session, *, shared=False, query=""):
    token = session.share_token if shared else session.edit_token
    return reverse("quiz:result", args=[token]) + query


def text_of(response):
    return " ".join(JustHTML(response.content, sanitize=False).query("main")[0].to_text().split())


def links(response, selector):
    page = JustHTML(response.content, sanitize=False)
    return [link.attrs["href"] for link in page.query(selector)]
