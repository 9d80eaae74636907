"""Text as words that can be compared: accents, case, look-alikes, spacing tricks and repeats undone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛`´ʼʻʹ′＇", "'"))
_FOREIGN = "авекмнорстухіѕјԁһԛԝ" + "αβεικνορτυχ" + "ıłøđħŋþ"
_LATIN = "abekmhopctyxisjdhqw" + "abeikvoptux" + "ilodhnt"
_BADGES = {chr(start + nth): chr(97 + nth) for start in (0x1F150, 0x1F170, 0x1F1E6) for nth in range(26)}
_ALIKE = str.maketrans({**dict(zip(_FOREIGN, _LATIN, strict=True)), **_BADGES, "œ": "oe", "æ": "ae"})
_SIGNS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "€": "e", "¢": "c"}
_ONES = "1!|"
_SIGN = re.compile(r"[0-9@$€¢!|]")
_WRITTEN = re.compile(r"[a-z0-9@$€¢!|]+")
_LETTER = re.compile(r"[a-z]")
_MASKED = re.compile(r"(?<=[a-z])[*_]+(?=[a-z])")
_VOWELS = "aeiou"
_CONTRACTION = re.compile(r"(?<=[a-z])(?<!\bsa)'(?=(?:t|s|m|d|re|ll|ve)\b)")
_WORD = re.compile(r"[a-z0-9]+|[.!?;…\n]|[,:()]")
_REPEATED = re.compile(r"([a-z])\1+")
_LEAST_SPACED_OUT = 3
AS_WRITTEN = {"off": "of"}
"""Words that keep a letter that repeats, and what they would be without: "of myself" is not "off myself"."""


@dataclass(frozen=True, slots=True)
class Words:
    """One way to read a text: its words, and for each the clause and the sentence that it stands in.

    `joined` holds the places of words that were put together from single letters.
    """

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    joined: frozenset[int] = frozenset()

    def without(self, places: frozenset[int]) -> "Words":
        """Return the text without the words at these places."""
        kept = [place for place in range(len(self.words)) if place not in places]
        return Words(
            tuple(self.words[place] for place in kept),
            tuple(self.clauses[place] for place in kept),
            tuple(self.sentences[place] for place in kept),
        )


def readings(text: str) -> Iterator[Words]:
    """Yield the ways to read a text: as it stands, with signs read as letters, with letters joined.

    A letter masked inside a word ("k*ll") is read as each vowel.
    """
    plain = folded(text)
    disguised = (_undisguised(plain, "i"), _undisguised(plain, "l"), *_unmasked(plain))
    written = dict.fromkeys((plain, *disguised))
    for each in written:
        words = _words(each)
        yield words
        joined = _joined(words)
        if joined is not None:
            yield joined


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase from our own data, normalised like a text."""
    return _words(folded(phrase)).words


def squeezed(word: str) -> str:
    """Return the word with each letter that repeats written once, unless that makes another small word."""
    return word if word in AS_WRITTEN else _REPEATED.sub(r"\1", word)


def folded(text: str) -> str:
    """Return the text in small letters without accents, invisible signs and letters of look-alike scripts."""
    text = text.translate(_APOSTROPHES).casefold()
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(each for each in spread if unicodedata.category(each) not in ("Mn", "Cf"))
        text = text.translate(_ALIKE)
    return _CONTRACTION.sub("", text)


def _undisguised(text: str, one: str) -> str:
    """Read digits and signs within words as the letters they look like, and 1 as `one`."""
    if not _SIGN.search(text):
        return text
    table = str.maketrans(_SIGNS | dict.fromkeys(_ONES, one))

    def letters(found: re.Match[str]) -> str:
        bare = found[0].rstrip("!|")
        if not _LETTER.search(bare):
            return found[0]
        return bare.translate(table) + found[0][len(bare) :]

    return _WRITTEN.sub(letters, text)


def _unmasked(text: str) -> Iterator[str]:
    if _MASKED.search(text):
        yield from (_MASKED.sub(vowel, text) for vowel in _VOWELS)


def _words(text: str) -> Words:
    words: list[str] = []
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = 0
    for piece in _WORD.findall(text):
        if piece[0].isalnum():
            words.append(squeezed(piece))
            clauses.append(clause)
            sentences.append(sentence)
            continue
        clause += 1
        sentence += piece not in ",:()"
    return Words(tuple(words), tuple(clauses), tuple(sentences))


def _joined(words: Words) -> Words | None:
    """Put runs of single letters together ("k i l l", "k.i.l.l"); None where there are none."""
    runs = list(_runs(words.words))
    if not runs:
        return None
    joined: list[str] = []
    places: list[int] = []
    made: set[int] = set()
    start = 0
    for first, end in runs:
        joined += words.words[start:first]
        places += range(start, first)
        made.add(len(joined))
        joined.append(squeezed("".join(words.words[first:end])))
        places.append(first)
        start = end
    joined += words.words[start:]
    places += range(start, len(words.words))
    clauses = tuple(words.clauses[place] for place in places)
    sentences = tuple(words.sentences[place] for place in places)
    return Words(tuple(joined), clauses, sentences, frozenset(made))


def _runs(words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    start = 0
    for place in range(len(words) + 1):
        if place < len(words) and len(words[place]) == 1:
            continue
        if place - start >= _LEAST_SPACED_OUT:
            yield start, place
        start = place + 1
