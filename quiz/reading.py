"""Findings read in the language of the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst

from careers.professions.enums import Section, StudyLevel
from portal.fields import Text, choose
from quiz import counterfactual, findings, lookups, reasons, sentences
from quiz.engine import Band
from quiz.enums import Interest, StudyOpenness
from quiz.shown import Apart, Change, Choice, Family, Match, Reason, Result
from quiz.shown import Interest as ShownInterest

LIKELY = 0.8
# The ids that components/pros_cons.html gives its items.
ANCHORS = {Section.PROS: "pro", Section.CONS: "con"}


def read(
    data: findings.Findings,
    *,
    before: findings.Findings | None = None,
    change: counterfactual.Change | None = None,
    usual: Sequence[int] | None = None,
) -> Result:
    """The result that findings make.

    `before` are the findings of what was said, `usual` the order against which places are won
    where it is not theirs. `change` stands in for the one that is found for everybody.
    """
    known = lookups.professions()
    ranks = {pk: rank for rank, pk in enumerate(data["ranking"], 1)}
    usual = (before or data)["ranking"] if usual is None else usual
    gains = _gains(data["ranking"], usual)
    matches = {
        int(pk): match(int(pk), row, ranks[int(pk)], gains.get(int(pk)), data["level"], known)
        for pk, row in data["professions"].items()
    }
    if is_alike := data.get("alike", False):
        matches = {pk: match.untold for pk, match in matches.items()}
    return Result(
        # Of what was said, not of what is imagined.
        sentences=sentences.of_profile(before or data),
        is_alike=is_alike,
        is_open=data["open"],
        interests=[_interest(row) for row in data["interests"]],
        least=sentences.words(least) if (least := sentences.least_of(data)) else "",
        notes=sentences.notes(data),
        limits=sentences.limits(),
        nearest=[] if is_alike else [matches[pk] for pk in data["nearest"]],
        families=[_family(row, matches) for row in data["families"]],
        bridge=matches[data["bridge"]] if data["bridge"] and not is_alike else None,
        choices=[] if is_alike else _choices(data, known),
        change=None if is_alike else _change(change or data["change"], data, known),
        others=0 if is_alike else data["others"],
        apart=[] if is_alike else [_apart(row, known) for row in data["apart"]],
        apart_count=data["apart_count"],
        total=len(ranks),
        is_filtered=set(ranks) != set(usual),
        **_making(data),
    )


def _making(data: findings.Findings) -> dict[str, Any]:
    """How the result was made."""
    level = StudyOpenness(data["level"])
    return {
        "level": str(level),
        "level_name": str(level.label),
        "top_said": sentences.of_top(data.get("of")),
        "engine": data["engine"],
        "version": data["version"],
        "asked": data["asked"],
        "answered": data["answered"],
        "seconds": data["seconds"],
        "time": sentences.of_time(data["seconds"]),
        "width": data["width"],
        "width_said": sentences.of_width(data["width"]),
    }


def _gains(ranking: Sequence[int], usual: Sequence[int]) -> dict[int, int]:
    """The places won among the professions of both, which no filter changes."""
    both = set(ranking) & set(usual)
    old = {pk: place for place, pk in enumerate(pk for pk in usual if pk in both)}
    new = enumerate(pk for pk in ranking if pk in both)
    return {pk: old[pk] - place for place, pk in new}


def _interest(row: findings.Interest) -> ShownInterest:
    return ShownInterest(
        letter=row["letter"],
        name=str(Interest(row["letter"]).label),
        words=sentences.words(row["letter"]),
        mean=row["mean"],
        low=max(row["low"], 1.0),
        high=min(row["high"], 5.0),
        beside=sentences.beside(row["normed"]),
    )


def match(
    pk: int,
    row: findings.Profession,
    rank: int,
    gain: int | None,
    openness: str,
    known: Mapping[int, Any],
) -> Match:
    """One of the professions of findings; `known` are those of today (`lookups.professions`)."""
    profession, title = known.get(pk), choose(row["title"].get)
    url = profession.get_absolute_url() if profession else ""
    current = profession.guide_version if profession else None
    strengths = [_reason(reason, url, row["guide_version"], current) for reason in row["strengths"]]
    band = Band(row["band"])
    return Match(
        pk=pk,
        slug=str(profession.slug) if profession else "",
        title=str(title),
        language=title.language,
        url=url,
        sector=str(choose(row["sector"].get)),
        level=str(StudyLevel(row["level"]).label),
        rank=rank,
        gain=gain,
        moved=sentences.of_gain(gain),
        place=row["match"],
        low=row["low"],
        high=row["high"],
        band=band,
        band_name=capfirst(str(sentences.BANDS[band])),
        interval=sentences.of_interval(row["low"], row["high"]),
        is_likely_top=row["top_tenth"] >= LIKELY,
        strengths=strengths,
        friction=_reason(row["friction"], url, row["guide_version"], current),
        clashes=sentences.clashes(row["level"], openness),
    )


def _reason(reason: reasons.Reason, url: str, version: int | None, current: int | None) -> Reason:
    """A reason with where the page speaks of it, as far as the guide is still that `version`."""
    quote = choose(reason["text"].get) if "text" in reason else Text("", "")
    block = "criteria" if "criterion" in reason else "interests"
    if "section" in reason and current:
        block = "pros-cons"
        if current == version:
            block = f"{ANCHORS[Section(reason['section'])]}-{reason['place']}"
    return Reason(
        text=sentences.of_reason(reason),
        quote=str(quote),
        language=quote.language,
        url=f"{url}#{block}" if url else "",
    )


def _family(row: findings.Family, matches: Mapping[int, Match]) -> Family:
    name = choose(row["name"].get)
    return Family(str(name), name.language, [matches[pk] for pk in row["members"]])


def _choices(data: findings.Findings, known: Mapping[int, Any]) -> list[Choice]:
    enter, leave = data["choices"]["enter"], data["choices"]["leave"]
    return [
        Choice(pk, str(known[pk].slug), str(_title(pk, data)), pk in enter)
        for pk in [*enter, *leave]
        # The page of a profession that is gone has no address to ask by.
        if pk in known
    ]


def _title(pk: int, data: findings.Findings) -> Text:
    return choose(data["titles"][str(pk)]["title"].get)


def _change(
    row: counterfactual.Change | None, data: findings.Findings, known: Mapping[int, Any]
) -> Change | None:
    if row is None:
        return None
    pk = row["id"]
    title, enters = str(_title(pk, data)), pk in data["choices"]["enter"]
    return Change(
        pk=pk,
        slug=str(known[pk].slug) if pk in known else "",
        title=title,
        enters=enters,
        text=sentences.of_change(row, title, enters),
        item=row["item"],
        before=row.get("before", ""),
        after=row.get("after", ""),
        language=row.get("language", ""),
        rank_before=row.get("rank_before", 0),
        rank_after=row.get("rank_after", 0),
    )


def _apart(row: findings.Apart, known: Mapping[int, Any]) -> Apart:
    title, profession = choose(row["title"].get), known.get(row["id"])
    return Apart(
        title=str(title),
        language=title.language,
        url=profession.get_absolute_url() if profession else "",
        rank=row["rank"],
    )
