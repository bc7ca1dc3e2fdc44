"""What a result says in words: never a verdict, never a code of letters."""

from collections.abc import Sequence
from math import ceil

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careers.professions.enums import StudyLevel
from portal.fields import choose
from quiz.counterfactual import Change
from quiz.engine import Band
from quiz.engine.compatibility import ITEMS
from quiz.enums import Interest, Situation, StudyOpenness
from quiz.findings import Answers, Findings, Said
from quiz.findings import Interest as FoundInterest
from quiz.reasons import LIKED, Reason, ReasonKind

# Noun phrases, to stand inside a sentence.
WORDS = {
    Interest.REALISTIC: gettext_lazy("working with your hands, tools, machines or nature"),
    Interest.INVESTIGATIVE: gettext_lazy("observing, understanding and solving problems"),
    Interest.ARTISTIC: gettext_lazy("creating and expressing yourself"),
    Interest.SOCIAL: gettext_lazy("helping, caring for and teaching people"),
    Interest.ENTERPRISING: gettext_lazy("leading, convincing and launching projects"),
    Interest.CONVENTIONAL: gettext_lazy("ordering, counting and checking with care"),
}
# The same in a few words, inside longer sentences.
SHORT = {
    Interest.REALISTIC: gettext_lazy("working with your hands"),
    Interest.INVESTIGATIVE: gettext_lazy("finding out how things work"),
    Interest.ARTISTIC: gettext_lazy("creating"),
    Interest.SOCIAL: gettext_lazy("helping people"),
    Interest.ENTERPRISING: gettext_lazy("leading and convincing"),
    Interest.CONVENTIONAL: gettext_lazy("keeping things in order"),
}
BANDS = {
    Band.VERY_CLOSE: gettext_lazy("very close"),
    Band.CLOSE: gettext_lazy("close"),
    Band.TO_EXPLORE: gettext_lazy("to explore"),
    Band.FAR: gettext_lazy("far"),
}
# Where the answers say it by themselves.
PLAIN = {
    ReasonKind.SHARED: gettext_lazy("You like %(words)s, and this work has much of it."),
    ReasonKind.SPARED: gettext_lazy(
        "You are less drawn to %(words)s, and this work asks for little of it."
    ),
    ReasonKind.MISSING: gettext_lazy("You like %(words)s, and this work has little of it."),
    ReasonKind.HEAVY: gettext_lazy(
        "You are less drawn to %(words)s, and this work asks for much of it."
    ),
}
REASONS = {
    ReasonKind.SHARED: gettext_lazy(
        "Compared with usual answers, %(words)s is one of your stronger interests, and this work"
        " has much of it."
    ),
    ReasonKind.SPARED: gettext_lazy(
        "Compared with usual answers, %(words)s is one of your weaker interests, and this work asks"
        " for little of it."
    ),
    ReasonKind.MISSING: gettext_lazy(
        "Compared with usual answers, %(words)s is one of your stronger interests, and this work"
        " has little of it."
    ),
    ReasonKind.HEAVY: gettext_lazy(
        "Compared with usual answers, %(words)s is one of your weaker interests, and this work asks"
        " for much of it."
    ),
    ReasonKind.USUAL: gettext_lazy(
        "Nothing in your answers speaks against it. What many find hard:"
    ),
    ReasonKind.LEAST: gettext_lazy(
        "Nothing in your answers speaks against it. What speaks least for it: %(words)s."
    ),
    ReasonKind.TOUGH: gettext_lazy(
        "Nothing in your answers speaks against it. What many find hard: “%(criterion)s”."
    ),
}
# Interests told of an open profile.
TOLD = 3
# Points of the five between the highest and the lowest mean below which all are alike.
FLAT = 0.8
# Standard deviations from the usual answer within which an interest is like it.
USUAL = 0.5
FEW = 10  # answers


