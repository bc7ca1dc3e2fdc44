"""Going through the quiz about one profession, for tests."""

from django.urls import reverse

from quiz import actions, reality
from quiz.models import QuizSession
from tests.quiz.shipped import HERE


def begin_url(profession):
    return reverse("compatibility:begin", args=[profession.slug])


def begun(client, profession, **values):
    response = client.post(begin_url(profession), {"language": "fr"} | values, headers=HERE)
    assert response.status_code == 302, response.content.decode()
    return QuizSession.objects.latest("pk")


def take(session, likes="S", others=1):
    """Answer all items: those of one interest with 5, the others with `others`."""
    while session.next_item:
        value = 5 if session.next_item.dimension == likes else others
        session = actions.answer(token=session.edit_token, item=session.next_item.key, value=value)
    return session


def page(name, session, share=False):
    token = session.share_token if share else session.edit_token
    return reverse(f"quiz:{name}", args=[token])


def said(session, *answers):
    """Answer the statements, the first ones with `answers`."""
    reality.answer(
        token=session.edit_token,
        version=session.profession.guide.published_version_id,
        answers=dict(enumerate(answers, start=1)),
    )
