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
from quiz.engine.compatibility import ITEMS
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


@dataclass(frozen=True)
class Simulated:
    """A figure of `benchmarks.quiz`: before anybody has answered, and taught by 4,000 people."""

    prior: float
    taught: float


# Shares in per cent; the tables of docs/performance.md, "The quiz", which they come from:
SIMULATED = {
    # After 20 items, by people in the calibration: overlap@10, of 0 and of 4,000 people.
    "overlap": Simulated(prior=53, taught=61),
    # The same table: in 50.
    "among fifty": Simulated(prior=90, taught=94),
    # Honesty at 20 items: coverage of the centred formula.
    "coverage": Simulated(prior=80, taught=82),
    # One profession, of 8 items (`ITEMS`): focused.
    "one profession": Simulated(prior=0.87, taught=0.92),
    # Random clicks at 20 items: found, and false alarms.
    "clicks noticed": Simulated(prior=86, taught=80),
    "false alarms": Simulated(prior=5, taught=3),
}
# Against the 48 items, by number of items: overlap@10 of raw means of 24 items.
RANDOM_24 = 59


def contents() -> dict[str, Any]:
    """What the page says. Costs three queries."""
    current = ModelVersion.objects.filter(is_current=True).order_by("language")
    versions = list(current.only("number", "language", "respondents", "engine_version"))
    is_taught = any(version.respondents >= FIRST for version in versions)
    return {
        "length": MAIN_LENGTH,
        "days": DAYS_KEPT,
        "engine": VERSION,
        "bands": _bands(),
        **_bank(),
        "versions": versions,
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
        "simulated": simulated(is_taught=is_taught),
        "is_taught": is_taught,
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
                " professions: why we show bands and sectors, and no exact places"
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


def simulated(*, is_taught: bool) -> list[Figure]:
    """What `python -m benchmarks.quiz` printed for 200 simulated people, 923 professions.

    The engine is that of today: taught by answers, or as it begins, before anybody's.
    """
    year, overlap = _("simulation, 2026"), SIMULATED["overlap"]
    found = {name: both.taught if is_taught else both.prior for name, both in SIMULATED.items()}
    other = (
        (_("The same before anybody’s answers had taught it"), _percent(overlap.prior))
        if is_taught
        else (_("The same once 4,000 people have taught it"), _percent(overlap.taught))
    )
    lines = [
        (
            _("Of the ten nearest professions of 48 questions, found by our 20"),
            _percent(found["overlap"]),
        ),
        other,
        (
            _("The same by 24 questions drawn at random, scored by simple means"),
            _percent(RANDOM_24),
        ),
        (
            _("Of the ten shown, those that 48 questions place among the first fifty"),
            _percent(found["among fifty"]),
        ),
        (_("Intervals meant to hold eight times in ten that did"), _percent(found["coverage"])),
        (
            _("One profession asked by %(count)s questions: correlation with 48 questions")
            % {"count": ITEMS},
            _decimal(found["one profession"]),
        ),
        (_("Random clicks that were noticed"), _percent(found["clicks noticed"])),
        (_("People who were wrongly taken for random clicks"), _percent(found["false alarms"])),
    ]
    return [Figure(text, value, year) for text, value in lines]


def _decimal(value: float, places: int = 2) -> str:
    return number_format(value, decimal_pos=places, use_l10n=True)


def _percent(value: float, places: int = 0) -> str:
    return f"{_decimal(value, places)}\N{NO-BREAK SPACE}%"
