"""How the quiz works: what is asked and known today, and the figures behind it.

Every figure was measured, simulated or read in a published study; each says which, and its year.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from careers.professions.models import InterestProfile
from quiz import sentences
from quiz.engine import VERSION, Band
from quiz.engine.languages import FIRST, SECOND
from quiz.models import Item, ModelVersion
from quiz.models.session import DAYS_KEPT, MAIN_LENGTH


@dataclass(frozen=True)
class Figure:
    """What was found, its value as people read it, and where and when; `url` may be empty."""

    text: str
    value: str
    source: str
    url: str = ""


def contents() -> dict[str, Any]:
    """What the page says. Costs three queries."""
    return {
        "length": MAIN_LENGTH,
        "days": DAYS_KEPT,
        "engine": VERSION,
        "bands": _bands(),
        **_bank(),
        "versions": list(
            ModelVersion.objects.filter(is_current=True)
            .order_by("language")
            .only("number", "language", "respondents", "engine_version")
        ),
        "first": FIRST,
        "second": SECOND,
        "profiles": list(
            InterestProfile.objects.filter(profession__is_listed=True)
            .order_by("source__sort_key")
            .values_list("source__title", "source__licence")
            .annotate(count=Count("pk"))
        ),
        "studies": studies(),
        "measured": measured(),
        "simulated": simulated(),
    }


def _bank() -> dict[str, Any]:
    codes = [code for code, _name in settings.LANGUAGES]
    written = {code: Count("pk", ~Q(**{f"text_{code}": ""})) for code in codes}
    found = Item.objects.active().order_by().aggregate(items=Count("pk"), **written)
    names = [get_language_info(code)["name_translated"] for code in codes]
    languages = zip(names, [found[code] for code in codes], strict=True)
    return {"items": found["items"], "written_in": list(languages)}


def _bands() -> list[tuple[str, str]]:
    words = {
        Band.VERY_CLOSE: _("nearer than nine of ten pairs of a person and a profession"),
        Band.CLOSE: _("nearer than seven of ten such pairs"),
        Band.TO_EXPLORE: _("nearer than four of ten such pairs"),
        Band.FAR: _("all others"),
    }
    return [(str(sentences.BANDS[band]), text) for band, text in words.items()]


def studies() -> list[Figure]:
    """What others published."""
    nye = "Nye, Su, Rounds, Drasgow, 2017"
    return [
        Figure(
            _("Correlation between work that fits one’s interests and doing it well (92 studies)"),
            _decimal(0.32),
            nye,
        ),
        Figure(
            _("The same for the strength of interests alone, whatever the work"),
            _decimal(0.16),
            nye,
        ),
        Figure(
            _("Questions from which six interests were measured, alike for women and men"),
            "18",
            "18REST, 2018",
            "https://doi.org/10.1186/s41155-018-0086-z",
        ),
        Figure(
            _(
                "Gap between women and men on “things or people”, in standard deviations"
                " (503,188 people): why we ask for no sex and choose questions with a small gap"
            ),
            _decimal(0.93),
            "Su, Rounds, Armstrong, 2009",
        ),
    ]


def measured() -> list[Figure]:
    """What the answers of other people to 48 public-domain questions gave."""
    large, both = _("8,855 people, 2026"), _("8,855 and 2,276 people, 2026")
    return [
        Figure(_("Seconds for one question, median"), _decimal(3.9, 1), _("5,684 people, 2026")),
        Figure(
            _("People who would finish 20 questions in two minutes"),
            _percent(80),
            _("5,684 people, 2026"),
        ),
        Figure(
            _("Reliability of an interest asked by eight questions (Cronbach’s alpha)"),
            f"{_decimal(0.79)} – {_decimal(0.90)}",
            both,
        ),
        Figure(
            _(
                "People who get the same code of three letters from either half of the questions:"
                " why we show no such code"
            ),
            _percent(15),
            large,
        ),
        Figure(
            _(
                "Of the ten nearest professions, those that stay when a newer edition describes the"
                " professions: why we show bands and families, and no exact places"
            ),
            _percent(42),
            _("editions 2018 and 29.3 of the O*NET® database, 2026"),
        ),
        Figure(
            _(
                "After 20 questions, the share of university-level professions that stand behind"
                " the best one of what a person really studies (by chance: half)"
            ),
            _percent(77),
            _("1,516 people, 2026"),
        ),
        Figure(_("Intervals meant to hold eight times in ten that did"), _percent(79.5, 1), large),
    ]


def simulated() -> list[Figure]:
    """What `python -m benchmarks.quiz` printed for 200 simulated people, 923 professions."""
    year = _("simulation, 2026")
    return [
        Figure(
            _("Of the ten nearest professions of 48 questions, found by our 20"), _percent(61), year
        ),
        Figure(
            _("The same before anybody’s answers have taught it, as now or at its beginning"),
            _percent(53),
            year,
        ),
        Figure(
            _("The same by 24 questions drawn at random, scored by simple means"),
            _percent(59),
            year,
        ),
        Figure(
            _("Of the ten shown, those that 48 questions place among the first fifty"),
            _percent(94),
            year,
        ),
        Figure(_("Intervals meant to hold eight times in ten that did"), _percent(82), year),
        Figure(
            _("One profession asked by ten questions: correlation with 48 questions"),
            _decimal(0.94),
            year,
        ),
        Figure(
            _("Random clicks that were noticed, with two false alarms in a hundred"),
            _percent(85),
            year,
        ),
    ]


def _decimal(value: float, places: int = 2) -> str:
    return number_format(value, decimal_pos=places, use_l10n=True)


def _percent(value: float, places: int = 0) -> str:
    return f"{_decimal(value, places)}\N{NO-BREAK SPACE}%"
