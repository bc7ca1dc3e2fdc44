"""The newest offers of any search, for feed readers."""

import re
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, QueryDict
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from careers.offers.cards import Card
from careers.offers.filters import JobOfferFilterSet
from careers.offers.listing import Listing
from careers.offers.search.query import Sort

# Characters that XML cannot hold, in what a visitor typed or an import brought.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class OfferFeed(Feed):
    """The parameters are those of the list; the order is always by date."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Listing:
        query = QueryDict(mutable=True)
        query.update(request.GET)
        for name in ("after", "before", "view"):
            query.pop(name, None)
        query["sort"] = Sort.DATE
        return Listing(JobOfferFilterSet(query))

    def title(self, listing: Listing) -> str:
        return NOT_IN_XML.sub("", listing.title)

    def subtitle(self, listing: Listing) -> str:
        return listing.total

    def link(self, listing: Listing) -> str:
        return listing.url(listing.changed(sort=None))

    def feed_url(self, listing: Listing) -> str:
        return listing.feed_url

    def items(self, listing: Listing) -> list[Card]:
        return listing.cards

    def item_title(self, card: Card) -> str:
        return NOT_IN_XML.sub("", card.offer.title)

    def item_description(self, card: Card) -> str:
        employer = card.offer.employer
        lines = [employer.name, card.places, card.pay or _("Pay not given"), *card.facts]
        if employer.is_example:
            lines.insert(0, _("Example"))
        return NOT_IN_XML.sub("", " · ".join(str(line) for line in lines))

    def item_link(self, card: Card) -> str:
        return card.offer.get_absolute_url()

    def item_pubdate(self, card: Card) -> Any:
        return card.offer.published_at

    def item_updateddate(self, card: Card) -> Any:
        return card.offer.published_at
