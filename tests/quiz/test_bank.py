"""The sixty activities that ship, and the rules they are written by."""

import re
from collections import Counter
from functools import cache

import pytest

from portal.fields import LANGUAGE_CODES
from portal.imports.files import read_yaml
from portal.management.commands.load_content import CONTENT
from quiz.engine import Bank, Catalogue, Model, Session
from quiz.enums import FACETS, Interest
from quiz.models.bank import LONGEST_ITEM

ITEMS = [record.values for record in read_yaml(CONTENT / "quiz_items.yaml")]
SCALE = [record.values for record in read_yaml(CONTENT / "quiz_scale.yaml")]

NEGATIONS = {
    "fr": "ne n' n’ pas non jamais aucun aucune rien sans",
    "nl": "niet geen nooit niets niemand zonder",
    "de": "nicht kein keine keinen keiner nie niemals nichts niemand ohne",
    "en": "not no never none nothing nobody without don't don’t",
}
# What says who is meant, or how highly the activity is thought of.
FORBIDDEN = {
    "fr": "homme hommes femme femmes garçon fille mère père maman papa prestigieux célèbre expert",
    "nl": "man mannen vrouw vrouwen jongen meisje moeder vader mama papa beroemd expert",
    "de": "mann männer frau frauen junge mädchen mutter vater mama papa berühmt experte",
    "en": "man men woman women boy girl mother father he she his her famous expert prestigious",
}
BASE_FORMS = {"bring", "feed"}
INFINITIVE = {
    "fr": lambda words: words[0].endswith(("er", "ir", "re")),
    "nl": lambda words: any(re.search(r"(en|aan|zien|doen|staan)$", word) for word in words),
    "de": lambda words: any(re.search(r"(en|ern|eln)$", word) for word in words),
    "en": lambda words: words[0] in BASE_FORMS or not words[0].endswith(("ing", "s", "ed")),
}


def words_of(text):
    return re.findall(r"[^\W\d_]+['’]?", text.lower())


@cache
def job_titles():
    """The names of all professions of the catalogue in each language, both genders."""
    names = {code: set() for code in LANGUAGE_CODES}
    for path in sorted((CONTENT / "professions").glob("*.yaml")):
        for record in read_yaml(path):
            for code, forms in record.values["names"].items():
                names[code] |= {forms["masculine"].lower(), forms["feminine"].lower()}
            for other in record.values.get("other_names") or []:
                if other.get("kind", "title") == "title":
                    names[other.get("language", "fr")].add(other["text"].lower())
    return names


def each_text():
    return [(item["key"], code, item["text"][code]) for item in ITEMS for code in LANGUAGE_CODES]


def test_there_are_ten_items_an_interest_in_every_language():
    assert Counter(item["dimension"] for item in ITEMS) == dict.fromkeys(Interest.values, 10)
    assert len({item["key"] for item in ITEMS}) == 60
    assert [item["key"] for item in ITEMS if set(item["text"]) != set(LANGUAGE_CODES)] == []


@pytest.mark.parametrize("interest", Interest)
def test_items_are_spread_over_the_facets_of_their_interest(interest):
    counts = Counter(item["facet"] for item in ITEMS if item["dimension"] == interest)

    assert set(counts) == set(FACETS[interest])
    assert min(counts.values()) >= 2
    assert max(counts.values()) <= 3


def test_no_text_is_longer_than_seventy_characters():
    assert [text for _key, _code, text in each_text() if not 12 <= len(text) <= LONGEST_ITEM] == []


def test_no_two_items_ask_the_same():
    texts = Counter((code, text.lower()) for _key, code, text in each_text())

    assert [text for text, count in texts.items() if count > 1] == []


def test_texts_are_one_plain_phrase_in_the_infinitive():
    odd = [
        text
        for _key, code, text in each_text()
        if not text[0].isupper()
        or re.search(r"[.!?:;()«»“”\"]|\s\s|'", text)
        or not INFINITIVE[code](words_of(text))
    ]

    assert odd == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_text_says_something_in_the_negative_or_whom_it_is_for(language):
    forbidden = set(f"{NEGATIONS[language]} {FORBIDDEN[language]}".split())

    texts = [text for _key, code, text in each_text() if code == language]

    assert [text for text in texts if forbidden & set(words_of(text))] == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_text_names_a_job_of_the_catalogue(language):
    titles = job_titles()[language]
    assert len(titles) > 200

    found = {
        text: title
        for _key, code, text in each_text()
        if code == language
        for title in titles
        if re.search(rf"\b{re.escape(title)}\b", text.lower())
    }

    assert found == {}


def test_words_are_short_enough_for_a_reader_of_twelve():
    longest = {"fr": 14, "nl": 15, "de": 17, "en": 14}
    words = {(code, word) for _key, code, text in each_text() for word in words_of(text)}

    assert [word for code, word in words if len(word) > longest[code]] == []
    assert max(len(words_of(text)) for _key, _code, text in each_text()) <= 12


def test_the_scale_has_five_labelled_answers_in_every_language():
    assert [point["value"] for point in SCALE] == [1, 2, 3, 4, 5]
    for code in LANGUAGE_CODES:
        labels = [point["label"][code] for point in SCALE]
        assert len(set(labels)) == 5
        assert max(map(len, labels)) <= 20


def test_the_bank_that_ships_makes_a_quiz_of_twenty_different_items():
    bank = Bank([(item["key"], item["dimension"], item["facet"]) for item in ITEMS])
    catalogue = Catalogue({1: (7, 4, 2, 1, 3, 4), 2: (2, 3, 4, 7, 4, 2)})
    session = Session(Model.prior(bank), catalogue)

    asked = []
    while (item := session.next_item()) is not None:
        asked.append(item)
        session.answer(item, 1 + len(asked) % 5)

    interests = {item["key"]: item["dimension"] for item in ITEMS}
    assert len(set(asked)) == 20
    assert sorted(interests[item] for item in asked[:6]) == sorted(Interest.values)
