"""Phrases of one language, from its data file, and where they stand in a text.

A phrase is words with these signs: `a|b` either word; `<name>` any word of a group; `word*` any ending;
`word?` may be left out; `#` any number; `####` a year; `...` up to three other words; `~` up to twelve.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.safety.normalising import AS_WRITTEN, Words, squeezed, words_of

Meaning = TypeVar("Meaning")
SLACK, WIDE = 3, 12
_KEY, _GLUED_KEY = 3, 6
_LEAST_GLUED = 8
_MOST_GLUED = 300
_YEAR = 4
_LEAST_SLURRED = 6
_GAPS = {"...": SLACK, "~": WIDE}
_NUMBER, _YEAR_SIGN = "#", "####"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_GROUP = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase: whole words, beginnings of words, any number, or a year.

    `gap`: so many other words may stand before it. `optional`: it may be left out.
    """

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    number: bool
    year: bool
    gap: int
    optional: bool

    @property
    def is_sure(self) -> bool:
        """Tell whether one of `whole` has to stand here."""
        return not (self.optional or self.beginnings or self.number or self.year)

    def fits(self, word: str) -> bool:
        """Tell whether the word can stand in this place."""
        return (
            word in self.whole
            or bool(self.beginnings and word.startswith(self.beginnings))
            or (self.number and word.isdigit())
            or (self.year and word.isdigit() and len(word) == _YEAR)
        )


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase found from word `start` up to `end`; `between` are the places of words in its gaps."""

    start: int
    end: int
    meaning: Meaning
    between: tuple[int, ...] = ()

    def own(self) -> frozenset[int]:
        """Return the places of the words that the phrase itself says."""
        return frozenset(range(self.start, self.end)).difference(self.between)


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A phrase and what it stands for.

    `needed`: for each place after the first that has to be filled, its words, the fewest first.
    """

    elements: tuple[Element, ...]
    meaning: Meaning
    needed: tuple[frozenset[str], ...]

    def may_stand_among(self, present: frozenset[str]) -> bool:
        """Tell quickly whether the words of a text could hold the phrase, whatever their order."""
        for words in self.needed:  # noqa: SIM110 (a loop, for it runs some hundred times a message)
            if words.isdisjoint(present):
                return False
        return True

    def at(self, words: tuple[str, ...], start: int) -> Found[Meaning] | None:
        """Return the shortest way in which the phrase begins at `start`, or None.

        Each place keeps the way to reach it with the fewest other words, which bounds the work.
        """
        reached: dict[int, tuple[int, ...]] = {start: ()}
        for element in self.elements:
            reached = _onwards(element, reached, words)
            if not reached:
                return None
        end = min(reached)
        return Found(start, end, self.meaning, reached[end])


def _onwards(
    element: Element, reached: Mapping[int, tuple[int, ...]], words: tuple[str, ...]
) -> dict[int, tuple[int, ...]]:
    after: dict[int, tuple[int, ...]] = dict(reached) if element.optional else {}
    for place, between in reached.items():
        for skipped in range(element.gap + 1):
            here = place + skipped
            if here >= len(words) or not element.fits(words[here]):
                continue
            passed = (*between, *range(place, here))
            if here + 1 not in after or len(passed) < len(after[here + 1]):
                after[here + 1] = passed
    return after


@dataclass(slots=True)
class Start(Generic[Meaning]):
    """The phrases that begin alike: free of certain words, or by each word needed."""

    free: list[Phrase[Meaning]] = field(default_factory=list)
    needing: dict[str, list[Phrase[Meaning]]] = field(default_factory=dict)

    def add(self, phrase: Phrase[Meaning]) -> None:
        """Let this phrase begin here too."""
        if not phrase.needed:
            self.free.append(phrase)
            return
        for word in phrase.needed[0]:
            self.needing.setdefault(word, []).append(phrase)

    def among(self, present: frozenset[str]) -> Iterator[Phrase[Meaning]]:
        """Yield the phrases that a text of these words may hold."""
        yield from self.free
        for word in self.needing.keys() & present:
            yield from self.needing[word]


