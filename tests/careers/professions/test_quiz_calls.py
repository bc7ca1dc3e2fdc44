import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNotContains

from careers.professions import actions
from tests.careers.professions.factories import InterestProfileFactory, full_guide

pytestmark = pytest.mark.django_db


def test_the_quiz_is_called_in_the_head_after_two_blocks_and_at_the_end(client):
    guide = full_guide()
    InterestProfileFactory(profession=guide.profession)
    actions.publish(guide=guide)

    html = client.get(guide.profession.get_absolute_url()).content.decode()

    address = reverse("compatibility:begin", args=[guide.profession.slug])
    around = [
        re.findall(r'id="([a-z-]+)"', before)[-1] for before in html.split(f'href="{address}"')[:-1]
    ]
    assert html.count(f'href="{address}"') == 4
    assert around[1:3] == ["pros-cons-title", "self-checks-title"]
    assert html.index(address) < html.index('class="toc"')
    assert html.rindex(address) > html.rindex('<section class="section"')


def test_a_profession_without_interests_has_no_quiz(client):
    guide = full_guide()
    actions.publish(guide=guide)

    response = client.get(guide.profession.get_absolute_url())

    assertNotContains(response, reverse("compatibility:begin", args=[guide.profession.slug]))
