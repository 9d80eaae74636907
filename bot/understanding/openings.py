"""The words that begin a clause beside a time, and those that make such a clause say more than it seems.

They are in `data/circumstances.toml`, English standing in for a language that is not there.
"""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.understanding.lexicon import FALLBACK
from bot.understanding.scanner import Token, folded, scanned
from bot.understanding.slips import Near, meant_by, near_words, swapped

_DATA = Path(__file__).parent / "data" / "circumstances.toml"
_LONGEST_HARMLESS = 5
_HELD = ("barred", "denying", "moody", "single", "negations", "occasional", "harmless", "then")
Words = tuple[str, ...]


class Opening(StrEnum):
    """What begins a clause."""

    REASON = "reason"
    PURPOSE = "purpose"
    EVENT = "event"
    MEANWHILE = "meanwhile"
    WHOLE = "whole"
    PLACE = "place"
    STATEMENT = "statement"
    THEREFORE = "therefore"


_EXPLAINING = (Opening.REASON, Opening.THEREFORE, Opening.PURPOSE)
_CONDITIONAL = (Opening.EVENT, Opening.MEANWHILE)


@dataclass(frozen=True, slots=True)
class Openings:
    """Words that begin a clause of a language, and those that a clause may not hold.

    None may hold what is `barred`, only a reason what is `denying`, no event what is `moody` (it would be
    when somebody feels so), no place what is `occasional` (it would be on such days alone). What tells of
    something `single` is beside a time that is once, as is a statement with one of the `negations`.
    `harmless` phrases are no times, though they look like some; so are those that mean `then`.
    """

    begins: Mapping[Words, Sequence[Opening]]
    longest: int
    first: frozenset[str]
    near: Near
    known: frozenset[str]
    barred: frozenset[Words]
    denying: frozenset[Words]
    moody: frozenset[Words]
    single: frozenset[Words]
    negations: frozenset[Words]
    occasional: frozenset[Words]
    harmless: frozenset[Words]
    then: frozenset[Words]
    determiners: frozenset[str]
    conjunctions: frozenset[str]
    infinitive: re.Pattern[str]

    def spelled(self, raw: Sequence[Token], others: Collection[str]) -> list[Token]:
        """Raw tokens, a word one edit from one that begins a clause as that word; `others` are words too."""
        return [self._spelled(token, others) for token in raw]

    def _spelled(self, token: Token, others: Collection[str]) -> Token:
        if token.kind != "word" or token.written in self.known or token.written in others:
            return token
        near = meant_by(token.written, self.near)
        near = near or [each for each in swapped(token.written) if each in self.first]
        return Token("word", 0, near[0]) if len(near) == 1 else token

    def begun(self, raw: Sequence[Token], at: int) -> list[tuple[Opening, int]]:
        """The openings at a place, the longest first, each with where its clause begins."""
        lengths = range(min(self.longest, len(raw) - at), 0, -1)
        found = ((self.begins.get(_plain(raw[at : at + length]), ()), at + length) for length in lengths)
        return [(kind, start) for kinds, start in found for kind in kinds]

    def begins_event(self, token: Token) -> bool:
        """Whether a phrase begins as an event does: "après la douche"."""
        return any(kind is Opening.EVENT for kind, _start in self.begun(scanned(token.written), 0)[:1])

    def allows(self, kind: Opening, opened: Sequence[Token], clause: Sequence[Token]) -> bool:
        """Whether a clause of a kind may hold these words, as far as they are words."""
        if any(token.written[0].isdigit() for token in clause):
            return False
        if kind is Opening.STATEMENT and _holds(self.without_harmless([*opened, *clause]), self.denying):
            return False
        if kind is Opening.PURPOSE and not self.infinitive.search(" ".join(_plain(clause))):
            return False
        return not any(_holds(clause, phrases) for phrases in self._not_in(kind))

    def _not_in(self, kind: Opening) -> Sequence[frozenset[Words]]:
        if kind in _EXPLAINING:
            return (self.barred,)
        if kind in _CONDITIONAL:
            return self.barred, self.denying, self.negations, self.moody
        if kind is Opening.PLACE:
            return self.barred, self.denying, self.negations, self.occasional
        if kind is Opening.STATEMENT:
            return (self.barred,)
        return self.barred, self.denying, self.negations

    def tells_single(self, kind: Opening, opened: Sequence[Token], said: Sequence[Token]) -> bool:
        """Whether a clause tells of something that is once, such as an exam."""
        if kind in (Opening.REASON, Opening.THEREFORE):
            return False
        if kind is not Opening.STATEMENT:
            return _holds(said, self.single)
        return _holds([*opened, *said], self.single | self.negations)

    def without_harmless(self, clause: Sequence[Token]) -> list[Token]:
        """A clause without what looks like a time and is none: "at that time", "the little one"."""
        words, kept, at = _plain(clause), [], 0
        while at < len(words):
            length = next(
                (
                    n
                    for n in range(_LONGEST_HARMLESS, 0, -1)
                    if words[at : at + n] in self.harmless | self.then
                ),
                0,
            )
            kept += [] if length else [clause[at]]
            at += length or 1
        return kept

    def ends_then(self, clause: Sequence[Token]) -> bool:
        """Whether a clause says at its end that it is so at that hour."""
        words = _plain(clause)
        return any(words[-len(ending) :] == ending for ending in self.then)


def _plain(tokens: Sequence[Token]) -> Words:
    """Words without apostrophes, which many leave out."""
    return tuple(token.written.replace("'", "") for token in tokens)


def _holds(clause: Sequence[Token], phrases: frozenset[Words]) -> bool:
    words = _plain(clause)
    return any(words[at : at + length] in phrases for at in range(len(words)) for length in (1, 2, 3))


@cache
def openings(language: str) -> Openings:
    """The words of a language."""
    tables = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    table = tables.get(language.split("-")[0].lower(), tables[FALLBACK])
    begins: dict[Words, list[Opening]] = {}
    for kind in Opening:
        for phrase in _phrases(table[kind]):
            begins.setdefault(phrase, []).append(kind)
    words = frozenset(word for phrase in begins for word in phrase)
    first = frozenset(phrase[0] for phrase, kinds in begins.items() if kinds != [Opening.STATEMENT])
    held = {name: _phrases(table[name]) for name in _HELD}
    known = words | {word for phrases in held.values() for phrase in phrases for word in phrase}
    return Openings(
        begins=begins,
        longest=max(map(len, begins)),
        first=first,
        near=near_words(first),
        known=known,
        determiners=frozenset(map(folded, table["determiners"])),
        conjunctions=frozenset(map(folded, table["conjunctions"])),
        infinitive=re.compile(table["infinitive"]),
        **held,
    )


def _phrases(written: Sequence[str]) -> frozenset[Words]:
    return frozenset(_plain(scanned(phrase)) for phrase in written)