def of_profile(data: Findings) -> list[str]:
    """Two sentences: what attracts most; where that leads, and what attracts least if it is known.

    Where all answers are alike they say that nothing can be told.
    """
    if data.get("alike"):
        return [
            _("Nothing in your answers tells what attracts you more, or less, than the rest."),
            _("Take the professions below as a first look around, not as an answer."),
        ]
    ranked = _ranked(data)
    if data["open"]:
        several = get_text_list([short(row["letter"]) for row in _near_first(ranked)], _("and"))
        first = _(
            "Your profile is open: compared with usual answers, no interest is clearly ahead of the"
            " others. Those that come first: %(interests)s."
        )
        sentences = [first % {"interests": several}]
    else:
        first = (
            _("What attracts you most is %(first)s; next comes %(second)s.")
            if _is_liked(ranked[:2], data)
            else _("Compared with usual answers, you stand out by %(first)s, then by %(second)s.")
        )
        pair = {"first": short(ranked[0]["letter"]), "second": short(ranked[1]["letter"])}
        sentences = [first % pair]
    names = [choose(family["name"].get) for family in data["families"]]
    letter = least_of(data)
    told = {"sectors": _sectors(names), "least": short(letter) if letter else ""}
    if names and letter:
        last = _(
            "The professions nearest to your interests are found in %(sectors)s; %(least)s attracts"
            " you least."
        )
    elif names:
        last = _("The professions nearest to your interests are found in %(sectors)s.")
    elif letter:
        last = _("%(least)s attracts you least.")
    else:
        return sentences
    return [*sentences, capfirst(last % told)]


def least_of(data: Said) -> str:
    """The letter of the interest that attracts least.

    "" where another may attract as little, or where the mean answers do not say the same as the
    comparison with the usual ones.
    """
    ranked = _ranked(data)
    lowest = min(interest["mean"] for interest in ranked)
    is_known = not data.get("alike") and not _is_near(ranked[-2], ranked[-1])
    return str(ranked[-1]["letter"]) if is_known and ranked[-1]["mean"] == lowest else ""


def _is_liked(first: Sequence[FoundInterest], data: Said) -> bool:
    """Whether these are the highest mean answers too, in this order, and those of liking."""
    means = sorted((interest["mean"] for interest in data["interests"]), reverse=True)
    own = [interest["mean"] for interest in first]
    return own == means[: len(own)] and own[-1] >= LIKED


def _ranked(data: Said) -> list[FoundInterest]:
    return sorted(data["interests"], key=lambda interest: -interest["centred"])


def _is_near(higher: FoundInterest, lower: FoundInterest) -> bool:
    """Whether two interests are no farther from each other than is known of them."""
    unknown = (higher["sd"] ** 2 + lower["sd"] ** 2) ** 0.5
    return bool(higher["centred"] - lower["centred"] < unknown)


def words(letter: str) -> str:
    """What an interest is about."""
    return str(WORDS[Interest(letter)])


def short(letter: str) -> str:
    """The same in a few words."""
    return str(SHORT[Interest(letter)])


def _near_first(ranked: Sequence[FoundInterest]) -> Sequence[FoundInterest]:
    """Two interests at least, and those that are no farther from the first than is known."""
    top = ranked[0]
    return [row for place, row in enumerate(ranked[:TOLD]) if place < 2 or _is_near(top, row)]


def _sectors(names: Sequence[str]) -> str:
    return get_text_list([_("“%s”") % name for name in names], _("and"))


def beside(normed: float) -> str:
    """How an interest stands beside what people usually answer."""
    if normed > USUAL:
        return _("above the usual answer")
    return _("below the usual answer") if normed < -USUAL else _("near the usual answer")


def of_reason(row: Reason) -> str:
    """Why a profession is near, or what speaks against it."""
    told = {"words": short(row["letter"])} if row["letter"] else {}
    if "criterion" in row:
        told = {"criterion": choose(row["criterion"].get)}
    kind = ReasonKind(row["kind"])
    return str(PLAIN[kind] if row.get("plain") else REASONS[kind]) % told


def of_interval(low: float, high: float) -> str:
    """The 80 % interval in words."""
    first, last = Band.of(low), Band.of(high)
    if first == last:
        return _("8 chances in 10 that it really is “%(band)s”.") % {"band": BANDS[first]}
    text = _("8 chances in 10 that it lies between “%(low)s” and “%(high)s”.")
    return text % {"low": BANDS[first], "high": BANDS[last]}


