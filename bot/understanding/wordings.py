"""What is said around a place, taken away bit by bit: "moved from Madrid to Mexico City last month"."""

import re
from collections.abc import Iterator

from bot.understanding.gazetteer import without_lead, without_trail
from bot.understanding.scanner import folded

_LONGEST = 100
_TAIL = re.compile(r"\s+(?:time|timezone|time zone|zeit|state)$")
_NOT = "not|nicht|no|pas|nao"
_MOVED = re.compile(
    r"\b(?:moved|moving|relocated|flew|umgezogen|gezogen|mudei|mude|mudamos|demenage)\b.*?"
    r"\b(?:from|von|de|desde)\b.+?\b(?:to|nach|a|para|pra)\b (?P<meant>.+)"
)
_NOT_THERE = re.compile(
    rf"(?:{_NOT}) [^,]+?(?:,| but\b| sondern\b| sino\b| mais\b| mas\b)\s*(?P<meant>.+)"
    rf"|(?P<first>[^,]+), (?:{_NOT}) .+"
)


def wordings(text: str) -> Iterator[str]:
    """The words as they are, then with less and less of what is said around them."""
    words = re.sub(r"\s+", " ", folded(text[:_LONGEST])).strip(" .!?¡¿,;")
    found = _NOT_THERE.fullmatch(words)
    words = (found["meant"] or found["first"]) if found is not None else words
    moved = _MOVED.search(words)
    bare: str | None = moved["meant"] if moved is not None else words
    while bare is not None:
        yield bare
        yield _TAIL.sub("", bare)
        yield from _trimmed(bare)
        bare = without_lead(bare)


def _trimmed(words: str) -> Iterator[str]:
    shorter = without_trail(words)
    if shorter != words:
        yield shorter
        yield from _trimmed(shorter)
