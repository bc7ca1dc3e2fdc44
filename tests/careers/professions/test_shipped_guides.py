"""The guides that ship: a figure names its source, or the official text it comes from."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from portal.imports.files import read_yaml
from portal.management.commands.load_content import CONTENT

# What is no text: days and hours of the clock, codes of other lists, references, weights.
NO_TEXT = {
    *"profession published_on reviewed_on start end codes criterion kind importance".split(),
    *"schools zones".split(),
}

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
DATE = rf"\d{{1,2}} (?:{MONTHS.replace(' ', '|')}) \d{{4}}"
OFFICIAL = [
    rf"(?:[Ll]oi|[Dd]écret|[Oo]rdonnance|[Aa]rrêté royal)\b[^.;]{{0,40}}? du {DATE}",
    r"[Dd]irective (?:\(UE\) \d{4}/\d+|\d{4}/\d+/CE)",
    r"[Rr]èglement \((?:CE|UE)\) \d+/\d+",
]
NAMES = [
    r"[Cc]ommission paritaire \d{3}(?:\.\d\d)?",
    r"\bCP \d{3}\b",
    r"\b(?:EN|EN ISO|ISO) \d{4,5}(?:-\d)?",
    r"\b(?:CQ6|CE6P|BA4|BA5|5S|A[12]|B[12]|C[12])\b",  # diplomas, safety levels, languages
    r"\b[Cc]ode 95\b",  # on a driving licence
    r"\bgroupe 2\b",  # of driving licences
    r"\bsections? [1-5](?: à [1-5])?\b",  # of teacher training
]
# A length told in words counts as a figure; "une heure" and "plusieurs mois" do not.
NUMBERS = (
    "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante "
    "cinquante soixante cent"
)
LENGTH = (
    rf"\b(?:{NUMBERS.replace(' ', '|')})(?: (?:à|ou) \w+)? "
    r"(?:ans?|années?|mois|semaines?|heures?|crédits|tonnes)\b"
)
FIGURE = re.compile(rf"\d|%|{LENGTH}", re.IGNORECASE)


@cache
def guides() -> dict[str, dict[str, Any]]:
    """The guides by the key of their profession, without those whose page has a source."""
    paths = sorted((CONTENT / "guides").glob("*.yaml"))
    return {
        path.stem: record.values
        for path in paths
        for record in read_yaml(path)
        if "source" not in record.values
    }


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """What a reader sees, each place once; an item is one text, its heading and length included."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from texts(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        told = {name: part for name, part in value.items() if name not in NO_TEXT}
        if "text" in told:
            yield place, " ".join(part for _place, part in texts(list(told.values())))
        else:
            for name, part in told.items():
                yield from texts(part, f"{place}.{name}")


def unsourced(text: str) -> list[str]:
    """The figures of a text that names no official text."""
    if any(re.search(pattern, text) for pattern in OFFICIAL):
        return []
    for pattern in NAMES:
        text = re.sub(pattern, "", text)
    return FIGURE.findall(text)


def test_most_guides_have_no_page_as_their_source():
    assert len(guides()) >= 16


@pytest.mark.parametrize("key", guides())
def test_a_figure_in_a_guide_names_the_official_text_it_comes_from(key):
    values = guides()[key]
    found = {place: text for place, text in texts(values) if unsourced(text)}

    assert not found
    assert not {"figures", "salaries", "testimonies"} & set(values)


@pytest.mark.parametrize(
    "text",
    [
        "Depuis 2016, le bachelier compte 240 crédits.",
        "Neuf heures par jour, selon la loi.",
        "Un stage de deux à trois ans.",
        "Un décret de 2019 le prévoit.",
        "La moitié, soit 50 %, y travaille.",
        "Le barème de la commission paritaire 200 dit 2 300 euros.",
    ],
)
def test_a_figure_without_an_official_text_is_found(text):
    assert unsourced(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le décret « Paysage » du 7 novembre 2013 fixe 180 crédits.",
        "Le règlement (CE) 561/2006 limite la conduite à neuf heures.",
        "La directive 2005/36/CE et la directive (UE) 2022/2561 : 35 heures.",
        "La sous-commission paritaire 149.01, la norme EN ISO 9606-1, le CQ6 et le niveau B2.",
        "Une heure, plusieurs semaines, une septième année.",
    ],
)
def test_official_texts_and_names_are_no_loose_figures(text):
    assert not unsourced(text)
