"""What tells why at that hour, or what one does then: "9pm once the kids are down", "i'm a nurse so 4pm".

Such a clause is set aside where it holds no time, day or interval, and an hour is told beside it. The words
that begin one are in `data/circumstances.toml`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.understanding.cursor import written
from bot.understanding.lexicon import FALLBACK, Lexicon, lexicon
from bot.understanding.scanner import Token, scanned

_DATA = Path(__file__).parent / "data" / "circumstances.toml"
_ENDS = frozenset(",.;!?()–—…:")
_HOURS = frozenset(("clock", "hour", "clockword"))
_COUNTED = frozenset(("unit", "ordinal", "month"))
_TIMELESS = frozenset(
    (
        "filler",
        "unknown",
        "article",
        "of",
        "and",
        "unclear",
        "through",
        "span",
        "one",
        "relative",
        "oclock",
        "move",
        "doubt",
        "starting",
        "not",
    )
)
_BINDING = frozenset(("and", "or", "not", "except", "unclear", "doubt", "starting", "span", "through"))
_TIED = _BINDING | {"unit", "halfhour", "part", "weekday", "few"}
_DAY = 2
_MAY_BE_LENGTH = 3
_NONE = Token("mark", 0, ".")


class _Opening(StrEnum):
    """What begins a clause: a reason, an event, an event in itself; or what follows from what was said."""

    REASON = "reason"
    EVENT = "event"
    WHOLE = "whole"
    THEREFORE = "therefore"


_REASONS = (_Opening.REASON, _Opening.THEREFORE)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that begin a clause; those that none may hold, and those that no event may hold."""

    openings: Mapping[tuple[str, ...], _Opening]
    longest: int
    barred: frozenset[str]
    doubtful: frozenset[str]

    def begun(self, raw: Sequence[Token], at: int) -> list[tuple[_Opening, int]]:
        """The openings at a place, the longest first, each with where its clause begins."""
        lengths = range(min(self.longest, len(raw) - at), 0, -1)
        phrases = ((tuple(token.written for token in raw[at : at + length]), length) for length in lengths)
        return [(self.openings[words], at + length) for words, length in phrases if words in self.openings]

    def begins_event(self, token: Token) -> bool:
        """Whether a phrase begins as an event does: "après la douche"."""
        return any(kind is _Opening.EVENT for kind, _start in self.begun(scanned(token.written), 0)[:1])

    def allows(self, kind: _Opening, clause: Sequence[Token]) -> bool:
        """Whether a clause of a kind may hold these words, as far as they are words."""
        if not clause and kind in (_Opening.REASON, _Opening.EVENT):
            return False
        barred = self.barred if kind is _Opening.REASON else self.barred | self.doubtful
        return not any(token.written in barred or token.written[0].isdigit() for token in clause)


@dataclass(frozen=True, slots=True)
class _Clause:
    """What begins a clause, what it says, what is told before it, and where it ends."""

    kind: _Opening
    opened: list[Token]
    said: list[Token]
    before: list[Token]
    end: int


def without_circumstances(text: str, language: str) -> str | None:
    """The text without its circumstances; None where it has none, or one may say more of the time."""
    words, known = lexicon(language), _words(language)
    raw = scanned(text.replace(" - ", ", "))
    rest: list[Token] = []
    at, found = 0, False
    while at < len(raw):
        begun = known.begun(raw, at)
        if not begun:
            rest.append(raw[at])
            at += 1
            continue
        clause = _clause(raw, at, begun, rest, words)
        if not _is_aside(clause, known, words):
            return None
        found, rest = True, _without_comma(clause.before)
        ended = not rest and clause.end < len(raw) and raw[clause.end].written in _ENDS
        at = clause.end + int(ended)
    return written(rest) if found and _tells_hour(words.tokens(written(rest))) else None


