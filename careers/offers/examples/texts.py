"""The words of an example offer, put together from sentences whose search terms are known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from careers.offers.enums import LanguageLevel
from careers.offers.examples.catalogue import Firm, Role, pick
from careers.offers.search.terms import terms

# How many ways there are to put a set of sentences together.
VARIANTS = 24


@lru_cache(20_000)
def _terms(sentence: str) -> frozenset[int]:
    return frozenset(terms([sentence]))


@dataclass(frozen=True)
class Block:
    """Some sentences and the terms they are found by."""

    text: str
    terms: frozenset[int]

    @classmethod
    def of(cls, *sentences: str, separator: str = " ") -> "Block":
        return cls(separator.join(sentences), frozenset().union(*map(_terms, sentences)))


@dataclass
class Writer:
    """Makes each block once; the terms of a text are those of its blocks."""

    texts: dict[str, Any]
    made: dict[tuple[Any, ...], list[Block]] = field(default_factory=dict)

    def opening(self, language: str, firm: Firm, random: Random) -> Block:
        """Who engages and why."""
        key = ("opening", language, firm.id)
        if key not in self.made:
            name = "agency_openings" if firm.is_agency else "openings"
            self.made[key] = [
                Block.of(text.format(employer=firm.name)) for text in self.texts[language][name]
            ]
        return pick(self.made[key], random)

    def work(self, language: str, role: Role, random: Random) -> Block:
        """What the work is: where it is done, the profession in a sentence, four or five tasks."""
        key = ("work", language, role.id)
        if key not in self.made:
            # Of its own, so that an offer does not depend on those before it.
            own = Random(f"{key[0]} {language} {role.key}")
            self.made[key] = self._work(language, role, own)
        return pick(self.made[key], random)

    def _work(self, language: str, role: Role, random: Random) -> list[Block]:
        texts = self.texts[language]
        contexts = texts.get("sectors", {}).get(role.sector, {}).get("context", [])
        definition = role.definitions.get(language) if "definition" in texts else None
        before = [texts["definition"].format(definition=definition)] if definition else []
        criteria = [task for found in self._criteria(language, role) for task in found["tasks"]]
        blocks = []
        for _ in range(VARIANTS):
            context = [random.choice(contexts)] if contexts else []
            tasks = [f"- {task}" for task in self._tasks(language, role, criteria, random)]
            lines = [*context, *before, "", random.choice(texts["tasks"]), *tasks]
            blocks.append(Block.of(*lines, separator="\n"))
        return blocks

    def _tasks(self, language: str, role: Role, criteria: list[str], random: Random) -> list[str]:
        """The missions of the guide first, then what the criteria of the profession ask for."""
        missions = role.missions if language == "fr" else []
        tasks = random.sample(missions, min(3, len(missions)))
        wanted = (5 if language in {"fr", "nl"} else 4) - len(tasks)
        sectors = self.texts[language].get("sectors", {})
        if not missions and role.sector in sectors:
            tasks.append(random.choice(sectors[role.sector]["tasks"]))
            wanted -= 1
        return tasks + random.sample(criteria, min(wanted, len(criteria)))

    def _criteria(self, language: str, role: Role) -> list[dict[str, Any]]:
        known = self.texts[language]["criteria"]
        return [known[key] for key in known if role.has(key)]

    def qualities(self, language: str, role: Role, random: Random) -> Block:
        """Two or three things the work asks of a person."""
        key = ("qualities", language, role.id)
        if key not in self.made:
            own = Random(f"{key[0]} {language} {role.key}")
            found = [criterion["quality"] for criterion in self._criteria(language, role)]
            self.made[key] = [
                Block.of(*own.sample(found, min(own.choice([2, 3]), len(found))))
                for _ in range(VARIANTS)
            ]
        return pick(self.made[key], random)

    def about(self, language: str, name: str, value: str, random: Random) -> Block | None:
        """What is said of a fact of the offer; None where nothing needs to be said."""
        key = (name, language, value)
        if key not in self.made:
            found = self.texts[language][name]
            found = found.get(value, []) if isinstance(found, dict) else found
            found = [found] if isinstance(found, str) else found
            self.made[key] = [Block.of(text) for text in found]
        return pick(self.made[key], random) if self.made[key] else None

    def languages(self, language: str, asked: Iterable[tuple[str, int]]) -> Block | None:
        """The languages asked for, with their levels."""
        levels = tuple(asked)
        if not levels:
            return None
        key = ("languages", language, levels)
        if key not in self.made:
            names = self.texts[language]["language_names"]
            listed = ", ".join(
                f"{names[code]} {LanguageLevel(level).label}" for code, level in levels
            )
            text = self.texts[language]["languages"].format(languages=listed)
            self.made[key] = [Block.of(text)]
        return self.made[key][0]


def joined(blocks: Iterable[Block | None], separator: str) -> tuple[str, frozenset[int]]:
    """One text of several blocks, and the terms of all."""
    kept = [block for block in blocks if block and block.text]
    return separator.join(block.text for block in kept), frozenset().union(
        *[block.terms for block in kept]
    )
