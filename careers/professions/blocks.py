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
from careers.professions.figures import figure, salary_series
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
    for name, label, build in BLOCKS:
        page.tell.languages.clear()
        data = build(page)
        if data:
            language = next(iter(page.tell.languages), "")
            template = f"careers/professions/blocks/{name}.html"
            call = str(CALLS.get(name, "")) if page.quiz_url else ""
            found.append(Block(name, str(label), template, data, language, call))
    return found


def _introduction(page: ProfessionPage) -> Context:
    text = page.reading.introduction
    return {"text": page.tell.paragraphs(text)} if text else {}


# Figures


def _shares(rows: list[Row]) -> list[Context]:
    """The figures that are shares: the only ones that one axis can hold side by side."""
    return [
        {"label": row.kind_label, "value": row.value, "text": row.text}
        for row in rows
        if row.unit == "percent" and row.value is not None
    ]


def _figures(page: ProfessionPage) -> Context:
    rows = page.reading.figures
    if not rows:
        return {}
    return {
        "figures": [figure(row, page.tell.plain) for row in rows],
        "shares": _shares(rows),
    }


# What one does


def _missions(page: ProfessionPage) -> Context:
    groups = page.groups(page.reading.mission_groups)
    return {"groups": groups} if groups else {}


def _tools(page: ProfessionPage) -> Context:
    groups = page.groups(page.reading.tool_groups)
    return {"groups": groups} if groups else {}


def _day(page: ProfessionPage) -> Context:
    moments = [
        {"start": row.start, "end": row.end, "text": page.tell(row.text)}
        for row in page.reading.day
    ]
    return {"moments": moments} if moments else {}


def _workplace(page: ProfessionPage) -> Context:
    reading = page.reading
    data = {
        "environment": page.tell.paragraphs(reading.environment),
        "workplaces": page.told(reading.workplaces),
        "reports_to": page.told(reading.reports_to),
        "leads": page.told(reading.leads),
    }
    return data if any(data.values()) else {}


def _conditions(page: ProfessionPage) -> Context:
    rows = [
        {
            "kind": row.kind_label,
            "frequency": row.frequency_label,
            "text": page.tell(row.text),
        }
        for row in page.reading.working_conditions
    ]
    return {"rows": rows} if rows else {}


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

    reading = page.reading
    data = {"hard": skills(reading.hard_skills), "soft": skills(reading.soft_skills)}
    return data if any(data.values()) else {}


def _indicators(page: ProfessionPage) -> Context:
    rows = page.told(page.reading.indicators)
    return {"rows": rows} if rows else {}


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


def _country(page: ProfessionPage) -> Context:
    rows = page.told(page.reading.country_facts)
    return {"rows": rows} if rows else {}


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
    return {"rows": rows} if rows else {}


def _path(page: ProfessionPage) -> Context:
    reading, tell = page.reading, page.tell
    data = {
        "is_regulated": page.profession.is_regulated,
        "steps": [
            {"title": _step_title(row, tell), "text": tell(row.text)} for row in reading.steps
        ],
        "routes": [
            {"kind": kind, "texts": [tell(row.text) for row in rows]}
            for kind, rows in groupby(reading.routes, key=lambda row: row.kind_label)
        ],
    }
    return data if any(data.values()) else {}


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
    data = {"schools": schools, "programmes": _by_name(page.around.programmes)}
    return data if any(data.values()) else {}


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
    return {"rows": rows} if rows else {}


def _offers(page: ProfessionPage) -> Context:
    # Offers come and go without a new version of the page: the view fills them in.
    return {"fresh": True}


def _careers(page: ProfessionPage) -> Context:
    rows = page.told(page.reading.career_moves)
    return {"rows": rows} if rows else {}


# Is it for me?


def _pros_cons(page: ProfessionPage) -> Context:
    data = {"pros": page.told(page.reading.pros), "cons": page.told(page.reading.cons)}
    return data if any(data.values()) else {}


def _advice(page: ProfessionPage) -> Context:
    rows = page.told(page.reading.advice)
    return {"rows": rows} if rows else {}


def _self_checks(page: ProfessionPage) -> Context:
    rows = [
        {"heading": page.tell.plain(row.heading), "text": page.tell.plain(row.text)}
        | page.criterion(row.criterion_id)
        for row in page.reading.self_checks
    ]
    return {"rows": rows} if rows else {}


def _faq(page: ProfessionPage) -> Context:
    rows = [
        {"question": page.tell.plain(row.heading), "answer": page.tell.paragraphs(row.text)}
        for row in page.reading.faq
    ]
    return {"rows": rows} if rows else {}


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
    if not (names or codes or isco):
        return {}
    return {
        "names": [name for name in names if name.kind != NameKind.ACRONYM],
        "acronyms": [name for name in names if name.kind == NameKind.ACRONYM],
        "codes": codes,
        "isco08": isco,
    }


def _discover(page: ProfessionPage) -> Context:
    data = {"articles": page.around.articles, "stories": page.around.stories}
    return data if any(data.values()) else {}


def _sources(page: ProfessionPage) -> Context:
    return {"sources": page.sources} if page.sources else {}


# Identifier, heading, builder.
BLOCKS: list[tuple[str, Any, Callable[[ProfessionPage], Context]]] = [
    ("introduction", _("The profession in short"), _introduction),
    ("figures", _("Key figures"), _figures),
    ("missions", _("Daily missions"), _missions),
    ("tools", _("Tools and equipment"), _tools),
    ("day", _("A typical day"), _day),
    ("workplace", _("Places and people"), _workplace),
    ("conditions", _("Working conditions"), _conditions),
    ("skills", _("Skills and qualities"), _skills),
    ("salary", _("Salary"), _salary),
    ("indicators", _("What the work is judged on"), _indicators),
    ("country", _("Good to know in Belgium"), _country),
    ("testimony", _("Someone of the trade"), _testimony),
    ("path", _("How to get there"), _path),
    ("training", _("Where to train"), _training),
    ("zones", _("Where the jobs are"), _zones),
    ("offers", _("Offers open today"), _offers),
    ("careers", _("And afterwards?"), _careers),
    ("pros-cons", _("Good sides and hard sides"), _pros_cons),
    ("advice", _("Advice"), _advice),
    ("self-checks", _("Is it for you?"), _self_checks),
    ("faq", _("Frequent questions"), _faq),
    ("criteria", _("Criteria of the profession"), _criteria),
    ("interests", _("Interests"), _interests),
    ("similar", _("Similar professions"), _similar),
    ("names", _("Other names and codes"), _names),
    ("discover", _("To discover as well"), _discover),
    ("sources", _("Sources"), _sources),
]
