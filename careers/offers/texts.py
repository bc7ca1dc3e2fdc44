"""What a page says of an offer in words: the mark of its title, its pay."""

import re

from django.utils.translation import gettext as _

from careers.offers import pay
from careers.offers.models import JobOffer
from careers.professions.enums import Period
from portal.numbers import money_range

# How a title says that everybody is meant, in the language of the offer.
EVERYBODY = {"fr": "H/F/X", "nl": "M/V/X", "de": "m/w/x"}
EVERYBODY_ELSEWHERE = "M/F/X"
SAYS_EVERYBODY = re.compile(r"\b[hmfvwxd](\s*/\s*[hmfvwxd]){1,2}\b", re.IGNORECASE)


def title_mark(offer: JobOffer) -> str:
    """The mark beside the title: "H/F/X"; "" where the title carries one itself."""
    if SAYS_EVERYBODY.search(offer.title):
        return ""
    return EVERYBODY.get(offer.language, EVERYBODY_ELSEWHERE)


def pay_text(offer: JobOffer) -> str:
    """The pay as the offer gives it: "€2,500 – €3,000 a month, gross"; "" where it gives none."""
    if offer.pay_is_not_given:
        return ""
    return _("%(amounts)s %(period)s, %(kind)s") % {
        "amounts": money_range(offer.pay_min, offer.pay_max),
        "period": offer.get_pay_period_display(),
        "kind": _("gross") if offer.pay_is_gross else _("net"),
    }


def pay_estimate(offer: JobOffer) -> str:
    """The pay brought to a year, or to a month where it is not given for one; always about."""
    if offer.pay_is_not_given:
        return ""
    if offer.pay_period == Period.MONTH:
        amounts = money_range(*(pay.a_year(end) if end else None for end in monthly(offer)))
        return _("about %(amounts)s a year") % {"amounts": amounts}
    return _("about %(amounts)s a month") % {"amounts": money_range(*monthly(offer))}


def monthly(offer: JobOffer) -> tuple[int | None, int | None]:
    """Lowest and highest pay in whole euros a month, None for an end that is not given."""
    ends = (offer.pay_min, offer.pay_max)
    low, high = (end and pay.a_month(end, offer.pay_period) for end in ends)
    return low, high
