"""What is found by a name: offers by their profession and employer, and misspelt words by both."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from careers.offers.models.employer import Employer
from careers.offers.search import limit
from careers.offers.search.terms import FUNCTION_WORDS, term
from careers.professions.models import Profession, ProfessionName, Sector
from portal import kept, words
from portal.fields import LANGUAGE_CODES
from portal.spelling import Vocabulary

Ids = frozenset[int]
# Scans of the whole table would unfold every text; compiling costs more than it saves.
PLANNING = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
# So few of a million offers have a word that the list of those that do is what to read: in order
# of their numbers, all would be read for a word that none has.
BY_WORD = "SET LOCAL enable_indexscan = off"
USES = """
    (SELECT FROM offers_joboffer
    WHERE status = 'published' AND title_terms @> ARRAY[%s]::bigint[] LIMIT 1)
    UNION ALL
    (SELECT FROM offers_joboffer
    WHERE status = 'published' AND body_terms @> ARRAY[%s]::bigint[] LIMIT 1)
    LIMIT 1"""
NOBODY: Ids = frozenset()
PROFESSION_NAMES = [
    f"name_{form}_{code}" for form in ["masculine", "feminine", "short"] for code in LANGUAGE_CODES
]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: its term, and who has it in a name."""

    term: int
    professions: Ids
    employers: Ids


@dataclass(frozen=True)
class Names:
    """Who has a term in a name, and all words of these names."""

    professions: dict[int, Ids]
    employers: dict[int, Ids]
    terms: Ids
    vocabulary: Vocabulary

    def word(self, word: str) -> Word:
        number = term(word)
        return Word(
            number, self.professions.get(number, NOBODY), self.employers.get(number, NOBODY)
        )


def current() -> Names:
    """The names now; four queries after a change of content."""
    return kept.table("names of offers", build=_build)


def resolve(query: Iterable[str]) -> list[Word]:
    """What the engines look for; asks nothing without words."""
    query = [*query]
    return [current().word(word) for word in query] if query else []


@lru_cache(200_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(words.split(text)) - FUNCTION_WORDS


def _by_term(named: Iterable[tuple[int, str]]) -> dict[int, Ids]:
    grouped: dict[int, set[int]] = {}
    for pk, text in named:
        for word in _words(text):
            grouped.setdefault(term(word), set()).add(pk)
    return {number: frozenset(ids) for number, ids in grouped.items()}


def _build() -> Names:
    titles = Profession.objects.values_list("pk", *PROFESSION_NAMES)
    professions = [(pk, text) for pk, *texts in titles for text in texts if text]
    professions += ProfessionName.objects.values_list("profession_id", "text")
    employers = [*Employer.objects.values_list("pk", "name")]
    sectors = Sector.objects.values_list(*[f"name_{code}" for code in LANGUAGE_CODES])
    texts = [text for _pk, text in [*professions, *employers]]
    texts += [text for names in sectors for text in names if text]
    return Names(
        professions=_by_term(professions),
        employers=_by_term(employers),
        terms=frozenset(term(word) for text in texts for word in _words(text)),
        vocabulary=Vocabulary.of(texts),
    )


def _nothing(number: int) -> bool:
    return False


def repair(
    query: Sequence[str], known: Callable[[int], bool] = _nothing, until: float | None = None
) -> tuple[str, ...]:
    """As many words in the same order, those that nobody uses replaced by the likeliest name.

    A word is used if it stands in a name of a profession, a sector or an employer, or in the text
    of a published offer. One query for each word that no name has and whose term is not `known`.
    Raises NotInTime at the moment `until`, of `monotonic`.
    """
    names = current() if query else None
    return tuple(_repaired(word, names, known, until) for word in query) if names else ()


def _repaired(word: str, names: Names, known: Callable[[int], bool], until: float | None) -> str:
    number = term(word)
    if number in names.terms or known(number) or not (near := names.vocabulary.neighbours(word)):
        return word
    return word if _is_in_an_offer(number, until) else near[0]


def _is_in_an_offer(number: int, until: float | None) -> bool:
    """Whether the text of a published offer holds a term."""
    with limit.cursor(f"{PLANNING}; {BY_WORD}", until) as cursor:
        cursor.execute(USES, [number, number])
        return cursor.fetchone() is not None
