"""What an offer says, read before it is published: what is forbidden, and what is doubtful.

Titles and texts are checked by pure functions; an editor may accept warnings, never errors.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from careers.offers import company_numbers, pay
from careers.offers.enums import OTHER_SCALES, Contract, Experience, LanguageLevel, WorkingTime
from careers.offers.models import JobOffer
from careers.offers.texts import SAYS_EVERYBODY
from careers.offers.wording_rules import (
    ACCESS_RULE,
    EVERYWHERE,
    GENDER_ACT,
    HOUSE_RULE,
    IN_TITLE,
    PAY_WORDS,
    PRIVACY_RULE,
    Rule,
    Severity,
)
from careers.professions.enums import Country, SalaryLevel
from careers.professions.models import SalaryBand
from portal import words
from portal.fields import LANGUAGE_CODES

# Characters before and after some words in which others may excuse them.
BEFORE, AFTER = 45, 12
EXCERPT = 30  # characters shown on either side
SHORTEST_TEXT = 40  # words
MOST_DEMANDS = 15  # lines of a list
MOST_LANGUAGES = 3  # asked at C1 or more
# How far from the band of the profession, all levels together, an amount may lie.
FAR_BELOW, FAR_ABOVE = 0.7, 1.5

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?<![\w.])(?:\+|00|0)\d?(?:[\s./-]{0,2}\d){8,11}(?!\d)")
WORD = re.compile(r"\w+")
# What gives access to a regulated profession, in folded text.
ACCESS = re.compile(
    r"diplom|brevet|licence|licen[cs]e|agre(?:e|ment|ation)|\bvisa\b|inami|riziv|enregistr|certificat"
    r"|reconnu|reconnaissance|equivalence|autorisation|\bordre\b|bachelier|\bmaster\b|homologu"
    r"|\btitre\b|erken|vergunning|getuigschrift|registr|\borde\b|zulassung|anerkann|approb|abschluss"
    r"|\bkammer\b|bachelor|degree|chartered"
)
DEMAND = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+\S", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing that was found: where, in which words, why it matters and who says so."""

    code: str
    severity: Severity
    field: str
    message: str | Promise
    excerpt: str
    source: str | Promise

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """What stops publication."""
    return [finding for finding in findings if finding.is_error]


def unaccepted(findings: Iterable[Finding], accepted: Collection[str]) -> list[Finding]:
    """The warnings whose code nobody has accepted."""
    return [f for f in findings if not f.is_error and f.code not in accepted]


def check_title(title: str) -> list[Finding]:
    """What is wrong with a title."""
    return [*_by_rules("title", title, [*IN_TITLE, *EVERYWHERE]), *_capitals("title", title)]


def check_text(field: str, text: str, *, pay_is_required: bool = True) -> list[Finding]:
    """What is wrong with a longer text; `field` says which one."""
    rules = [*EVERYWHERE, PAY_WORDS] if pay_is_required else EVERYWHERE
    return [*_by_rules(field, text, rules), *_capitals(field, text), *_contacts(field, text)]


