from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains


def test_the_quiz_is_announced_and_not_faked(client):
    response = client.get(reverse("quiz:start"))

    assertContains(response, "30")
    assertNotContains(response, 'type="radio"')
