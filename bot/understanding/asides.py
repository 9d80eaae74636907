"""Words said by the way: a greeting or thanks and nothing else, and what takes back the words just said.

The words are in `data/asides.toml`, English standing in for a language that is not there.
"""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.understanding.lexicon import FALLBACK
from bot.understanding.scanner import folded

_DATA = Path(__file__).parent / "data" / "asides.toml"
_MARKS = re.compile(r"[^\w'’]+")
_LONGEST = 40
_BACK = "back"


class Aside(StrEnum):
    """What is said by the way."""

    HELLO = "hello"
    THANKS = "thanks"


def read_aside(text: str, *, language: str = "en") -> Aside | None:
    """Return what a text is that greets or thanks and says nothing else; None for any other.

    "hi", "Good morning!"; not "hi, did it".
    """
    words = _plain(text)
    if not words or len(words) > _LONGEST:
        return None
    known = _asides(language)
    return next((aside for aside in Aside if words in known[aside]), None)


def taken_back(text: str, *, language: str = "en") -> str | None:
    """Return what a text says after words that take back what was just said; None without such words.

    "no wait, only half of it" gives "only half of it".
    """
    said = folded(text)
    found = _opening(language).match(said)
    return said[found.end() :] or None if found is not None else None


@cache
def _asides(language: str) -> Mapping[str, frozenset[str]]:
    tables = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    table = tables.get(language.split("-")[0].lower(), tables[FALLBACK])
    return {kind: frozenset(_plain(phrase) for phrase in phrases) for kind, phrases in table.items()}


@cache
def _opening(language: str) -> re.Pattern[str]:
    """The longest of the openings, with whatever marks there are between and after its words."""
    openings = sorted(_asides(language)[_BACK], key=len, reverse=True)
    patterns = [r"\W+".join(re.escape(word) for word in opening.split()) for opening in openings]
    return re.compile(rf"\W*(?:{'|'.join(patterns)})(?!\w)\W*", re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", folded(text)).split())