def check_offer(offer: JobOffer) -> list[Finding]:
    """All that is wrong with an offer that is saved, errors first. Costs three queries at most."""
    found = [
        *check_texts(offer),
        *_one_form(offer),
        *_unsaid_access(offer),
        *_short_text(offer),
        *_demands(offer),
        *_pay_beside_band(offer),
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def check_texts(offer: JobOffer) -> list[Finding]:
    """What is wrong with its words. Costs no query."""
    required = offer.source_id is None
    return [
        *check_title(offer.title),
        *check_text("description", offer.description, pay_is_required=required),
        *check_text("profile", offer.profile, pay_is_required=required),
    ]


@lru_cache(4096)
def _folded_character(character: str) -> str:
    return words.fold(character)


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place of the original."""
    folded, places = [], []
    for place, character in enumerate(text):
        for letter in _folded_character(character):
            folded.append(letter)
            places.append(place)
    return "".join(folded), places


def _by_rules(field: str, text: str, rules: Iterable[Rule]) -> Iterator[Finding]:
    """What the rules find, each code once; a word is found by the first rule that knows it."""
    folded, places = _fold(text)
    taken: list[tuple[int, int]] = []
    for rule in rules:
        for match in rule.pattern.finditer(folded):
            start, end = match.span()
            around = folded[max(0, start - BEFORE) : end + AFTER]
            if rule.unless and rule.unless.search(around):
                continue
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            yield Finding(
                rule.code,
                rule.severity,
                field,
                rule.message,
                _excerpt(text, places[start], places[end - 1] + 1),
                rule.source,
            )
            break


def _excerpt(text: str, start: int, end: int) -> str:
    """The words found, with a little of what stands around them."""
    first, last = max(0, start - EXCERPT), min(len(text), end + EXCERPT)
    before = text[first:start].partition(" ")[2] if first else text[:start]
    after = text[end:last].rpartition(" ")[0] if last < len(text) else text[end:]
    shown = " ".join(f"{before}{text[start:end]}{after}".split())
    return f"{'… ' if first else ''}{shown}{' …' if last < len(text) else ''}"


def _capitals(field: str, text: str) -> Iterator[Finding]:
    letters = [character for character in text if character.isalpha()]
    # Acronyms are short; a sentence in capitals is not.
    if len(letters) >= 12 and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        message = _("All in capitals: hard to read, and read out letter by letter by some.")
        yield Finding(
            "capitals", Severity.WARNING, field, message, _excerpt(text, 0, 0), HOUSE_RULE
        )


def _contacts(field: str, text: str) -> Iterator[Finding]:
    message = _("An address or a number in the text is harvested by robots: use “apply by”.")
    for match in EMAIL.finditer(text):
        yield Finding("contact", Severity.WARNING, field, message, match[0], PRIVACY_RULE)
        return
    for match in PHONE.finditer(text):
        if not _is_company_number(match[0]):
            yield Finding("contact", Severity.WARNING, field, message, match[0], PRIVACY_RULE)
            return


def _is_company_number(text: str) -> bool:
    try:
        company_numbers.check(company_numbers.clean(text))
    except ValidationError:
        return False
    return True


def _one_form(offer: JobOffer) -> Iterator[Finding]:
    """A title with one of the two names that the chosen profession has for women and men."""
    if not offer.profession or SAYS_EVERYBODY.search(offer.title):
        return
    title = WORD.findall(words.fold(offer.title))
    for code in LANGUAGE_CODES:
        both = [
            WORD.findall(words.fold(getattr(offer.profession, f"name_{gender}_{code}") or ""))
            for gender in ["masculine", "feminine"]
        ]
        if any(_has_first_alone(title, *pair) for pair in (both, both[::-1])):
            message = _("One sex is named alone: write both forms, or a neutral one.")
            yield Finding("one-form", Severity.WARNING, "title", message, offer.title, GENDER_ACT)
            return


def _has_first_alone(title: list[str], name: list[str], other: list[str]) -> bool:
    """Whether a title begins as a name does up to where the other differs, which it lacks."""
    pairs = enumerate(zip(name, other, strict=False))
    place = next((place for place, (one, another) in pairs if one != another), None)
    if place is None or title[: place + 1] != name[: place + 1]:
        return False
    following = title[place + 1 : place + 2]
    # "Vendeur(-euse)", "Employé·e".
    is_ending = any(other[place].endswith(word) for word in following)
    return not is_ending and other[place] not in title


def _unsaid_access(offer: JobOffer) -> Iterator[Finding]:
    """A regulated profession whose diploma or licence is not asked for."""
    if not offer.profession or not offer.profession.is_regulated:
        return
    if not ACCESS.search(words.fold(offer.profile)):
        message = _("The law reserves this profession: name the diploma or licence it takes.")
        yield Finding("regulated-access", Severity.WARNING, "profile", message, "", ACCESS_RULE)


def _short_text(offer: JobOffer) -> Iterator[Finding]:
    count = len(offer.description.split()) + len(offer.profile.split())
    if count < SHORTEST_TEXT:
        message = _("Under %(count)d words: people cannot tell what the work is.")
        yield Finding(
            "short-text",
            Severity.WARNING,
            "description",
            message % {"count": SHORTEST_TEXT},
            "",
            HOUSE_RULE,
        )


def _demands(offer: JobOffer) -> Iterator[Finding]:
    lines = len(DEMAND.findall(offer.profile))
    high = [row for row in offer.languages.all() if row.level >= LanguageLevel.C1]
    for_beginners = {Contract.STUDENT, Contract.INTERNSHIP, Contract.WORK_STUDY}
    reasons = {
        _("The list of demands is long: keep those that decide."): lines > MOST_DEMANDS,
        _("Hardly anybody speaks so many languages so well."): len(high) > MOST_LANGUAGES,
        _("This contract is for people who learn; it asks for years of experience."): (
            offer.contract in for_beginners
            and offer.experience in {Experience.TWO_TO_FIVE, Experience.OVER_FIVE}
        ),
    }
    for message, holds in reasons.items():
        if holds:
            yield Finding("demands", Severity.WARNING, "profile", message, "", HOUSE_RULE)


def _pay_beside_band(offer: JobOffer) -> Iterator[Finding]:
    """An amount far off what the guide of the profession says for Belgium."""
    if (
        offer.monthly_low is None
        or not offer.pay_is_gross
        or offer.working_time != WorkingTime.FULL
        or offer.contract in OTHER_SCALES
    ):
        return
    band = (
        SalaryBand.objects.filter(
            guide__profession=offer.profession_id,
            level=SalaryLevel.OVERALL,
            country=Country.BE,
            is_gross=True,
            minimum__isnull=False,
            maximum__isnull=False,
        )
        .order_by("-year")
        .first()
    )
    if band is None:
        return
    low, high = pay.a_month(band.minimum, band.period), pay.a_month(band.maximum, band.period)
    if offer.monthly_high < FAR_BELOW * low or offer.monthly_low > FAR_ABOVE * high:
        message = _("Far off what this profession earns: €%(low)s to €%(high)s a month.")
        source = _("Guide of the profession, %(year)d") % {"year": band.year}
        yield Finding(
            "pay-off-band",
            Severity.WARNING,
            "pay_min",
            message % {"low": low, "high": high},
            f"{offer.monthly_low} – {offer.monthly_high}",
            source,
        )
