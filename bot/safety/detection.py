"""Language that sounds like danger, found by phrases: over-inclusive, in two levels, in five languages.

Letters that repeat count once, on both sides, so that "killlll" is found and "kill" still is.

It is no assessment: it decides which card is shown, and nothing of it is kept. Phrases are data
(`data/phrases.toml`). Source of the categories and of what negation means: EVIDENCE, section 5.2.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "phrases.toml"
_LOOK_ALIKES = str.maketrans({
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "!": "i", "’": "'", "`": "'",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "κ": "k",
    "ι": "i", "ο": "o", "α": "a", "ε": "e", "ı": "i", "ł": "l", "ø": "o", "ß": "s",
})  # fmt: skip
_SPACED = re.compile(r"(?<![^\W\d_])((?:[^\W\d_][ .\-_*]){2,}[^\W\d_])(?![^\W\d_])")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_SEPARATORS = re.compile(r"[^\w']+")
_BEFORE, _AROUND = 24, 60
"""Characters in which a denial, or a word that tells of the past, softens a phrase."""


class Card(StrEnum):
    """A, the full card; B, the gentle one."""

    A = "a"
    B = "b"


class Category(StrEnum):
    """What it sounds like; it chooses the card's first words and is not kept."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    MEDICAL = "medical"
    HARMED = "harmed"
    HARMING = "harming"
    LOSING_TOUCH = "losing_touch"


@dataclass(frozen=True, slots=True)
class Detection:
    """What was found."""

    card: Card
    category: Category


_DENIABLE = (Category.SUICIDE, Category.SELF_HARM)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Patterns of whole words, from the data file."""

    patterns: Mapping[tuple[Card, Category], re.Pattern[str]]
    idioms: re.Pattern[str]
    denial: re.Pattern[str]
    history: re.Pattern[str]
    held: re.Pattern[str]
    turns: re.Pattern[str]


def detect(text: str) -> Detection | None:
    """The card that a text calls for, None for none. Every language is looked for, whatever is spoken."""
    phrases = _phrases()
    hits = [hit for words in _readings(text) for hit in _hits(phrases.idioms.sub("|", words), phrases)]
    if not hits:
        return None
    firm = [hit for hit in hits if not hit.softened]
    full = next((hit for hit in firm if hit.card is Card.A), None)
    if full is None and firm and len(firm) < len(hits):
        full = next(hit for hit in hits if hit.softened)
    if full is not None:
        return Detection(Card.A, full.category)
    return Detection(Card.B, hits[0].category)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase that was found. Softened: denied now, told as history, or held off.

    A denial that the rest of the message undoes ("I'm not suicidal but I can't go on") counts in full.
    """

    card: Card
    category: Category
    softened: bool


def _hits(words: str, phrases: _Phrases) -> Iterable[_Hit]:
    for (card, category), pattern in phrases.patterns.items():
        for match in pattern.finditer(words):
            yield _Hit(card, category, category in _DENIABLE and _softened(words, match, phrases))


def _softened(words: str, match: re.Match[str], phrases: _Phrases) -> bool:
    before = phrases.turns.split(words[max(0, match.start() - _BEFORE) : match.start()])[-1]
    around = words[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return bool(
        phrases.denial.search(before) or phrases.history.search(around) or phrases.held.search(around)
    )


def _readings(text: str) -> Iterable[str]:
    """The text as typed, and, where it differs, with look-alike letters and spaced-out words undone."""
    plain = _folded(text)
    yield _squeezed(plain)
    undone = _SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match[1]), plain.translate(_LOOK_ALIKES))
    if undone != plain:
        yield _squeezed(undone)


def _folded(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        letter
        for letter in spread
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    ).replace("’", "'")


def _squeezed(words: str) -> str:
    return _SEPARATORS.sub(" ", _REPEATED.sub(r"\1", words)).strip()


@cache
def _phrases() -> _Phrases:
    raw: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    patterns = {
        (card, category): _pattern(raw[card.name][category]["phrases"])
        for card in Card
        for category in Category
    }
    return _Phrases(
        patterns=patterns,
        idioms=_pattern(raw["idioms"]["phrases"]),
        **{name: _pattern(raw[name]["words"]) for name in ("denial", "history", "held", "turns")},
    )


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern of whole words for all phrases, the longest first."""
    written = sorted(set(phrases), key=lambda each: (-len(each), each))
    return re.compile("(?<![^ ])(?:" + "|".join(map(_expression, written)) + ")(?![^ ])")


def _expression(phrase: str) -> str:
    """A phrase as a regular expression: "..." is up to three words, "*" any ending of a word."""
    words = []
    for word in _REPEATED.sub(r"\1", _folded(phrase)).split():
        if word == "...":
            words.append(r"(?:[\w']+ ){0,3}")
        elif word.endswith("*"):
            words.append(rf"{re.escape(word[:-1])}[\w']* ")
        else:
            words.append(f"{re.escape(word)} ")
    return "".join(words).removesuffix(" ")