def _clause(
    raw: list[Token], at: int, begun: list[tuple[_Opening, int]], rest: list[Token], words: Lexicon
) -> _Clause:
    """Up to the next mark; what "so" follows from is all before it, where that tells no hour."""
    premised = [start for kind, start in begun if kind is _Opening.THEREFORE]
    if premised and not _tells_hour(words.tokens(written(rest))):
        return _Clause(_Opening.THEREFORE, [], rest, [], premised[0])
    kind, start = begun[0]
    end = next((place for place in range(start, len(raw)) if raw[place].written in _ENDS), len(raw))
    told = _Opening.REASON if kind is _Opening.THEREFORE and end > start else kind
    return _Clause(told, raw[at:start], raw[start:end], rest, end)


def _is_aside(clause: _Clause, known: _Words, words: Lexicon) -> bool:
    """Whether a clause says nothing of the time."""
    if _is_tied(clause, words) or not known.allows(clause.kind, clause.said):
        return False
    return _is_timeless(words.tokens(written(clause.opened + clause.said)))


def is_delayed(tokens: Sequence[Token], language: str) -> bool:
    """ "2h après la douche": how long after something that Limber does not know of."""
    known = _words(language)
    return any(
        "h" in hour.written and _is_short(hour) and after.kind == "filler" and known.begins_event(after)
        for hour, after in pairwise(tokens)
    )


def _is_tied(clause: _Clause, words: Lexicon) -> bool:
    """Whether what comes before binds a clause to itself: "but not when …", "two hours after …"."""
    told = words.tokens(written(clause.before))
    both = {*words.tokens(written(clause.before + clause.opened))}
    if any(token.kind == "unclear" for token in both - {*told, *words.tokens(written(clause.opened))}):
        return True
    earlier, last = [_NONE, _NONE, *(token for token in told if token.kind != "filler")][-2:]
    if clause.kind is _Opening.EVENT and _is_short(earlier if last.kind == "oclock" else last):
        return True
    if last.kind == "part" and earlier.kind in ("number", "oclock", "half", "every", *_HOURS):
        return False
    return last.kind in (_BINDING if clause.kind in _REASONS else _TIED) and last.written not in _ENDS


def _is_short(token: Token) -> bool:
    """ "2h" or "1h30", which before "after the shower" may be how long."""
    hours = token.value // 100 if token.kind == "clock" else token.value
    return token.kind in ("number", "hour", "clock") and hours <= _MAY_BE_LENGTH


def _is_timeless(tokens: list[Token]) -> bool:
    """No time, day or interval; "i am" is no morning, "my day" no interval, "once …" no single time."""
    first = [token for token in tokens[:1] if token.kind == "once"]
    rest = tokens[len(first) :]
    return all(
        token.kind in _TIMELESS
        or (token.kind == "unit" and token.value == _DAY)
        or (token.written == "am" and before.written.split()[-1] == "i")
        for before, token in zip([_NONE, *rest], rest, strict=False)
    )


def _tells_hour(tokens: list[Token]) -> bool:
    """Whether an hour is named; a number that counts days is none."""
    after = [*(token.kind for token in tokens[1:]), ""]
    return any(
        token.kind in _HOURS or (token.kind == "number" and following not in _COUNTED)
        for token, following in zip(tokens, after, strict=False)
    )


def _without_comma(tokens: list[Token]) -> list[Token]:
    return tokens[:-1] if tokens and tokens[-1].written in _ENDS - {"."} else tokens


@cache
def _words(language: str) -> _Words:
    tables = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    table = tables.get(language.split("-")[0].lower(), tables[FALLBACK])
    openings = {
        tuple(token.written for token in scanned(phrase)): kind for kind in _Opening for phrase in table[kind]
    }
    barred, doubtful = (
        frozenset(token.written for word in table[name] for token in scanned(word))
        for name in ("barred", "doubtful")
    )
    return _Words(openings, max(map(len, openings)), barred, doubtful)
