"""The phrases of answers, by what they stand for; data in `data/answers_<language>.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path

from bot.understanding.lexicon import FALLBACK
from bot.understanding.scanner import folded

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of one kind with what they stand for, and one pattern that finds the longest first."""

    values: Mapping[str, str]
    pattern: re.Pattern[str]

    def all_in(self, words: str) -> list[str]:
        """What the phrases in a folded text stand for, in order."""
        return [self.values[match.group()] for match in self.pattern.finditer(words)]

    def without(self, words: str) -> str:
        """A folded text without these phrases."""
        return self.pattern.sub(" ", words)


@cache
def phrases(language: str) -> Mapping[str, Phrases]:
    """The phrases of a language, by kind; English for one there are none of."""
    path = _DATA / f"answers_{language.split('-')[0].lower()}.toml"
    if not path.exists():
        path = _DATA / f"answers_{FALLBACK}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {kind: _compiled(table) for kind, table in tables.items()}


def _compiled(table: Mapping[str, list[str]]) -> Phrases:
    values = {folded(phrase): value for value, phrases in table.items() for phrase in phrases}
    words = sorted(phrase for phrase in values if phrase[0].isalnum())
    marks = sorted(phrase for phrase in values if not phrase[0].isalnum())
    branches = [r"(?<!\w)" + _branch(words, r"(?!\w)")] if words else []
    branches += [_branch(marks, "")] if marks else []
    return Phrases(values, re.compile("|".join(branches)))


def _branch(phrases: list[str], end: str) -> str:
    """One pattern for sorted phrases, the longest first: what they begin with alike is read only once."""
    shared = _shared(phrases[0], phrases[-1])
    rests = [phrase[len(shared) :] for phrase in phrases]
    closed = rests[0] == ""
    branches = [
        _branch(list(group), end) for _, group in groupby(rests[int(closed) :], key=lambda rest: rest[0])
    ]
    branches += [end] if closed else []
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return re.escape(shared) + joined


def _shared(one: str, other: str) -> str:
    """What both begin with."""
    return "".join(
        letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
