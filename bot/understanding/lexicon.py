"""The words of a language, by what they stand for; data in `data/words_<language>.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(
    r"(?P<clock>\d{1,2}[:.]\d{2}(?!\d)|\d{1,2}\s?[hu]\s?\d{2}(?!\d))"
    r"|(?P<hour>\d{1,2}\s?h(?![\w]))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|º|ª|er)(?!\w))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w])"
)
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Token:
    """One thing read: what kind it is, what it stands for, and how it was written."""

    kind: str
    value: int
    written: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of a language, longest first, each with kind and value."""

    phrases: Mapping[tuple[str, ...], tuple[str, int]]
    longest: int
    words: frozenset[str]

    def tokens(self, text: str) -> list[Token]:
        """The text as tokens; a word that is not in the lexicon has kind "unknown"."""
        raw = _raw(text)
        tokens: list[Token] = []
        index = 0
        while index < len(raw):
            length, token = self._at(raw, index)
            tokens.append(token)
            index += length
        return tokens

    def _at(self, raw: list[Token], index: int) -> tuple[int, Token]:
        if raw[index].kind not in ("word", "mark"):
            return 1, raw[index]
        for length in range(min(self.longest, len(raw) - index), 0, -1):
            part = raw[index : index + length]
            found = self.phrases.get(tuple(each.written for each in part))
            if found is not None:
                return length, Token(found[0], found[1], " ".join(each.written for each in part))
        return 1, self._mistyped(raw[index])

    def _mistyped(self, token: Token) -> Token:
        """A word within one edit of exactly one word of at least five letters; else unknown."""
        if token.kind == "word" and len(token.written) >= 5:
            near = {word for word in _edits(token.written) if word in self.words and len(word) >= 5}
            if len(near) == 1:
                kind, value = self.phrases[(near.pop(),)]
                return Token(kind, value, token.written)
        return Token("unknown", 0, token.written)


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
    singles = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)
    return Lexicon(phrases, max(map(len, phrases)), singles)


def folded(text: str) -> str:
    """Lower case, without accents, one form for each character."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _raw(text: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(folded(text).replace("’", "'")):
        kind = match.lastgroup or "mark"
        digits = re.findall(r"\d+", match.group())
        value = int(digits[0][:6]) if digits else 0
        if kind == "clock":
            value = value * 100 + int(digits[1])
        tokens.append(Token(kind, value, match.group()))
    return tokens


def _edits(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    deletes = {left + right[1:] for left, right in splits if right}
    swaps = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    replaces = {left + letter + right[1:] for left, right in splits if right for letter in letters}
    inserts = {left + letter + right for left, right in splits for letter in letters}
    return deletes | swaps | replaces | inserts
