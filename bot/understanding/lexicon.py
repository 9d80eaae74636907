"""The words of a language, by what they stand for.

Data in `data/words_<language>.toml`, what says nothing of a time in `data/chatter_<language>.toml`.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understanding.scanner import Token, scanned
from bot.understanding.slips import Near, cuts, fills, meant_by, near_words, swapped

_DATA = Path(__file__).parent / "data"
FALLBACK = "en"
LANGUAGES = ("en", "de", "es", "fr", "pt")
_PARTS = frozenset(("part", "perhaps_habit"))
_OWN = "own"
_PICTURES = ("So", "Sk", "Mn", "Cf")
_SHORTEST_FOREIGN, _SHORTEST_SMALL = 4, 2
_WORDS_OF_A_LETTER = "aeiouy"
_SMALL = frozenset(("filler", "article", "oclock", "of", "and", "relative", "through"))
"""Kinds of words that may be short in another language than one's own."""
_TURNING = frozenset(("if", "unclear", "not", "or", "except"))
_SHORTEST_JOINED = 4
_MOST_WORDS = 6
Phrase = tuple[str, ...]
Phrases = Mapping[Phrase, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of a language with kind and value.

    `longest` is the length of the longest phrase by its first word; `known` are all words of phrases, `near`
    those that may be mistyped; `begun` and `ended` are the phrases of several words by their first and last.
    """

    phrases: Phrases
    longest: Mapping[str, int]
    known: frozenset[str]
    near: Near
    begun: Mapping[str, Sequence[Phrase]]
    ended: Mapping[str, Sequence[Phrase]]

    def tokens(self, text: str) -> list[Token]:
        """The text as tokens; a word that is not in the lexicon has kind "unknown"."""
        raw = scanned(text)
        near = {token.written: self._near(token.written) for token in raw if self._is_strange(token)}
        raw = self._mended([_spelled(token, near) for token in raw], near)
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
        shortest = 0 if first.kind in ("word", "mark", "ordinal") else 1
        for length in range(min(self.longest.get(first.written, 0), len(raw) - index), shortest, -1):
            part = raw[index : index + length]
            found = self.phrases.get(tuple(each.written for each in part))
            if found is not None:
                return length, Token(found[0], found[1], " ".join(each.written for each in part))
        return 1, self._unlisted(first) if first.kind in ("word", "mark") else first

    def _joined(self, token: Token) -> list[Token]:
        """Two words in one: "Montagabend", "freitagabends"; "eightish"."""
        number = self.phrases.get((token.written.removesuffix("ish"),), ("", 0))
        if token.written.endswith("ish") and number[0] == "number":
            return [Token("number", number[1], token.written.removesuffix("ish")), Token("oclock", 0, "ish")]
        for cut in range(len(token.written) - 1, 1, -1):
            day = self.phrases.get((token.written[:cut],))
            rest = token.written[cut:]
            part = self.phrases.get((rest,)) if rest.endswith("s") else self.phrases.get(("am", rest))
            if day is not None and day[0] == "weekday" and part is not None and part[0] in _PARTS:
                kind, ending = ("weekly", "s") if rest.endswith("s") else ("weekday", "")
                return [Token(kind, day[1], token.written[:cut] + ending), Token("part", part[1], rest)]
        return []

    def _is_strange(self, token: Token) -> bool:
        """Whether a token is a word that no phrase has."""
        return token.kind == "word" and token.written not in self.known and not self._is_weekly(token.written)

    def _near(self, word: str) -> list[str]:
        """The words that one is an edit from, those with the same letters if there are any."""
        near = meant_by(word, self.near)
        found = [each for each in near if (each,) in self.phrases] or near or self._swapped(word)
        return [each for each in found if sorted(each) == sorted(word)] or found

    def _swapped(self, word: str) -> list[str]:
        """Words that a short one is with two letters swapped; of three letters those that say nothing."""
        kinds = {each: self.phrases.get((each,), ("", 0))[0] for each in swapped(word)}
        return [
            each
            for each, kind in kinds.items()
            if kind and (len(word) > len("the") or _is_little(word, each, kind))
        ]

    def _mended(self, raw: list[Token], near: Mapping[str, Sequence[str]]) -> list[Token]:
        """Raw tokens with slips made good that the words around them tell: "todos lod días", "dela noche"."""
        mended: list[Token] = []
        words = tuple(token.written for token in raw)
        for index, token in enumerate(raw):
            if token.written not in near or self._joined(token):
                mended.append(token)
                continue
            meant = self._filled(words, index) or self._alike(token.written, near) or self._cut(words, index)
            mended.extend(Token("word", 0, word) for word in meant or [token.written])
        return mended

    def _alike(self, word: str, near: Mapping[str, Sequence[str]]) -> Sequence[str]:
        """One of the words that a word is an edit from, or lacks a letter of, where all mean the same."""
        for found in (near[word], [each for each in near[word] if len(each) > len(word)]):
            if len({self.phrases.get((each,), each) for each in found}) == 1:
                return found[:1]
        return ()

    def _filled(self, words: Phrase, index: int) -> list[str]:
        """The word that makes a phrase of the words around it, in the longest of such phrases."""
        found: dict[Phrase, int] = {}
        for first in range(max(index - _MOST_WORDS, 0), index):
            hole, begun = index - first, words[first:index]
            for phrase in self.begun.get(words[first], ()):
                if phrase[:hole] == begun and fills(words[first : first + len(phrase)], hole, phrase):
                    found[phrase] = hole
        for last in range(index + 1, min(index + _MOST_WORDS, len(words))):
            for phrase in self.ended.get(words[last], ()):
                if len(phrase) == last + 1 - index and fills(words[index : last + 1], 0, phrase):
                    found[phrase] = 0
        longest = max(map(len, found), default=0)
        meant = [phrase for phrase in found if len(phrase) == longest]
        sure = len({self.phrases[phrase] for phrase in meant}) == 1
        return [meant[0][found[meant[0]]]] if sure else []

    def _cut(self, words: Phrase, index: int) -> list[str]:
        """Two words of one phrase that were written as one, or two long words."""
        pairs = [pair for pair in cuts(words[index]) if self.known.issuperset(pair)]
        for pair in pairs:
            together = [*words[max(index - 2, 0) : index], *pair, *words[index + 1 : index + 3]]
            at = min(index, 2)
            spans = ((first, last) for first in range(at + 1) for last in range(len(together), at + 1, -1))
            kinds = {self.phrases.get(tuple(together[first:last]), ("", 0))[0] for first, last in spans}
            if kinds - _TURNING - {""}:
                return [*pair]
        sure = [pair for pair in pairs if min(map(len, pair)) >= _SHORTEST_JOINED]
        return [*sure[0]] if len(sure) == 1 and all((word,) in self.phrases for word in sure[0]) else []

    def _unlisted(self, token: Token) -> Token:
        """The plural of a weekday that is spelled in a way of its own, or a picture; else unknown."""
        if self._is_weekly(token.written):
            return Token("weekly", self.phrases[(token.written[:-1],)][1], token.written)
        if token.kind == "mark" and unicodedata.category(token.written) in _PICTURES:
            return Token("filler", 0, token.written)
        return Token("unknown", 0, token.written)

    def _is_weekly(self, word: str) -> bool:
        singular = self.phrases.get((word[:-1],), ("", 0)) if word.endswith("s") else ("", 0)
        return singular[0] == "weekday" and len(word) > _SHORTEST_FOREIGN


def _spelled(token: Token, near: Mapping[str, Sequence[str]]) -> Token:
    """A word as it is in the lexicon, where it is one edit from one word alone."""
    meant = near.get(token.written, ())
    return Token("word", 0, meant[0]) if len(meant) == 1 else token


def _is_little(word: str, meant: str, kind: str) -> bool:
    """Whether a word of three letters says nothing; where its first ones are swapped, it is no chatter."""
    return kind in _SMALL and (word[0] == meant[0] or kind != "filler")


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language; English for one there are none of."""
    code = language.split("-")[0].lower()
    return _lexicon(_phrases(code if code in LANGUAGES else FALLBACK), {})


@cache
def mixed_lexicon(language: str) -> Lexicon:
    """The words of a language, and those of the others that mean one thing in all that have them."""
    own = lexicon(language).phrases
    foreign: dict[tuple[str, ...], tuple[str, int]] = {}
    unsure: set[tuple[str, ...]] = set()
    for phrase, meaning in (each for other in LANGUAGES for each in _phrases(other).items()):
        if meaning[0] == _OWN:
            continue
        if foreign.setdefault(phrase, meaning) != meaning or not _is_sure(phrase, meaning[0]):
            unsure.add(phrase)
    return _lexicon(own, {phrase: each for phrase, each in foreign.items() if phrase not in unsure})


def _is_sure(phrase: tuple[str, ...], kind: str) -> bool:
    """Short words of other languages are mostly something else, unless they say nothing.

    One letter that is no word, as the "m" of "m'a", is never sure.
    """
    if any(len(word) == 1 and word.isalpha() and word not in _WORDS_OF_A_LETTER for word in phrase):
        return False
    least = _SHORTEST_SMALL if kind in _SMALL else _SHORTEST_FOREIGN
    return len("".join(phrase)) >= least


def _lexicon(own: Phrases, foreign: Phrases) -> Lexicon:
    phrases = {**foreign, **own}
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    known = frozenset(word for phrase in phrases for word in phrase)
    begun: dict[str, list[Phrase]] = {}
    ended: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            begun.setdefault(phrase[0], []).append(phrase)
            ended.setdefault(phrase[-1], []).append(phrase)
    near = near_words(word for phrase in own for word in phrase)
    return Lexicon(phrases, longest, known, near, begun, ended)


@cache
def _phrases(language: str) -> Phrases:
    phrases: dict[tuple[str, ...], tuple[str, int]] = {}
    for kind, value, written in _listed(language):
        phrases.setdefault(tuple(token.written for token in scanned(written)), (kind, value))
    for phrase, meaning in list(phrases.items()):
        for bare in _without_apostrophes(phrase):
            phrases.setdefault(bare, meaning)
    return phrases


def _without_apostrophes(phrase: Phrase) -> Iterator[Phrase]:
    """ "Jaimerais" and "j aimerais" for "j'aimerais"."""
    if any("'" in word[1:-1] for word in phrase):
        yield tuple(word.replace("'", "") for word in phrase)
        yield tuple(part for word in phrase for part in word.split("'") if part)


def _listed(language: str) -> Iterator[tuple[str, int, str]]:
    for name in ("words", "chatter"):
        tables = tomllib.loads((_DATA / f"{name}_{language}.toml").read_text(encoding="utf-8"))
        for kind, values in tables.items():
            for value, written in values.items():
                yield from ((kind, int(value), phrase) for phrase in written)
