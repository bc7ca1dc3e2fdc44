"""The result as a PDF file: two pages with tags, title and language, as PDF/UA-1 asks.

Where a text has signs that the font lacks, the file is as it can be, and does not claim to follow
that standard.

Everything that people or editors wrote goes into the template as JSON, never into its code.
"""

import json
from datetime import date, datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import structlog
import typst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.dates import date_text
from portal.fields import current_language
from portal.numbers import number_text
from quiz import compatibility_result, reality, results, sentences
from quiz.enums import SessionKind
from quiz.models import QuizSession
from quiz.shown import Match, Reason, Result

TEMPLATE = Path(__file__).with_name("result.typ")
Data = dict[str, Any]

log = structlog.get_logger(__name__)


def pdf_of(session: QuizSession, url: str) -> bytes:
    """The result of a finished session as a PDF file in the language of the page.

    `url` is printed, in letters and as a code for telephones: give the link that only shows.
    Raises `Gone` where the profession that it is about is no longer shown.
    """
    data = _compatibility(session) if session.kind == SessionKind.COMPATIBILITY else _main(session)
    data |= {
        "language": current_language(),
        "foot": _("An estimate, not a verdict; not made for selection."),
        "url": url,
        "link_text": _("To read it again, until %(day)s:") % {"day": _day(session.erase_on)},
        "code": _code(url),
        "code_alt": _("Code that opens this result on a telephone"),
    }
    finished = session.finished_at or session.started_at
    return _compiled(data, int(finished.timestamp()))


def _compiled(data: Data, timestamp: int) -> bytes:
    compiled = partial(
        typst.compile,
        _template(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=timestamp,
    )
    try:
        return compiled(pdf_standards="ua-1")
    except typst.TypstError as error:
        # PDF/UA-1 wants a glyph for every sign; an emoji in a title is no reason for no file.
        log.warning("result without PDF/UA-1", reason=error.message)
        return compiled()


def _main(session: QuizSession) -> Data:
    found = results.of(session)
    groups = [
        _group(family.name, family.language, "", family.professions) for family in found.families
    ]
    if found.bridge:
        text = _("The nearest profession outside these sectors; its own is “%(sector)s”.")
        text = text % {"sector": found.bridge.sector}
        groups.append(_group(_("A profession of another sector"), "", text, [found.bridge]))
    return {
        "title": _("Your result"),
        "day": _day(session.finished_at),
        "sentences": found.sentences,
        "notes": found.notes,
        **_interests(found),
        "nearest_title": _("Your first ten"),
        "nearest": [
            {"title": _text(match.title, match.language), "band": match.band_name}
            for match in found.nearest
        ],
        "groups": groups,
        "change_title": _("What one answer changes"),
        "change": _change(found),
        "parts": [_part(_("What the quiz cannot know"), found.limits)],
        "about": _about(found),
    }


def _change(found: Result) -> Data | None:
    if not found.change:
        return None
    asked = _("Your answer to:") if found.change.item else ""
    item = _text(found.change.item, found.change.language)
    return {"asked": asked, "item": item, "text": found.change.text}


def _interests(found: Result) -> Data:
    rows = [
        {
            "name": interest.name,
            "words": interest.words,
            "beside": interest.beside,
            "mean": interest.mean,
            "low": interest.low,
            "high": interest.high,
            "value": _("%(mean)s (%(low)s to %(high)s)")
            % {name: number_text(getattr(interest, name)) for name in ["mean", "low", "high"]},
        }
        for interest in found.interests
    ]
    return {
        "interests": rows,
        "interests_title": _("Your interests"),
        "interests_alt": _("Hexagon of the six interests; the table beside it has its values."),
        "interests_head": [
            _("Interest"),
            _("Mean answer from 1 to 5, with its interval"),
            _("Beside others"),
        ],
    }


def _compatibility(session: QuizSession) -> Data:
    found = compatibility_result.of(session)
    groups = [_group(_("Interests"), "", found.said, [found.match])]
    if found.alternatives:
        groups.append(_group(found.alternatives_title, "", "", found.alternatives))
    title = _("Compatibility with: %(title)s") % {"title": found.match.title}
    return {
        "title": title,
        "day": _day(session.finished_at),
        "sentences": [],
        "notes": found.notes,
        "interests": [],
        "nearest": [],
        "groups": groups,
        "change": None,
        "parts": _statements(session),
        "about": [*([found.figures] if found.figures else []), *_about(found)],
    }


def _statements(session: QuizSession) -> list[Data]:
    """What the person said to the statements of the guide, by the answer."""
    said = reality.said(session)
    if said is None or said.is_silent:
        return []
    return [_part(part.title, [row.text for row in part.statements]) for part in said.parts]


def _group(title: str, language: str, text: str, matches: list[Match]) -> Data:
    professions = [
        {
            "title": _text(match.title, match.language),
            "level": match.level,
            "is_told": match.is_told,
            "band": match.band_name,
            "interval": match.interval,
            "place": match.place,
            "low": match.low,
            "high": match.high,
            "reasons": [
                *[_reason("+", reason) for reason in match.strengths],
                *([_reason("–", match.friction)] if match.friction else []),
                *[{"mark": "–", "text": text, "quote": _text("", "")} for text in match.clashes],
            ],
        }
        for match in matches
    ]
    return {"title": _text(title, language), "text": text, "professions": professions}


def _reason(mark: str, reason: Reason) -> Data:
    return {"mark": mark, "text": reason.text, "quote": _text(reason.quote, reason.language)}


def _part(title: str, texts: list[Any]) -> Data:
    return {"title": title, "items": [_text(t, getattr(t, "language", "")) for t in texts]}


def _text(text: str, language: str) -> dict[str, str]:
    """A text, with its language where that is not the document's."""
    return {"text": str(text), "language": "" if language == current_language() else language}


def _about(found: Any) -> list[str]:
    """On what the result rests."""
    lines = [
        _("%(answered)s of %(asked)s questions answered.")
        % {"answered": found.answered, "asked": found.asked},
        _("Engine %(engine)s, version %(version)s of the model.")
        % {"engine": found.engine, "version": found.version},
    ]
    if found.seconds is not None:
        lines.append(_("Time: %(time)s.") % {"time": sentences.of_time(found.seconds)})
    return [" ".join(lines)]


def _day(day: date | None) -> str:
    """A day or a moment in the site's time, as people read it; "" for none."""
    if isinstance(day, datetime):
        day = localtime(day)
    return date_text(day) if day else ""


def _code(url: str) -> str:
    file = BytesIO()
    segno.make(url, micro=False, error="m").save(file, kind="svg", border=2)
    return file.getvalue().decode()


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