@dataclass(slots=True)
class Finder(Generic[Meaning]):
    """Finds many phrases at once, in time that grows with the text alone.

    `glued` are phrases written as one word, which are looked for inside long words.
    """

    by_word: dict[str, Start[Meaning]] = field(default_factory=dict)
    by_beginning: dict[str, Start[Meaning]] = field(default_factory=dict)
    by_number: list[Phrase[Meaning]] = field(default_factory=list)
    glued: dict[str, set[tuple[str, Meaning]]] = field(default_factory=dict)

    def add(self, phrase: Phrase[Meaning]) -> None:
        """Look for this phrase too."""
        first = phrase.elements[0]
        for word in first.whole:
            self.by_word.setdefault(word, Start()).add(phrase)
        for beginning in first.beginnings:
            self.by_beginning.setdefault(beginning[:_KEY], Start()).add(phrase)
        if first.number or first.year:
            self.by_number.append(phrase)

    def add_glued(self, phrase: Phrase[Meaning]) -> None:
        """Look for this phrase written as one word too, without what may stand in its gaps.

        One that says very many things is left out: somebody who hides words says plain ones.
        """
        choices = [
            (*element.whole, *element.beginnings, *([""] if element.optional else []))
            for element in phrase.elements
        ]
        if prod(len(choice) for choice in choices) > _MOST_GLUED:
            return
        for words in product(*choices):
            whole = squeezed("".join(words))
            self.glued.setdefault(whole[:_GLUED_KEY], set()).add((whole, phrase.meaning))

    def find(self, words: Words) -> Iterator[Found[Meaning]]:
        """Yield every place where one of the phrases stands."""
        present = frozenset(words.words)
        for start, word in enumerate(words.words):
            for phrase in self._beginning_with(word, present):
                if not phrase.may_stand_among(present):
                    continue
                found = phrase.at(words.words, start)
                if found is not None:
                    yield found
            if self.glued:
                yield from self._across(words.words, start)
            if self.glued and (len(word) >= _LEAST_GLUED or start in words.joined):
                least = _KEY if start in words.joined else _LEAST_GLUED
                yield from self._inside(word, start, least)

    def _beginning_with(self, word: str, present: frozenset[str]) -> Iterator[Phrase[Meaning]]:
        for start in (self.by_word.get(word), self.by_beginning.get(word[:_KEY])):
            if start is not None:
                yield from start.among(present)
        if word.isdigit():
            yield from self.by_number

    def _across(self, words: tuple[str, ...], place: int) -> Iterator[Found[Meaning]]:
        """Yield the phrases that two words make when put together ("want todie")."""
        word, after = words[place], "".join(words[place + 1 : place + 2])
        if word in AS_WRITTEN.values():
            return
        both = word + after.removeprefix(word[-1]) if after else ""
        for whole, meaning in self.glued.get(both[:_GLUED_KEY], ()):
            if whole == both and len(whole) >= _GLUED_KEY:
                yield Found(place, place + 2, meaning)

    def _inside(self, word: str, place: int, least: int) -> Iterator[Found[Meaning]]:
        """Yield the phrases written as one word, of at least so many letters, that the word holds."""
        meanings = {
            meaning
            for start in range(len(word))
            for size in range(_KEY, _GLUED_KEY + 1)
            for whole, meaning in self.glued.get(word[start : start + size], ())
            if len(whole) >= least and word.startswith(whole, start)
        }
        for meaning in meanings:
            yield Found(place, place + 1, meaning)


def read(path: Path) -> dict[str, Any]:
    """Return a phrase file as it is written."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the phrases of a language are written with: groups of words, and other ways to spell them.

    `spellings` are of a word, `endings` of the end of every long word.
    """

    groups: Mapping[str, list[str]]
    spellings: Mapping[str, list[str]] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def spelt(self, word: str) -> frozenset[str]:
        """Return the word, normalised, in every way it is written; umlauts also as two letters."""
        if word not in self._known:
            self._known[word] = frozenset(self._ways(word))
        return self._known[word]

    def _ways(self, word: str) -> Iterator[str]:
        base = _one(word)
        others = (*self.spellings.get(base, ()), *([] if word.isascii() else [word.translate(_UMLAUTS)]))
        yield from (base, *(_one(each) for each in others), *self._slurred(base))

    def _slurred(self, word: str) -> Iterator[str]:
        for ending, slurred in self.endings.items():
            if len(word) >= _LEAST_SLURRED and word.endswith(ending):
                yield squeezed(word.removesuffix(ending) + slurred)


def lines(written: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a part of a data file, which are kept by theme."""
    for theme in written.values():
        yield from theme


def phrases(written: Iterable[str], vocabulary: Vocabulary, meaning: Meaning) -> Iterator[Phrase[Meaning]]:
    """Yield the phrases that lines of a data file stand for.

    Raises KeyError for a group that is not there, ValueError for a choice that is not one word.
    """
    for line in written:
        elements = tuple(_elements(line, vocabulary))
        yield Phrase(elements, meaning, _needed(elements))


def finder(written: Iterable[str], vocabulary: Vocabulary) -> Finder[None]:
    """Return a finder of phrases that all mean the same."""
    made: Finder[None] = Finder()
    for phrase in phrases(written, vocabulary, None):
        made.add(phrase)
    return made


def _needed(elements: tuple[Element, ...]) -> tuple[frozenset[str], ...]:
    return tuple(sorted((each.whole for each in elements[1:] if each.is_sure), key=len))


def _elements(line: str, vocabulary: Vocabulary) -> Iterator[Element]:
    gap = 0
    for part in _GROUP.sub(lambda name: "|".join(vocabulary.groups[name[1]]), line).split():
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        yield from _element(part, gap, vocabulary)
        gap = 0


def _element(part: str, gap: int, vocabulary: Vocabulary) -> Iterator[Element]:
    """Yield the element of one part; a single choice may be two words when normalised ("m'a")."""
    optional = part.endswith("?")
    choices = part.removesuffix("?").split("|")
    if len(choices) == 1:
        *leading, choices[0] = _split(choices[0])
        for word in leading:
            yield Element(frozenset([word]), (), False, False, gap, optional)
            gap = 0
    plain = [each for each in choices if each not in (_NUMBER, _YEAR_SIGN) and not each.endswith("*")]
    whole = frozenset(word for choice in plain for word in vocabulary.spelt(choice))
    beginnings = tuple(_one(choice[:-1]) for choice in choices if choice.endswith("*"))
    yield Element(whole, beginnings, _NUMBER in choices, _YEAR_SIGN in choices, gap, optional)


def _split(choice: str) -> tuple[str, ...]:
    """Return the words of a choice, its sign kept."""
    words = words_of(choice)
    return (*words[:-1], words[-1] + "*") if choice.endswith("*") else words or (choice,)


@cache
def _one(choice: str) -> str:
    """Return one word of a list of choices."""
    if choice.isascii() and choice.isalnum() and choice.islower():
        return squeezed(choice)
    words = words_of(choice)
    if len(words) != 1:
        raise ValueError(f"{choice!r} is not one word; choices between | are one word each")
    return words[0]
