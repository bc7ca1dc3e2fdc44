"""Dates in Dutch as Belgium writes them; the rest is Django's."""

SHORT_DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "j F Y, H:i"
