"""Spares the garbage collector what a web process keeps for good.

Looking through all of it takes about 50 ms, in the middle of somebody's request. What the first
requests load, modules, templates, translations and addresses, stays until the process ends.
"""

import gc
from typing import Any

from django.core.signals import request_finished

# Requests after which nearly all that stays is there.
FIRST = 50


def freeze() -> None:
    """Look through everything a last time, and leave what remains alone from here on."""
    gc.collect()
    gc.freeze()


def freeze_once_warm(after: int = FIRST) -> None:
    """Freeze when this process has answered so many requests."""
    left = after

    def count(**_kwargs: Any) -> None:
        nonlocal left
        left -= 1
        if left <= 0 and request_finished.disconnect(dispatch_uid=count_id):
            freeze()

    count_id = "portal.garbage"
    request_finished.connect(count, weak=False, dispatch_uid=count_id)
