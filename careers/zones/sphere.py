"""Distances between points given in degrees, on a sphere, in kilometres.

In Python they go by the chord between two unit vectors, in SQL by the haversine formula
(R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984): the same arc. PostgreSQL's
own `earthdistance` is left out: an index on it breaks restores before PostgreSQL 18, and a box of
degrees needs no extension.
"""

from math import asin, cos, degrees, pi, radians, sin

from django.db.models import F, FloatField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cast, Cos, Least, Power, Radians, Sin, Sqrt

# Mean radius of the Earth (IUGG).
RADIUS = 6371.0088
# Far below a metre: a box must not lose by rounding what stands on its edge.
SLACK = 1e-9

Vector = tuple[float, float, float]


def vector(latitude: float, longitude: float) -> Vector:
    """The point as a unit vector."""
    phi, theta = radians(latitude), radians(longitude)
    return cos(phi) * cos(theta), cos(phi) * sin(theta), sin(phi)


def arc(chord: float) -> float:
    """Kilometres along the surface under a chord of the unit sphere."""
    return 2 * RADIUS * asin(min(1.0, chord / 2))


def box(latitude: float, longitude: float, km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box that holds all within `km` of the point.

    The formula is that of J. P. Matuschek, "Finding Points Within a Distance of a
    Latitude/Longitude Using Bounding Coordinates". Not for points near the 180th meridian.
    """
    angle = min(km / RADIUS, pi)
    height = degrees(angle) + SLACK
    south, north = latitude - height, latitude + height
    if south <= -90 or north >= 90:
        return south, north, -180.0, 180.0
    width = degrees(asin(min(1.0, sin(angle) / cos(radians(latitude))))) + SLACK
    return south, north, longitude - width, longitude + width


def sql_distance(latitude: float, longitude: float) -> Combinable:
    """Kilometres from the point to the columns `latitude` and `longitude`, in a query."""
    half_height = _half_sine(F("latitude"), latitude)
    half_width = _half_sine(F("longitude"), longitude)
    here = Cos(Radians(_number(latitude)))
    square = half_height + here * Cos(Radians(F("latitude"))) * half_width
    return _number(2 * RADIUS) * ASin(Least(_number(1.0), Sqrt(square)))


def _number(value: float) -> Cast:
    return Cast(Value(value), FloatField())


def _half_sine(column: Combinable, value: float) -> Combinable:
    return Power(Sin(Radians(column - _number(value)) / 2.0), 2)
