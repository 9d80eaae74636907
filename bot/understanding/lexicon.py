"""The words of a language, by what they stand for; data in `data/words_<language>.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}(?!\d)|(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?:\s?20\d{2}(?![\d:.]))?"
    r"|\d{1,2}/\d{1,2}(?:/20\d{2})?(?![\d/]))"
    r"|(?P<clock>\d{1,2}[:.]\d{2}(?![:.]?\d)|\d{1,2}\s?[hu]\s?\d{2}(?!\d))"
    r"|(?P<unclear>\d+(?:[:.,]\d+)+)"
    r"|(?P<hour>\d{1,2}\s?h(?![\w]))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|º|ª|er)(?!\w)|\d{1,2}\.(?=\s+[^\W\d]))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w])"
)
FALLBACK = "en"
LANGUAGES = ("en", "de", "es", "fr", "pt")
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_PARTS = frozenset(("part", "perhaps_habit"))
_PICTURES = ("So", "Sk", "Mn", "Cf")
_SHORTEST_MISTYPED, _SHORTEST_KNOWN = 4, 5
_MISTYPED = frozenset(
    ("weekday", "weekly", "dayset", "month", "unit", "part", "every", "day", "tonight", "monthly")
)
"""Kinds of words that a typo may stand for; none that is a time by itself."""


@dataclass(frozen=True, slots=True)
class Token:
    """One thing read: what kind it is, what it stands for, and how it was written."""

    kind: str
    value: int
    written: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of a language with kind and value.

    `longest` is the length of the longest phrase by its first word; `words` may be mistyped, by first letter.
    """

    phrases: Mapping[tuple[str, ...], tuple[str, int]]
    longest: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]

    def tokens(self, text: str) -> list[Token]:
        """The text as tokens; a word that is not in the lexicon has kind "unknown"."""
        raw = _raw(text)
        tokens: list[Token] = []
        index = 0
        while index < len(raw):
            length, token = self._at(raw, index)
            joined = self._joined(raw[index]) if token.kind == "unknown" else []
            tokens.extend(joined or [token])
            index += length
        return tokens

    def word(self, kind: str, value: int) -> str:
        """The first phrase that stands for a value of a kind."""
        return next(" ".join(phrase) for phrase, found in self.phrases.items() if found == (kind, value))

    def numbers(self, largest: int) -> dict[str, int]:
        """Words for numbers up to the largest."""
        return {
            " ".join(phrase): value
            for phrase, (kind, value) in self.phrases.items()
            if kind == "number" and value <= largest
        }

    def _at(self, raw: list[Token], index: int) -> tuple[int, Token]:
        first = raw[index]
        shortest = 0 if first.kind in ("word", "mark") else 1
        for length in range(min(self.longest.get(first.written, 0), len(raw) - index), shortest, -1):
            part = raw[index : index + length]
            found = self.phrases.get(tuple(each.written for each in part))
            if found is not None:
                return length, Token(found[0], found[1], " ".join(each.written for each in part))
        return 1, self._mistyped(first) if first.kind in ("word", "mark") else first

    def _joined(self, token: Token) -> list[Token]:
        """A weekday and a part of the day in one word, as in German: "Montagabend", "freitagabends"."""
        for cut in range(len(token.written) - 1, 1, -1):
            day = self.phrases.get((token.written[:cut],))
            rest = token.written[cut:]
            part = self.phrases.get((rest,)) if rest.endswith("s") else self.phrases.get(("am", rest))
            if day is not None and day[0] == "weekday" and part is not None and part[0] in _PARTS:
                kind, ending = ("weekly", "s") if rest.endswith("s") else ("weekday", "")
                return [Token(kind, day[1], token.written[:cut] + ending), Token("part", part[1], rest)]
        return []

    def _mistyped(self, token: Token) -> Token:
        """A word within one edit of words of one meaning, with the same first letter; else unknown."""
        written = token.written
        if token.kind == "word" and len(written) >= _SHORTEST_MISTYPED:
            near = {
                self.phrases[(word,)]
                for word in self.words.get(written[0], ())
                if one_edit_apart(written, word)
            }
            if len(near) == 1:
                kind, value = near.pop()
                several = kind == "weekday" and self.phrases.get((written.removesuffix("s"),)) == (
                    kind,
                    value,
                )
                return Token("weekly" if several else kind, value, written)
        if token.kind == "mark" and unicodedata.category(written) in _PICTURES:
            return Token("filler", 0, written)
        return Token("unknown", 0, written)


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language; English for one there are none of."""
    path = _DATA / f"words_{language.split('-')[0].lower()}.toml"
    if not path.exists():
        path = _DATA / f"words_{FALLBACK}.toml"
    phrases: dict[tuple[str, ...], tuple[str, int]] = {}
    for kind, values in tomllib.loads(path.read_text(encoding="utf-8")).items():
        for value, written in values.items():
            for phrase in written:
                phrases[tuple(token.written for token in _raw(phrase))] = (kind, int(value))
    words = sorted(
        phrase[0] for phrase, (kind, _) in phrases.items() if len(phrase) == 1 and kind in _MISTYPED
    )
    by_letter = {
        letter: tuple(group) for letter, group in groupby(filter(_is_long, words), key=itemgetter(0))
    }
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return Lexicon(phrases, longest, by_letter)


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST_KNOWN


def folded(text: str) -> str:
    """Lower case, without accents, one form for each character."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _raw(text: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(folded(text).replace("’", "'")):
        kind = match.lastgroup or "mark"
        digits = [int(each[:6]) for each in re.findall(r"\d+", match.group())]
        if kind == "date":
            kind, value = _date(match.group(), digits)
        else:
            value = digits[0] if digits else 0
            value = value * 100 + digits[1] if kind == "clock" else value
        tokens.append(Token(kind, value, match.group()))
    return tokens


def _date(written: str, digits: list[int]) -> tuple[str, int]:
    """Year (0 where not told), month and day in one number; unknown where either number may be the day."""
    if "-" in written:
        return "date", digits[0] * 10_000 + digits[1] * 100 + digits[2]
    day, month, *year = digits
    if "/" in written:
        if day <= 12 and month <= 12 and not year:
            return "slash", day * 100 + month
        if day <= 12 and month <= 12:
            return "unknown", 0
        day, month = max(day, month), min(day, month)
    return "date", (year[0] if year else 0) * 10_000 + month * 100 + day


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter added, left out or changed, or two neighbours swapped, make one word the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(one) != len(other):
        return left[1:] == right if len(one) > len(other) else left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
