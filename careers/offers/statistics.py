"""The salary observatory: what live offers pay, by profession and area.

An offer counts with the middle of its monthly range, once in each area where it has a place, and
once in the country. A figure exists from FEWEST offers on. Only gross pay for full-time work
counts, under contracts whose pay follows no scale of its own (`OTHER_SCALES`).
"""

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Abs
from django.utils import timezone

from careers.offers.enums import OTHER_SCALES
from careers.offers.models import PayStatistic
from careers.offers.pay import MONTHS_A_YEAR

FEWEST = 5
# Per cent between the median and the guide from which on an editor should look.
FAR = 20
# Any number: whoever holds it is the only one that computes.
REFRESH_LOCK = 715_218

COMPUTE = """
WITH paid AS (
    SELECT offer.id, profession_id, (monthly_low + monthly_high) / 2.0 AS pay, is_example
    FROM offers_joboffer offer JOIN offers_employer employer ON employer.id = offer.employer_id
    WHERE status = 'published' AND closes_on >= %(today)s
        AND monthly_low IS NOT NULL AND profession_id IS NOT NULL
        AND pay_is_gross AND working_time = 'full' AND contract <> ALL(%(other_scales)s)
), placed AS (
    SELECT id, profession_id, pay, is_example, '' AS area FROM paid
    UNION ALL
    SELECT DISTINCT paid.id, profession_id, pay, is_example, coalesce(province.code, region.code)
    FROM paid
    JOIN offers_offerplace place ON place.offer_id = paid.id
    JOIN zones_municipality town ON town.id = place.municipality_id
    LEFT JOIN zones_province province ON province.id = town.province_id
    JOIN zones_region region ON region.id = town.region_id
)
INSERT INTO offers_paystatistic
    (profession_id, area, count, low, median, high, examples, computed_at)
SELECT profession_id, area, count(*),
    percentile_cont(0.25) WITHIN GROUP (ORDER BY pay)::int,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY pay)::int,
    percentile_cont(0.75) WITHIN GROUP (ORDER BY pay)::int,
    count(*) FILTER (WHERE is_example),
    %(now)s
FROM placed GROUP BY profession_id, area HAVING count(*) >= %(fewest)s
"""
# All levels of a guide make one range, each by its newest band; a year counts as months of pay.
COMPARE = """
WITH newest AS (
    SELECT DISTINCT ON (guide_id, level) guide_id,
        CASE period WHEN 'year' THEN %(months)s ELSE 1 END AS months, minimum, maximum
    FROM professions_salaryband
    WHERE country = 'BE' AND currency = 'EUR' AND is_gross AND period IN ('month', 'year')
    ORDER BY guide_id, level, year DESC
), ranges AS (
    SELECT profession_id, min(coalesce(minimum, maximum) / months) AS low,
        max(coalesce(maximum, minimum) / months) AS high
    FROM newest JOIN professions_guide guide ON guide.id = newest.guide_id
    GROUP BY profession_id
)
UPDATE offers_paystatistic live
SET gap = CASE
    WHEN median < ranges.low THEN greatest(-100, round(100 * (median - ranges.low) / ranges.low))
    WHEN median > ranges.high THEN least(999, round(100 * (median - ranges.high) / ranges.high))
    ELSE 0 END
FROM ranges WHERE ranges.profession_id = live.profession_id AND area = ''
"""


@transaction.atomic
def refresh() -> int:
    """Compute all figures anew; how many there are. Two at once wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REFRESH_LOCK])
        cursor.execute("DELETE FROM offers_paystatistic")
        cursor.execute(
            COMPUTE,
            {
                "today": timezone.localdate(),
                "now": timezone.now(),
                "other_scales": [str(contract) for contract in OTHER_SCALES],
                "fewest": FEWEST,
            },
        )
        number = cursor.rowcount
        cursor.execute(COMPARE, {"months": MONTHS_A_YEAR})
    return number


def far_from_guide() -> QuerySet[PayStatistic]:
    """Professions of the country whose guide the live offers contradict, the farthest first."""
    rows = PayStatistic.objects.filter(area="").alias(distance=Abs("gap"))
    return rows.filter(distance__gt=FAR).order_by("-distance", "pk")


def pay_of(profession: int, area: str = "") -> PayStatistic | None:
    """What live offers of a profession pay in an area, else in the country."""
    rows = PayStatistic.objects.filter(profession=profession, area__in={area, ""})
    return rows.order_by("-area").first()


def pay_by_area(profession: int) -> list[PayStatistic]:
    """The figures of a profession: the country first, then the best paying areas."""
    rows = list(PayStatistic.objects.filter(profession=profession))
    return sorted(rows, key=lambda row: (row.area != "", -row.median, row.area))
