"""Days of people, which summer time makes an hour shorter or longer."""

from datetime import datetime, time, timedelta

import time_machine
from django.utils import timezone


def on_day(number: int) -> time_machine.travel:
    """The clock at noon in Belgium, so many days after today."""
    day = timezone.localdate() + timedelta(days=number)
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))), tick=False)
