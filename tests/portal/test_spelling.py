import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from portal.spelling import Vocabulary, errors_forgiven
from portal.words import fold, query_words, split

NAMES = [
    "Comptable", "Boulanger", "Boulangère", "Infirmier", "Infirmière", "Soudeur", "Électricien",
    "Directeur des opérations industrielles", "Conseiller en environnement", "COO", "4000 Liège",
]  # fmt: skip
KNOWN = Vocabulary.of(NAMES)
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@st.composite
def misspelt(draw):
    """A known word of four letters or more with one letter wrong, missing, extra or swapped."""
    word = draw(st.sampled_from([word for word in KNOWN.words if errors_forgiven(word)]))
    place = draw(st.integers(1, len(word) - 2))
    letter = draw(LETTERS)
    kind = draw(st.sampled_from(["wrong", "missing", "extra", "swapped"]))
    before, here, after = word[:place], word[place], word[place + 1 :]
    return word, {
        "wrong": before + letter + after,
        "missing": before + after,
        "extra": before + letter + here + after,
        "swapped": before + after[0] + here + after[1:],
    }[kind]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("compable", "comptable"),
        ("boulnager", "boulanger"),
        ("infrmier", "infirmier"),
        ("electrcien", "electricien"),
        ("oprations", "operations"),
    ],
)
def test_one_error_is_forgiven(typed, meant):
    assert KNOWN.repair([typed]) == [meant]


@pytest.mark.parametrize("word", ["co", "cop", "4001", "xyzxyz", "", "comp", "boulangers"])
def test_short_words_numbers_beginnings_and_forms_are_left_alone(word):
    assert KNOWN.repair([word]) == [word]


@given(misspelt())
def test_a_word_with_one_error_becomes_a_known_word_near_it(pair):
    _word, typed = pair
    assume(errors_forgiven(typed) and not KNOWN.knows(typed))

    repaired = KNOWN.repair([typed])[0]

    assert repaired in KNOWN.counts
    assert OSA.distance(typed, repaired) <= errors_forgiven(typed)


@given(st.text(max_size=40))
def test_repair_keeps_the_number_of_words_and_repairs_once(text):
    typed = query_words(text)
    repaired = KNOWN.repair(typed)

    assert len(repaired) == len(typed)
    assert KNOWN.repair(repaired) == repaired


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_the_words_of_words_are_the_same_words(text):
    assert split(" ".join(split(text))) == split(text)
