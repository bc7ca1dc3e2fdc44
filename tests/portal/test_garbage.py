import gc

import pytest
from django.core.signals import request_finished

from portal import garbage

# Django looks after its connections at the end of each request.
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thawed():
    gc.unfreeze()
    yield
    request_finished.disconnect(dispatch_uid="portal.garbage")
    gc.unfreeze()


def test_what_the_first_requests_loaded_is_left_alone():
    garbage.freeze_once_warm(after=2)

    request_finished.send(sender=None)
    assert gc.get_freeze_count() == 0
    request_finished.send(sender=None)
    frozen = gc.get_freeze_count()

    assert frozen > 0
    later = [[] for _ in range(1000)]
    request_finished.send(sender=None)
    # What was frozen may go; nothing is frozen anew.
    assert gc.get_freeze_count() < frozen + len(later)
