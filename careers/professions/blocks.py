"""The blocks of a profession's page; an empty one is neither shown nor announced."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from careers.professions.comparison import comparison_url
from careers.professions.enums import CodeSystem, NameKind
from careers.professions.figures import figure, frequency, salary_series
from careers.professions.page import Context, ProfessionPage
from careers.professions.reading import Row
from careers.professions.similar import by_kind
from portal.explain import Explainer

# What leads to the quiz about the profession, by the block that it follows.
CALLS = {
    "pros-cons": _("Do the good sides weigh more than the hard ones for you?"),
    "self-checks": _("Do these answers fit with what you like to do?"),
}
# How many criteria and neighbours the links to the combination and the comparison take along.
COMBINED = 3
COMPARED = 2

Build = Callable[[ProfessionPage], Context]


@dataclass(frozen=True)
class Block:
    """One section of the page; `language` is set where its texts stand in for a translation.

    `call` is what is said after it to lead to the quiz, "" where nothing is.
    """

    id: str
    label: str
    template: str
    data: Context
    language: str = ""
    call: str = ""


def blocks_of(page: ProfessionPage) -> list[Block]:
    """The blocks with something to show, in their order; each text is told once, in that order."""
    found = []
    for name, label, build, *other in BLOCKS:
        page.tell.languages.clear()
        data = build(page)
        if any(data.values()):
            language = next(iter(page.tell.languages), "")
            file = next(iter(other), name)
            template = f"careers/professions/blocks/{file}.html"
            call = str(CALLS.get(name, "")) if page.quiz_url else ""
            found.append(Block(name, str(label), template, data, language, call))
    return found


def _told(name: str) -> Build:
    """The builder of a block that is one list of items."""

    def build(page: ProfessionPage) -> Context:
        return {"rows": page.told(getattr(page.reading, name))}

    return build


def _grouped(name: str) -> Build:
    """The builder of a block that is items under the headings of their families."""

    def build(page: ProfessionPage) -> Context:
        return {"groups": page.groups(getattr(page.reading, name))}

    return build


def _introduction(page: ProfessionPage) -> Context:
    return {"text": page.tell.paragraphs(page.reading.introduction)}


# Figures


def _shares(rows: list[Row]) -> list[Context]:
    """The figures that are shares, of which one axis holds several; one alone needs no chart."""
    shares = [
        {"label": row.kind_label, "value": row.value, "text": row.text}
        for row in rows
        if row.unit == "percent" and row.value is not None
    ]
    return shares if len(shares) > 1 else []


def _figures(page: ProfessionPage) -> Context:
    rows = page.reading.figures
    # The source stands once below the figures that it gives.
    groups = [
        {"source": source, "figures": [figure(row, page.tell.plain) for row in given]}
        for source, given in groupby(rows, key=lambda row: row.source)
    ]
    return {"groups": groups, "shares": _shares(rows)}


# What one does


def _day(page: ProfessionPage) -> Context:
    moments = [
        {"start": row.start, "end": row.end, "text": page.tell(row.text)}
        for row in page.reading.day
    ]
    return {"moments": moments}


def _workplace(page: ProfessionPage) -> Context:
    reading = page.reading
    return {
        "environment": page.tell.paragraphs(reading.environment),
        "workplaces": page.told(reading.workplaces),
        "reports_to": page.told(reading.reports_to),
        "leads": page.told(reading.leads),
    }


def _conditions(page: ProfessionPage) -> Context:
    rows = [
        {
            "kind": row.kind_label,
            "frequency": frequency(row),
            "text": page.tell(row.text),
        }
        for row in page.reading.working_conditions
    ]
    return {"rows": rows}


def _skills(page: ProfessionPage) -> Context:
    def skills(rows: list[Row]) -> list[Context]:
        return [
            {
                "name": page.tell(row.name),
                "text": page.tell(row.text),
                "importance": row.importance,
            }
            for row in rows
        ]

    kinds = [
        {"heading": _("Technical skills"), "rows": skills(page.reading.hard_skills)},
        {"heading": _("Personal qualities"), "rows": skills(page.reading.soft_skills)},
    ]
    return {"kinds": [kind for kind in kinds if kind["rows"]]}


# Pay


def _salary(page: ProfessionPage) -> Context:
    rows = page.reading.salaries
    if not rows:
        return {}
    # A month and a year have no common axis.
    periods = list(dict.fromkeys(row.period for row in rows))
    charts = [
        {
            "id": f"pay-{period}",
            "period": period,
            "series": salary_series([r for r in rows if r.period == period], page.tell.plain),
        }
        for period in periods
    ]
    sources = {row.source.pk: row.source for row in rows if row.source}
    return {
        "charts": charts,
        "sources": list(sources.values()),
        "is_gross": all(row.is_gross for row in rows),
        "is_net": not any(row.is_gross for row in rows),
    }


# Belgium, people, path


def _testimony(page: ProfessionPage) -> Context:
    rows = [
        {
            "text": page.tell(row.text),
            "name": row.first_name,
            "role": format_html_join(
                ", ", "{}", ((page.tell.plain(text),) for text in [row.role, row.sector] if text)
            ),
            "source": row.source,
        }
        for row in page.reading.testimonies
    ]
    return {"rows": rows}


def _path(page: ProfessionPage) -> Context:
    reading, tell = page.reading, page.tell
    return {
        "is_regulated": page.profession.is_regulated,
        "steps": [
            {"title": _step_title(row, tell), "text": tell(row.text)} for row in reading.steps
        ],
        "routes": [
            {"kind": kind, "texts": [tell(row.text) for row in rows]}
            for kind, rows in groupby(reading.routes, key=lambda row: row.kind_label)
        ],
    }


def _step_title(row: Row, tell: Explainer) -> SafeString:
    parts = [tell.plain(text) for text in [row.title, row.duration] if text]
    return format_html_join(" · ", "{}", ((part,) for part in parts))


def _training(page: ProfessionPage) -> Context:
    schools = [
        {
            "school": place.school,
            "note": place.note,
            "sites": list(place.campuses.all()) or list(place.school.campuses.all()),
        }
        for place in page.around.schools
    ]
    return {"schools": schools, "programmes": _by_name(page.around.programmes)}


def _by_name(programmes: Iterable[Any]) -> list[Context]:
    """Programmes of one name and degree under it: many schools teach the same thing."""
    named: dict[tuple[str, str], list[Any]] = {}
    for programme in programmes:
        named.setdefault((programme.name, programme.degree), []).append(programme)
    return [
        {
            "name": name,
            "degree": _unsaid(taught[0].get_degree_display(), name),
            "programmes": taught,
        }
        for (name, _degree), taught in named.items()
    ]


def _unsaid(degree: str, name: str) -> str:
    """The degree, unless the name begins with it: "Master: civil engineer"."""
    return "" if name.casefold().startswith(degree.casefold()) else degree


def _zones(page: ProfessionPage) -> Context:
    rows = [
        {"zone": page.around.zones[row.zone_id], "note": page.tell(row.note)}
        for row in page.reading.zones_of_guide
        if row.zone_id in page.around.zones
    ]
    return {"rows": rows}


def _offers(page: ProfessionPage) -> Context:
    # Offers come and go without a new version of the page: the view fills them in.
    return {"fresh": True}


# Is it for me?


def _pros_cons(page: ProfessionPage) -> Context:
    return {"pros": page.told(page.reading.pros), "cons": page.told(page.reading.cons)}


def _faq(page: ProfessionPage) -> Context:
    rows = [
        {"question": page.tell.plain(row.heading), "answer": page.tell.paragraphs(row.text)}
        for row in page.reading.faq
    ]
    return {"rows": rows}


def _criteria(page: ProfessionPage) -> Context:
    tags = page.profession.tags
    if not tags:
        return {}
    criteria = [tag.criterion for tag in tags]
    query = urlencode([("all", criterion.slug_fr) for criterion in criteria[:COMBINED]])
    return {"criteria": criteria, "combine_url": f"{reverse('criteria:list')}?{query}"}


def _interests(page: ProfessionPage) -> Context:
    interests = getattr(page.profession, "interests", None)
    return {"values": interests.values, "source": interests.source} if interests else {}


def _similar(page: ProfessionPage) -> Context:
    similar = page.around.similar
    if not similar:
        return {}
    closest = [page.profession, *[item.profession for item in similar[:COMPARED]]]
    return {"kinds": by_kind(similar), "compare_url": comparison_url(closest)}


def _names(page: ProfessionPage) -> Context:
    names = page.profession.shown_names
    codes = list(page.profession.codes.all())
    isco = page.profession.isco08
    if any(code.system == CodeSystem.ISCO and code.code == isco for code in codes):
        isco = ""
    return {
        "names": [name for name in names if name.kind != NameKind.ACRONYM],
        "acronyms": [name for name in names if name.kind == NameKind.ACRONYM],
        "codes": codes,
        "isco08": isco,
    }


def _discover(page: ProfessionPage) -> Context:
    return {"articles": page.around.articles, "stories": page.around.stories}


def _sources(page: ProfessionPage) -> Context:
    return {"sources": page.sources}


# Identifier, heading, builder, and the template where it is not named like the block.
BLOCKS: list[tuple[str, Any, Build] | tuple[str, Any, Build, str]] = [
    ("introduction", _("The profession in short"), _introduction),
    ("figures", _("Key figures"), _figures),
    ("missions", _("Daily missions"), _grouped("mission_groups"), "groups"),
    ("tools", _("Tools and equipment"), _grouped("tool_groups"), "groups"),
    ("day", _("A typical day"), _day),
    ("workplace", _("Places and people"), _workplace),
    ("conditions", _("Working conditions"), _conditions),
    ("skills", _("Skills and qualities"), _skills),
    ("salary", _("Salary"), _salary),
    ("indicators", _("What the work is judged on"), _told("indicators")),
    ("country", _("Good to know in Belgium"), _told("country_facts")),
    ("testimony", _("Someone of the trade"), _testimony),
    ("path", _("How to get there"), _path),
    ("training", _("Where to train"), _training),
    ("zones", _("Where the jobs are"), _zones),
    ("offers", _("Offers open today"), _offers),
    ("careers", _("And afterwards?"), _told("career_moves"), "list"),
    ("pros-cons", _("Good sides and hard sides"), _pros_cons),
    ("advice", _("Advice"), _told("advice"), "list"),
    ("self-checks", _("Is it for you?"), _told("self_checks")),
    ("faq", _("Frequent questions"), _faq),
    ("criteria", _("Criteria of the profession"), _criteria),
    ("interests", _("Interests"), _interests),
    ("similar", _("Similar professions"), _similar),
    ("names", _("Other names and codes"), _names),
    ("discover", _("To discover as well"), _discover),
    ("sources", _("Sources"), _sources),
]
