"""Filters that a visitor typed as words: "CDI Liège 3000 €", "infirmier mi-temps Namur".

Only what is certain is read: a contract, a working time, telework or a student job by its usual
words in one of the four languages, an amount of money, and a place at the end or a postcode.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from careers.offers import names
from careers.offers.enums import Contract, Telework, WorkingTime
from careers.offers.fields import AMOUNT, amount
from careers.offers.pay import LEAST_A_MONTH, MOST_A_MONTH
from careers.offers.search.query import STUDENT
from careers.professions.enums import Period
from careers.zones import gazetteer
from careers.zones.gazetteer import Place
from portal.words import ELISIONS, LONGEST_QUERY, fold

CONTRACTS = {
    Contract.PERMANENT: "cdi, contrat a duree indeterminee, duree indeterminee, onbepaalde duur, "
    "contract van onbepaalde duur, vast contract, unbefristet, unbefristeter vertrag, "
    "permanent contract",
    Contract.FIXED_TERM: "cdd, contrat a duree determinee, duree determinee, bepaalde duur, "
    "contract van bepaalde duur, tijdelijk contract, befristet, befristeter vertrag, "
    "fixed term, fixed term contract",
    Contract.REPLACEMENT: "contrat de remplacement, vervangingscontract, vertretungsvertrag, "
    "replacement contract",
    Contract.AGENCY: "interim, en interim, travail interimaire, uitzendwerk, interimwerk, "
    "uitzendarbeid, zeitarbeit, leiharbeit, agency work, temp work",
    Contract.FLEXI_JOB: "flexi job, flexijob, flexi jobs, flexijobs",
    Contract.SEASONAL: "saisonnier, travail saisonnier, seizoenswerk, seizoensarbeid, "
    "saisonarbeit, seasonal work",
    Contract.WORK_STUDY: "en alternance, alternance, duaal leren, duale ausbildung, work study",
    Contract.INTERNSHIP: "stage, en stage, praktikum, internship",
    Contract.STATUTORY: "statutaire, statutair, statutory",
    Contract.FREELANCE: "freelance, zelfstandig, zelfstandige, freiberuflich, selbststandig, "
    "self employed",
    Contract.VOLUNTEER: "benevolat, benevole, vrijwilligerswerk, ehrenamt, ehrenamtlich, "
    "volunteering",
}
TIMES = {
    WorkingTime.FULL: "temps plein, a temps plein, voltijds, voltijd, vollzeit, full time, "
    "fulltime",
    WorkingTime.PART: "temps partiel, a temps partiel, mi temps, a mi temps, deeltijds, halftijds, "
    "teilzeit, halbzeit, part time, parttime, half time",
}
AT_HOME = [str(kind) for kind in Telework if kind != Telework.NONE]
HOME = "teletravail, en teletravail, telewerk, thuiswerk, homeoffice, home office, telework, remote"
STUDENTS = (
    "job etudiant, jobs etudiant, job d etudiant, jobiste, etudiant, studentenjob, studentenjobs, "
    "student job, student jobs, ferienjob, studentenjob, jobstudent, student"
)
BEFORE_PLACES = frozenset("a au aux en in te bei near pres rond um".split())
LONGEST_PLACE = 6  # words

PIECE = re.compile(r"[^\W_]+[+#]*")
PERIODS = {
    Period.MONTH: "mois maand monat month",
    Period.YEAR: "an annee ans jaar jahr year",
}
MONEY = re.compile(
    rf"(?:€\s*(?P<after>{AMOUNT})(?![\d.,])|(?<![\d.,])(?P<before>{AMOUNT})\s*(?:€|eur(?:os?)?\b))"
    r"(?:\s*(?:/|par|per|pro|a|le|le|im|the)?\s*(?P<period>[^\W\d_]+))?",
    re.IGNORECASE,
)


def _phrases() -> dict[tuple[str, ...], tuple[str, list[str]]]:
    rows = [("contract", [str(value)], text) for value, text in CONTRACTS.items()]
    rows += [("time", [str(value)], text) for value, text in TIMES.items()]
    rows += [("telework", AT_HOME, HOME), ("audience", [STUDENT], STUDENTS)]
    return {
        tuple(phrase.split()): (name, values)
        for name, values, text in rows
        for phrase in text.split(", ")
    }


PHRASES = _phrases()
LONGEST_PHRASE = max(map(len, PHRASES))


@dataclass
class Reading:
    """What was read in a text: values by parameter; `rest` are the words that stay words."""

    rest: list[str]
    values: dict[str, list[str]] = field(default_factory=dict)


def address(query: QueryDict) -> str:
    """The address of the same search with what `q` says as filters; "" where it says none.

    It carries the text as `read`, so that the page can tell and offer the plain words. What the
    address says already is not read again.
    """
    text = query.get("q", "")[:LONGEST_QUERY].strip()
    if not text or query.get("plain"):
        return ""
    given = {name for name in query if query[name]}
    found = read(text, given)
    if not found.values:
        return ""
    changed = query.copy()
    changed["q"] = " ".join(found.rest)
    for name, values in found.values.items():
        changed.setlist(name, values)
    for name in [name for name in changed if not changed[name]] + ["after", "before"]:
        changed.pop(name, None)
    changed["read"] = text
    return f"{reverse('offers:list')}?{changed.urlencode()}"


def read(text: str, given: set[str] = frozenset()) -> Reading:
    """What is certain of a text; parameters in `given` are left alone."""
    reading = Reading([])
    if "pay" not in given:
        text = _read_money(text, reading)
    reading.rest = PIECE.findall(text)
    _read_phrases(reading, given)
    if "where" not in given:
        _read_place(reading)
    return reading


def _read_money(text: str, reading: Reading) -> str:
    found = MONEY.search(text)
    if not found:
        return text
    number = amount(found["before"] or found["after"])
    said = fold(found["period"] or "")
    period = next((period for period, known in PERIODS.items() if said in known.split()), None)
    end = found.end() if period else (found.start("period") if said else found.end())
    if number is None or not number >= LEAST_A_MONTH:
        return text
    if period is None and number > MOST_A_MONTH / 5:
        # Nobody names such a sum for a month.
        period = Period.YEAR
    reading.values["pay"] = [str(number)]
    if period == Period.YEAR:
        reading.values["unit"] = [Period.YEAR.value]
    return f"{text[: found.start()]} {text[end:]}"


def _read_phrases(reading: Reading, given: set[str]) -> None:
    """Take the phrases we know out of the words, the longest first."""
    words, rest, start = [fold(word) for word in reading.rest], [], 0
    while start < len(words):
        size = next(
            (
                size
                for size in range(LONGEST_PHRASE, 0, -1)
                if _phrase(words, start, size, given) is not None
            ),
            0,
        )
        if size:
            name, values = PHRASES[tuple(words[start : start + size])]
            kept = reading.values.setdefault(name, [])
            kept += [value for value in values if value not in kept]
        else:
            rest.append(reading.rest[start])
        start += size or 1
    reading.rest = rest


def _phrase(words: list[str], start: int, size: int, given: set[str]) -> Any:
    phrase = PHRASES.get(tuple(words[start : start + size]))
    return phrase if phrase and start + size <= len(words) and phrase[0] not in given else None


def _read_place(reading: Reading) -> None:
    """Take a postcode and the name beside it out of the words, or a place from their end."""
    known = gazetteer.current()
    for number, word in enumerate(reading.rest):
        if len(word) == 4 and word in known.numbers:
            reading.values["where"] = [word]
            del reading.rest[number : number + 1 + _named_after(reading, number, known)]
            _drop_preposition(reading, number)
            return
    for size in range(min(LONGEST_PLACE, len(reading.rest)), 0, -1):
        start = len(reading.rest) - size
        if place := _place(reading.rest[start:], known):
            is_said = start > 0 and fold(reading.rest[start - 1]) in BEFORE_PLACES
            if size == 1 and not is_said and fold(reading.rest[start]) in names.title_words():
                continue
            reading.values["where"] = [place.text]
            del reading.rest[start:]
            _drop_preposition(reading, start)
            return


def _named_after(reading: Reading, number: int, known: gazetteer.Gazetteer) -> int:
    """How many words after a postcode are the name of its place: one in "4000 Liège"."""
    here = known.numbers[reading.rest[number]].municipality_ids
    for size in range(LONGEST_PLACE, 0, -1):
        pieces = reading.rest[number + 1 : number + 1 + size]
        place = _place(pieces, known) if len(pieces) == size else None
        if place and place.municipality_ids & here:
            return size
    return 0


def _place(pieces: list[str], known: gazetteer.Gazetteer) -> Place | None:
    text = gazetteer.plain(" ".join(pieces))
    first = fold(pieces[0])
    # "d'accueil" begins with no name of a place; "de Liège" is the end of something else.
    if not text or first in ELISIONS | gazetteer.PARTICLES - {"la", "le", "les"}:
        return None
    return known.exact.get(gazetteer.shortened(text))


def _drop_preposition(reading: Reading, end: int) -> None:
    if end and fold(reading.rest[end - 1]) in BEFORE_PLACES:
        del reading.rest[end - 1]