def clashes(level: str, openness: str) -> list[str]:
    """What a profession asks beyond the studies that the person imagines, or below them."""
    wanted, order = StudyOpenness(openness), list(StudyLevel)
    if level in wanted.levels:
        return []
    more = order.index(StudyLevel(level)) > order.index(wanted.levels[-1])
    text = (
        _("Usual studies: %(level)s, longer than those you imagine (%(wanted)s).")
        if more
        else _("Usual studies: %(level)s, shorter than those you imagine (%(wanted)s).")
    )
    return [text % {"level": StudyLevel(level).label, "wanted": wanted.label}]


def of_change(row: Change, title: str, enters: bool) -> str:
    """The smallest change of one answer, said so that the person finds it again."""
    if not row["item"]:
        text = (
            _("No single answer would bring “%(title)s” among your first ten: it takes several.")
            if enters
            else _("No single answer would take “%(title)s” out of your first ten.")
        )
        return text % {"title": title}
    told = {"after": row["after"], "before": row["before"], "title": title}
    return change_text(enters) % told


def change_text(enters: bool) -> str:
    """What one answer changes; `after`, `before` and `title` are to be put in."""
    if enters:
        return _(
            "With “%(after)s” instead of “%(before)s”, “%(title)s” would be among your first ten."
        )
    return _("With “%(after)s” instead of “%(before)s”, “%(title)s” would leave your first ten.")


def doubts(data: Answers) -> list[str]:
    """What speaks against trusting the answers, softly said."""
    found = []
    # A shorter quiz counts the answers of the one before it, unless that was erased.
    if data["answered"] < min(FEW, max(data["asked"], ITEMS)):
        text = ngettext(
            "You answered %(count)d question: with so little, take the result as a first look.",
            "You answered %(count)d questions: with so few, take the result as a first look.",
            data["answered"],
        )
        found.append(text % {"count": data["answered"]})
    if data["may_be_random"]:
        found.append(
            _(
                "Some of your answers point in different directions. That happens to people with"
                " many sides, or when one answers fast: talk it over, or take the quiz again."
            )
        )
    return found


def notes(data: Said) -> list[str]:
    """Doubts about the result, softly said."""
    found = doubts(data)
    means = [interest["mean"] for interest in data["interests"]]
    is_flat = data.get("alike") or max(means) - min(means) < FLAT
    if is_flat and not data.get("alike"):
        found.append(
            _(
                "Your answers lie close together, so the order of the professions says little:"
                " look at the sectors rather than at the places."
            )
        )
    if is_flat and data["situation"] in {"", Situation.PUPIL}:
        found.append(
            _(
                "Before 16 it is normal that answers lie close together: interests are still taking"
                " shape, and other answers in a year are no contradiction."
            )
        )
    return found


def limits() -> list[str]:
    """What the quiz cannot know."""
    return [
        _("What you are good at, what you have learnt, and what you could still learn."),
        _("Your health, your family, your means, and what matters to you besides interests."),
        _("How a team, a boss or a place of work feels: only a visit or a placement shows that."),
        _(
            "Whether a school or an employer takes you. Nobody may use this result to choose or"
            " refuse you: it was not made for selection."
        ),
    ]


def of_gain(gain: int | None) -> str:
    """Places won or lost by a what-if; None where the profession was not ranked before."""
    if gain is None:
        return _("new here")
    if gain > 0:
        text = ngettext("%(count)d place won", "%(count)d places won", gain)
    elif gain < 0:
        text = ngettext("%(count)d place lost", "%(count)d places lost", -gain)
    else:
        return _("same place")
    return text % {"count": abs(gain)}


def of_time(seconds: int | None) -> str:
    if seconds is None:
        return _("not measured")
    parts = {"minutes": seconds // 60, "seconds": seconds % 60}
    return _("%(minutes)d min %(seconds)d s") % parts


def of_width(width: float) -> str:
    """The mean width of intervals, from 0 to 1, for people."""
    text = _("about %(count)d of the 100 steps from far to very close")
    return text % {"count": round(100 * width)}


def of_top(total: int | None) -> str:
    """That a profession is probably in the tenth that is nearest, of this many in all."""
    if not total:
        return ""
    text = ngettext(
        "At least 8 chances in 10 of being among the %(nearest)d nearest to you of all %(count)d"
        " profession.",
        "At least 8 chances in 10 of being among the %(nearest)d nearest to you of all %(count)d"
        " professions.",
        total,
    )
    return text % {"nearest": ceil(total / 10), "count": total}
