"""The list of offers as its page shows it: facets, chips, links, cards, ways to find more."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.offers import cards, cursors, kept_cards, names, pay, search
from careers.offers.enums import WorkLanguage
from careers.offers.fields import LANGUAGES, LEVELS
from careers.offers.filters import UNITS, VIEWS, JobOfferFilterSet, since_label
from careers.offers.gauge import Gauge
from careers.offers.search.names import resolve
from careers.offers.search.query import DAYS
from careers.offers.unknown import UnknownPlace, unknown_place
from careers.professions.enums import Period
from careers.professions.models import Profession
from careers.professions.similar import similar_to
from careers.zones import places
from portal import words
from portal.facets import Facet, Option
from portal.numbers import money, number_text
from portal.query import LONGEST_SHOWN

# How many options of a long facet stand before "Show more".
FOLDED = {"contract": 5, "province": 5, "sector": 5, "hours": 4, "level": 4}
# What no link to another list takes along: the place in this one, and how a text was read.
DROPPED = ["after", "before", "read"]
MOST_WIDER = 8


def counted(number: int) -> str:
    return ngettext("%(count)s offer", "%(count)s offers", number) % {"count": number_text(number)}


def place_label(filterset: JobOfferFilterSet) -> str:
    """ "Liège", "Liège, 25 km around"; the name as the page writes it."""
    name = filterset.place.label if filterset.place else ""
    if km := filterset.radius.km:
        return _("%(place)s, %(km)s km around") % {"place": name, "km": km}
    return name


class Listing:
    """A filter set and the links of its page; all lead to the one list of all offers."""

    def __init__(self, filterset: JobOfferFilterSet) -> None:
        self.filterset = filterset
        self.data = filterset.told
        self.list_url = reverse("offers:list")

    # Links

    def changed(self, **values: Any) -> QueryDict:
        """The query of this list with other values; None takes a parameter away."""
        query = self.data.copy()
        for name in DROPPED:
            query.pop(name, None)
        for name, value in values.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return query

    def without(self, name: str, value: str | None = None) -> QueryDict:
        """The query without a filter, or without one of its values, and what hangs on it."""
        rest = [item for item in self.data.getlist(name) if value is not None and item != value]
        query = self.changed(**{name: None})
        if rest:
            query.setlist(name, rest)
        for other in {"where": ["radius"], "q": ["plain", "exact"]}.get(name, []):
            query.pop(other, None)
        return query

    def url(self, query: QueryDict) -> str:
        return f"{self.list_url}?{query.urlencode()}" if query else self.list_url

    def way(self, label: str, query: QueryDict) -> dict[str, Any]:
        """A link with the number of offers it leads to."""
        count = JobOfferFilterSet(query).count()
        return {"label": label, "url": self.url(query), "count": count}

    @property
    def clear_url(self) -> str:
        """The whole list, shown as now."""
        query = QueryDict(mutable=True)
        for name in ("unit", "view"):
            if name in self.data:
                query[name] = self.data[name]
        return self.url(query)

    @property
    def views(self) -> list[dict[str, Any]]:
        """The ways to see the list, with the same filters."""
        return [
            {
                "label": label,
                "url": self.url(self.changed(view=None if name == "list" else name)),
                "current": self.filterset.view == name,
                "count": None,
            }
            for name, label in VIEWS
        ]

    @property
    def units(self) -> list[dict[str, Any]]:
        """The units of pay; a minimum asked for is brought to the other."""
        asked, current = self.filterset.asked.get("pay"), self.filterset.unit
        links = []
        for unit, label in UNITS:
            wanted = asked
            if asked and unit != current:
                monthly = self.filterset.monthly_pay or 0
                wanted = pay.a_year(monthly) if unit == Period.YEAR else monthly
            query = self.changed(unit=None if unit == Period.MONTH else unit, pay=wanted)
            links.append({"label": label, "url": self.url(query), "current": unit == current})
        return links

    @property
    def sort_choices(self) -> list[tuple[str, Any]]:
        """The orders; the default has no value, so that it may be another for other words."""
        (_default, label), *others = self.filterset.sort_choices
        return [("", label), *others]

    @property
    def sort(self) -> str:
        default = self.filterset.sort_choices[0][0]
        return "" if self.filterset.sort == default else self.filterset.sort

    @property
    def factor(self) -> str:
        """The months of pay that a year is taken to have."""
        return number_format(pay.MONTHS_A_YEAR)

    # The page

    @property
    def feed_url(self) -> str:
        """The newest of these offers as a feed."""
        query = self.changed(sort=None, view=None)
        return f"{reverse('offers:feed')}{'?' if query else ''}{query.urlencode()}"

    @property
    def title(self) -> str:
        """What the list holds, in words."""
        labels = ", ".join(str(item["label"]) for item in self.active)
        return _("Job offers: %(filters)s") % {"filters": labels} if labels else _("Job offers")

    @cached_property
    def total(self) -> str:
        return counted(self.filterset.answer.total)

    @cached_property
    def cards(self) -> list[cards.Card]:
        filterset = self.filterset
        return cards.cards(filterset.answer.ids, unit=filterset.unit, distances=filterset.distances)

    @cached_property
    def cards_for_anybody(self) -> list[str]:
        """The same as HTML, without what this visitor alone sees."""
        filterset, place = self.filterset, self.filterset.place
        return kept_cards.cards(
            filterset.answer,
            unit=filterset.unit,
            distances=filterset.distances,
            near=(place.kind, place.key) if place and filterset.distances else None,
        )

    @property
    def previous_url(self) -> str:
        return self._page_url("before", self.filterset.answer.previous)

    @property
    def next_url(self) -> str:
        return self._page_url("after", self.filterset.answer.following)

    def _page_url(self, name: str, cursor: Any) -> str:
        if cursor is None:
            return ""
        signed = cursors.text(cursor, self.filterset.sort)
        return self.url(self.changed(**{name: signed}))

    @property
    def first_url(self) -> str:
        """The first page, where this is another."""
        return self.url(self.changed()) if self.filterset.cursor else ""

    # The panel

    @cached_property
    def facets(self) -> list[Facet]:
        """The facets of the panel with their counts."""
        return [self._facet(name) for name in self.filterset.facet_names]

    def _facet(self, name: str) -> Facet:
        field, chosen = self.filterset.filters[name], self.filterset.chosen[name]
        options = [
            Option(value, label, self._count(name, value), value in chosen)
            for value, label in self._labels(name).items()
        ]
        if name == "since":
            return Facet(name, field.label, [self._always(), *options], kind="radio")
        last = max((i for i, option in enumerate(options, 1) if option.checked), default=0)
        shown = max(FOLDED.get(name, 0), last)
        folds = name in FOLDED and shown < len(options)
        return Facet(name, field.label, options, shown if folds else 0)

    def _labels(self, name: str) -> dict[str, Any]:
        if name == "since":
            return {str(days): since_label(days) for days in DAYS}
        return dict(self.filterset.filters[name].extra["choices"])

    def _count(self, name: str, value: str) -> int:
        key = str(names.sectors()[value].pk) if name == "sector" else value
        return self.filterset.answer.counts.get(name, {}).get(key, 0)

    def _always(self) -> Option:
        """Offers of any day: one of them is always chosen."""
        filterset = self.filterset
        count = filterset.answer.total
        if filterset.chosen["since"]:
            chosen = tuple(item for item in filterset.query.chosen if item[0] != "since")
            count = search.count(replace(filterset.query, chosen=chosen))
        return Option("", _("Any time"), count, not filterset.chosen["since"])

    @property
    def languages(self) -> list[dict[str, Any]]:
        """What the visitor speaks: one choice a language."""
        said = self.filterset.languages
        return [
            {
                "name": code,
                "label": WorkLanguage(code).label,
                "options": [
                    {
                        "value": name,
                        "label": name if level else _("Not at all"),
                        "chosen": said.get(code) == level,
                    }
                    for name, level in LEVELS.items()
                ],
            }
            for code in LANGUAGES
        ]

    @property
    def radii(self) -> list[dict[str, Any]]:
        """The distances around the place."""
        current = self.filterset.radius.km
        return [{"value": km, "chosen": km == current} for km in places.RADII]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along unseen."""
        names = ["profession", "employer", "unit", "view"]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    # Chips

    @cached_property
    def active(self) -> list[dict[str, Any]]:
        """What narrows the list: its label and the address without it."""
        return [
            {"label": label, "url": self.url(query), "query": query}
            for label, query in self._filters()
        ]

    def _filters(self) -> list[tuple[str, QueryDict]]:
        filterset = self.filterset
        found: list[tuple[str, QueryDict]] = []
        if filterset.words:
            label = _("“%(words)s”") % {"words": self.repaired or filterset.text[:LONGEST_SHOWN]}
            found.append((label, self.without("q")))
        for slug, row in filterset.professions.items():
            found.append((row.name, self.without("profession", slug)))
        for employer in filterset.employers:
            found.append((employer.name, self.without("employer", employer.slug_fr)))
        if filterset.place:
            found.append((place_label(filterset), self.without("where")))
        for name, values in filterset.chosen.items():
            labels = self._labels(name)
            found += [(str(labels[value]), self.without(name, value)) for value in values]
        if filterset.monthly_pay:
            found.append((self._pay_label(), self.without("pay")))
        for code, level in filterset.languages.items():
            found.append((language_label(code, level), self.without(code)))
        return found

    def _pay_label(self) -> str:
        return _("at least %(amount)s %(period)s") % {
            "amount": money(self.filterset.asked["pay"]),
            "period": Period(self.filterset.unit).label,
        }

    # What was understood

    @cached_property
    def unknown_place(self) -> UnknownPlace | None:
        """The place that was typed, where none is known by that name."""
        return unknown_place(
            self.filterset.where, lambda text: self.url(self.changed(where=text, radius=None))
        )

    @property
    def read(self) -> str:
        """The text whose words were read as filters."""
        return self.data.get("read", "")[: words.LONGEST_QUERY] if self.active else ""

    @property
    def plain_url(self) -> str:
        """The search of these words as they are."""
        query = QueryDict(mutable=True)
        query["q"], query["plain"] = self.read, "1"
        return self.url(query)

    @property
    def repaired(self) -> str:
        """The words that were sought instead of misspelt ones; "" where all were known."""
        filterset = self.filterset
        return " ".join(filterset.words) if filterset.words != filterset.typed else ""

    @property
    def exact_url(self) -> str:
        """The search of the words as they are spelt."""
        return self.url(self.changed(exact=1))

    @cached_property
    def gauge(self) -> Gauge | None:
        """What the languages that are said are enough for; None where none is."""
        query = self.filterset.query
        return Gauge(query, self.changed()) if query.languages else None

    # Nothing found

    @cached_property
    def wider(self) -> list[dict[str, Any]]:
        """Searches that ask for less and find something, largest first."""
        ways = [*self._larger(), *[self._without(item) for item in self.active[:MOST_WIDER]]]
        return sorted((way for way in ways if way["count"]), key=lambda way: -way["count"])

    def _larger(self) -> Iterator[dict[str, Any]]:
        """The least larger distance around the place that finds something."""
        now = self.filterset.radius.km or 0
        for km in places.RADII if self.filterset.is_somewhere else ():
            if km > now:
                way = self.way(_("%(km)s km around") % {"km": km}, self.changed(radius=km))
                yield way
                if way["count"]:
                    return

    def _without(self, item: dict[str, Any]) -> dict[str, Any]:
        return self.way(_("without %(filter)s") % {"filter": item["label"]}, item["query"])

    @cached_property
    def related(self) -> list[dict[str, Any]]:
        """The professions close to the one that is sought which have offers, with all else."""
        wanted = self._profession_sought()
        if wanted is None:
            return []
        query = self.changed(q=None, profession=None)
        answer = search.search(JobOfferFilterSet(query).query, size=1, facets=["profession"])
        found = answer.counts.get("profession", {})
        links = []
        for item in similar_to(wanted):
            if count := found.get(str(item.profession.pk)):
                query["profession"] = item.profession.slug
                links.append(
                    {"label": item.profession.title, "url": self.url(query), "count": count}
                )
        return links

    def _profession_sought(self) -> Profession | None:
        """The profession that is chosen, or whose name holds the words."""
        filterset = self.filterset
        pks = {row.pk for row in filterset.professions.values()}
        if not pks and filterset.words:
            pks = set.intersection(*[{*word.professions} for word in resolve(filterset.words)])
        return Profession.objects.listed().filter(pk__in=pks).order_by("pk").first()


def language_label(code: str, level: int) -> str:
    """ "Dutch: B1"."""
    name = next(name for name, number in LEVELS.items() if number == level)
    text = _("not at all") if level == 0 else name
    return _("%(language)s: %(level)s") % {"language": WorkLanguage(code).label, "level": text}
