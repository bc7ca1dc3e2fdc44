from django.db import models


class BelgianDay(models.Func):
    """The day of a moment in Belgium, fit for a constraint: it depends on no setting."""

    template = "((%(expressions)s) AT TIME ZONE 'Europe/Brussels')::date"
    output_field = models.DateField()
