"""The rows of a short list of offers, for pages of other nouns."""

from careers.offers.models import JobOffer
from portal.fields import current_language

# Written out: pages ask for it every second, and building such queries took longer than all else.
ROWS = """
    SELECT offer.id, offer.title, offer.language, offer.contract, offer.pay_is_not_given,
        offer.pay_min, offer.pay_max, offer.pay_period, offer.pay_is_gross,
        employer.name AS employer_name, employer.is_example,
        ARRAY(
            SELECT COALESCE(NULLIF(town.name_{language}, ''), town.name_fr)
            FROM offers_offerplace place
            JOIN zones_municipality town ON town.id = place.municipality_id
            WHERE place.offer_id = offer.id
            ORDER BY place.id
        ) AS towns
    FROM offers_joboffer offer
    JOIN offers_employer employer ON employer.id = offer.employer_id
    WHERE offer.id = ANY(%s)"""


def rows(ids: list[int]) -> list[JobOffer]:
    """These offers in this order, each with `employer_name`, `is_example` and `towns` (names).

    One query, and no other columns than a row shows; what is gone is left out.
    """
    if not ids:
        return []
    found = JobOffer.objects.raw(ROWS.format(language=current_language()), [ids])
    by_id = {offer.pk: offer for offer in found}
    return [by_id[pk] for pk in ids if pk in by_id]
