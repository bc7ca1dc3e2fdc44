"""The search of offers by PostgreSQL alone: one statement, whatever is asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from careers.offers.search import limit, names
from careers.offers.search.answers import FAR, shown, since_counts, whole_numbers
from careers.offers.search.query import (
    COLUMNS,
    DAYS,
    MINORS,
    PAGE_SIZE,
    PANEL,
    SINCE,
    STUDENT,
    Answer,
    Cursor,
    Query,
    Sort,
)

BELGIUM = ZoneInfo("Europe/Brussels")
PROVINCE = "COALESCE(province.code, region.code)"
PLACES = """
    JOIN offers_offerplace place ON place.offer_id = base.id
    JOIN zones_municipality town ON town.id = place.municipality_id
    JOIN zones_region region ON region.id = town.region_id
    LEFT JOIN zones_province province ON province.id = town.province_id"""
NUMBERS = {"sector", "profession", "employer"}


@dataclass
class Sql:
    """A piece of a statement and its parameters."""

    text: str
    parameters: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, *parameters: Any) -> "Sql":
        return cls(text, [*parameters])


def joined(separator: str, pieces: Iterable[Sql], empty: str = "TRUE") -> Sql:
    pieces = [*pieces]
    text = separator.join(f"({piece.text})" for piece in pieces)
    return Sql(text or empty, [value for piece in pieces for value in piece.parameters])


def every(pieces: Iterable[Sql]) -> Sql:
    return joined(" AND ", pieces)


@dataclass(frozen=True)
class SqlSearch:
    """Answers from the tables; the truth by which the other engine is judged."""

    # A moment of `monotonic` until which it may search; after it, NotInTime is raised.
    deadline: float | None = None

    def search(
        self, query: Query, *, size: int = PAGE_SIZE, facets: Collection[str] = PANEL
    ) -> Answer:
        statement = _statement(query, size, facets)
        with limit.cursor(names.PLANNING, self.deadline) as cursor:
            cursor.execute(statement.text, statement.parameters)
            rows = cursor.fetchall()
        page = [(*place, int(pk)) for kind, pk, place in rows if kind == "page"]
        beyond = any(kind == "beyond" for kind, *_rest in rows)
        [total] = [numbers[0] for kind, _value, numbers in rows if kind == "total"]
        answer = shown(page, query.at, size, beyond=beyond, total=total)
        answer.counts.update(_counts(rows, query, facets))
        return answer


def _statement(query: Query, size: int, facets: Collection[str]) -> Sql:
    words = _Words(query.words)
    chosen = {name: _chosen(name, values, query.today) for name, values in query.chosen}
    # A choice in a facet that is counted does not narrow that facet's own counts.
    flags = {name: chosen[name] for name in chosen if name in facets}
    always = [*_conditions(query, words), *[chosen[name] for name in chosen if name not in flags]]
    base = _base(query, always, flags, facets)
    answers = [_groups(query, flags, facets)]
    answers += [
        _place_counts(flags, name) for name in ("province", "municipality") if name in facets
    ]
    if size:
        answers += _page(query, words, [*always, *flags.values()], size)
    body = joined(" UNION ALL ", answers)
    return Sql(f"WITH base AS ({base.text}) {body.text}", base.parameters + body.parameters)


class _Words:
    """The conditions that the words of a query make."""

    def __init__(self, query: Iterable[str]) -> None:
        words = names.resolve(query)
        self.in_title = [
            Sql.of(
                "o.title_terms @> ARRAY[%s]::bigint[] OR o.profession_id = ANY(%s)",
                word.term,
                [*word.professions],
            )
            for word in words
        ]
        self.anywhere = [
            Sql(
                f"{title.text} OR o.body_terms @> ARRAY[%s]::bigint[] OR o.employer_id = ANY(%s)",
                [*title.parameters, word.term, [*word.employers]],
            )
            for word, title in zip(words, self.in_title, strict=True)
        ]


def _conditions(query: Query, words: _Words) -> list[Sql]:
    """What an offer must be in any case."""
    found = [Sql.of("o.status = 'published' AND o.closes_on >= %s", query.today), *words.anywhere]
    if query.municipalities is not None:
        found.append(_in_towns(query.municipalities))
    if query.pay is not None:
        found.append(Sql.of("o.monthly_high >= %s", query.pay))
    if query.without:
        found.append(Sql.of("o.id <> ALL(%s)", [*query.without]))
    found += [
        Sql.of(
            "NOT EXISTS (SELECT FROM offers_offerlanguage asked WHERE asked.offer_id = o.id"
            " AND asked.language = %s AND asked.level > %s)",
            language,
            level,
        )
        for language, level in query.languages
    ]
    return found


def _in_towns(towns: Iterable[int]) -> Sql:
    return Sql.of(
        "o.id IN (SELECT offer_id FROM offers_offerplace WHERE municipality_id = ANY(%s))",
        [*towns],
    )


def _chosen(name: str, values: Collection[str], today: date) -> Sql:
    """Whether an offer carries one of the chosen values of a facet; never null."""
    if name == "audience":
        return Sql.of(
            "(o.is_student_job AND %s) OR (o.is_open_to_minors AND %s)",
            STUDENT in values,
            MINORS in values,
        )
    if name == "province":
        return Sql.of(
            "o.id IN (SELECT place.offer_id FROM offers_offerplace place"
            " JOIN zones_municipality town ON town.id = place.municipality_id"
            " JOIN zones_region region ON region.id = town.region_id"
            " LEFT JOIN zones_province province ON province.id = town.province_id"
            f" WHERE {PROVINCE} = ANY(%s))",
            [*values],
        )
    if name == "municipality":
        return _in_towns(whole_numbers(values))
    if name == SINCE:
        days = max((number for number in DAYS if str(number) in values), default=None)
        if days is None:
            return Sql("FALSE")
        return Sql.of("o.published_at >= %s", _beginning(today, days))
    return _one_of(name, values)


def _beginning(today: date, days: int) -> datetime:
    """The moment from which an offer counts as published within so many days."""
    return datetime.combine(today - timedelta(days), time(), BELGIUM)


def _one_of(name: str, values: Collection[str]) -> Sql:
    if name == "sector":
        return Sql.of(
            "COALESCE(o.profession_id IN"
            " (SELECT id FROM professions_profession WHERE sector_id = ANY(%s)), FALSE)",
            whole_numbers(values),
        )
    if name in NUMBERS:
        return Sql.of(f"COALESCE(o.{COLUMNS[name]} = ANY(%s), FALSE)", whole_numbers(values))
    return Sql.of(f"o.{COLUMNS[name]} = ANY(%s)", [*values])


# Facets and their counts.


def _columns(facets: Collection[str], today: date) -> dict[str, Sql]:
    """The expression of each facet that has one value an offer, as text or null."""
    columns = {
        name: Sql("profession.sector_id" if name == "sector" else f"o.{COLUMNS[name]}")
        for name in COLUMNS
        if name in facets
    }
    if "audience" in facets:
        columns[STUDENT] = Sql(f"CASE WHEN o.is_student_job THEN '{STUDENT}' END")
        columns[MINORS] = Sql(f"CASE WHEN o.is_open_to_minors THEN '{MINORS}' END")
    if SINCE in facets:
        bands = " ".join(f"WHEN o.published_at >= %s THEN {days}" for days in DAYS)
        columns[SINCE] = Sql.of(f"CASE {bands} END", *[_beginning(today, days) for days in DAYS])
    return columns


def _base(query: Query, always: list[Sql], flags: dict[str, Sql], facets: Collection[str]) -> Sql:
    """The offers that fulfil all but the choices of counted facets, and which of these they do."""
    columns = _columns(facets, query.today)
    selected = [Sql("o.id")]
    selected += [Sql(f"({c.text})::text AS {name}", c.parameters) for name, c in columns.items()]
    selected += [Sql(f"({c.text}) AS is_{name}", c.parameters) for name, c in flags.items()]
    where = every(always)
    sector = "LEFT JOIN professions_profession profession ON profession.id = o.profession_id"
    text = (
        f"SELECT {', '.join(column.text for column in selected)} FROM offers_joboffer o"
        f" {sector if 'sector' in columns else ''} WHERE {where.text}"
    )
    parameters = [value for column in selected for value in column.parameters]
    return Sql(text, parameters + where.parameters)


def _tally(flags: Iterable[str]) -> str:
    """How many rows fulfil every choice; then for each facet, every choice but its own."""
    flags = [*flags]
    tallies = []
    for own in [None, *flags]:
        others = " AND ".join(f"is_{name}" for name in flags if name != own)
        tallies.append(f"count(*) FILTER (WHERE {others or 'TRUE'})")
    return f"ARRAY[{', '.join(tallies)}]"


def _groups(query: Query, flags: dict[str, Sql], facets: Collection[str]) -> Sql:
    columns = [*_columns(facets, query.today)]
    sets = ", ".join(["()", *[f"({name})" for name in columns]])
    if not columns:
        return Sql(f"SELECT 'total', NULL, {_tally(flags)} FROM base")
    which = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in columns)
    return Sql(
        f"SELECT CASE {which} ELSE 'total' END, COALESCE({', '.join(columns)}), {_tally(flags)}"
        f" FROM base GROUP BY GROUPING SETS ({sets})"
    )


def _place_counts(flags: dict[str, Sql], name: str) -> Sql:
    value = PROVINCE if name == "province" else "town.id::text"
    carried = ", ".join(["base.id", *[f"is_{flag}" for flag in flags], f"{value} AS value"])
    return Sql(
        f"SELECT '{name}', value, {_tally(flags)}"
        f" FROM (SELECT DISTINCT {carried} FROM base {PLACES}) AS placed GROUP BY value"
    )


def _counts(rows: list[Any], query: Query, facets: Collection[str]) -> dict[str, dict[str, int]]:
    """The counts of each facet under the choices in the others."""
    counts: dict[str, dict[str, int]] = {name: {} for name in facets}
    own = [name for name, _values in query.chosen if name in facets]
    for kind, value, numbers in rows:
        name, value = ("audience", kind) if kind in {STUDENT, MINORS} and value else (kind, value)
        if name in counts and value is not None:
            number = numbers[1 + own.index(name)] if name in own else numbers[0]
            counts[name] |= {value: number} if number else {}
    if SINCE in counts:
        counts[SINCE] = since_counts(counts[SINCE])
    return counts


# The page.


@dataclass
class _Order:
    """How the offers of a list follow each other, from one side or the other."""

    # The rank of a cursor; None where the number alone decides.
    rank: Sql | None = None
    # What sorts as the rank does, but by an index.
    column: str = ""
    back: bool = False

    @property
    def columns(self) -> Sql:
        number = f"o.number {'ASC' if self.back else 'DESC'}"
        if self.column:
            return Sql(f"{self.column}, {number}")
        if self.rank:
            direction = "DESC" if self.back else "ASC"
            return Sql(f"{self.rank.text} {direction}, {number}", self.rank.parameters)
        return Sql(number)

    def beside(self, at: Cursor, *, beyond: bool) -> Sql:
        """Places on the side of `at` that is asked for, or on the other side and at it."""
        if self.rank is None:
            sign = {
                (False, False): "<",
                (False, True): ">=",
                (True, False): ">",
                (True, True): "<=",
            }
            return Sql.of(f"o.number {sign[self.back, beyond]} %s", at.number)
        sign = {(False, False): ">", (False, True): "<=", (True, False): "<", (True, True): ">="}
        place = [*self.rank.parameters, at.rank, -at.number]
        return Sql(f"({self.rank.text}, -o.number) {sign[self.back, beyond]} (%s, %s)", place)


def _order(query: Query, words: _Words) -> _Order:
    back = query.at is not None and query.at.backwards
    if query.sort == Sort.CLOSING:
        column = f"o.closes_on {'DESC' if back else 'ASC'}"
        return _Order(Sql("o.closes_on - DATE '0001-01-01' + 1"), column, back)
    if query.sort == Sort.PAY:
        column = f"o.monthly_high {'ASC NULLS FIRST' if back else 'DESC NULLS LAST'}"
        return _Order(Sql("COALESCE(-o.monthly_high, 1)"), column, back)
    if query.sort == Sort.DISTANCE and query.metres:
        return _Order(Sql(f"COALESCE(near.metres, {FAR})"), back=back)
    if query.sort == Sort.RELEVANCE and words.in_title:
        in_title = every(words.in_title)
        rank = Sql(f"CASE WHEN {in_title.text} THEN 0 ELSE 1 END", in_title.parameters)
        return _Order(rank, back=back)
    return _Order(back=back)


def _near(query: Query) -> Sql:
    """Joins the distance of the nearest place of each offer."""
    if query.sort != Sort.DISTANCE or not query.metres:
        return Sql("")
    towns, metres = zip(*query.metres, strict=True)
    return Sql.of(
        "LEFT JOIN (SELECT place.offer_id, min(away.metres) AS metres FROM offers_offerplace place"
        " JOIN unnest(%s::bigint[], %s::int[]) AS away (town, metres)"
        " ON away.town = place.municipality_id GROUP BY 1) AS near ON near.offer_id = o.id",
        [*towns],
        [*metres],
    )


def _page(query: Query, words: _Words, conditions: list[Sql], size: int) -> list[Sql]:
    """The rows of the page and one more; then a row if there are any on the other side of `at`."""
    order = _order(query, words)
    if not query.at:
        return [_rows(query, order, conditions, size + 1)]
    before = _rows(query, order, [*conditions, order.beside(query.at, beyond=True)], 1)
    return [
        _rows(query, order, [*conditions, order.beside(query.at, beyond=False)], size + 1),
        Sql(f"SELECT 'beyond', NULL, NULL FROM ({before.text}) AS before", before.parameters),
    ]


def _rows(query: Query, order: _Order, conditions: list[Sql], limit: int) -> Sql:
    rank, near, where = order.rank or Sql("0"), _near(query), every(conditions)
    return Sql(
        f"SELECT 'page', o.id::text, ARRAY[{rank.text}, o.number] FROM offers_joboffer o"
        f" {near.text} WHERE {where.text} ORDER BY {order.columns.text} LIMIT {limit}",
        rank.parameters + near.parameters + where.parameters + order.columns.parameters,
    )
