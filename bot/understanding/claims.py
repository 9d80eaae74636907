"""Whether something told as done is the practice: who did what, from the words around a word such as "did".

The words are data in `data/claims_<language>.toml`, the same tables for every language: `it`, and `practice`
and `loose` nouns, are what was done; `small` words say nothing of it; after a preposition (`where`, `whose`)
comes a circumstance; anything else, and the doers in `others`, are something or somebody else.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from bot.understanding.lexicon import FALLBACK, lexicon
from bot.understanding.scanner import folded

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[.,;:!?…\n()\"–—]|\s-\s")
_SKILL = "practiceskill"
_WITH_SOMEBODY = 3
_OF = frozenset(("of", "de", "del", "do", "da", "du", "von", "meines", "meiner"))
_MEASURING = frozenset(("number", "unit", "halfhour", "hour"))


class Sort(Enum):
    """What a word is in a claim."""

    IT = "it"
    PRACTICE = "practice"
    LOOSE = "loose"
    VAGUE = "vague"
    NAMES = "names"
    SMALL = "small"
    WHERE = "where"
    WHOSE = "whose"
    OTHER = "others"
    ELSE = "else"


@dataclass(frozen=True, slots=True)
class Walk:
    """What a stretch of words tells: whether of something `strange`, of a practice by `named`, or of `it`."""

    strange: bool
    named: bool
    it: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language, by sort; those with letters left open are told by their beginning."""

    sorts: Mapping[str, Sort]
    begins: Mapping[Sort, tuple[str, ...]]
    ends_in: Mapping[Sort, tuple[str, ...]]
    of: frozenset[str]
    kin: frozenset[str]
    clause: re.Pattern[str]

    def sort(self, word: str) -> Sort:
        """What a folded word is."""
        known = self.sorts.get(word)
        if known is not None:
            return known
        if word[0].isdigit():
            return Sort.SMALL
        if word == _SKILL:
            return Sort.PRACTICE
        told = (s for s in self.begins if word.startswith(self.begins[s]) or word.endswith(self.ends_in[s]))
        return next(told, Sort.ELSE)


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language; English for one there are none of."""
    path = _DATA / f"claims_{language.split('-')[0].lower()}.toml"
    if not path.exists():
        path = _DATA / f"claims_{FALLBACK}.toml"
    tables: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    sorts = {folded(word): Sort.SMALL for word in (*tables["ends"], *_measures(language))}
    for sort in reversed(Sort):
        sorts |= {folded(word): sort for word in tables.get(sort.value, ()) if "*" not in word}
    opens = {
        sort: [folded(word) for word in tables[sort.value] if "*" in word]
        for sort in (Sort.PRACTICE, Sort.LOOSE)
    }
    starts = "|".join(re.escape(folded(word)) for word in sorted(tables["ends"], key=len, reverse=True))
    return Vocabulary(
        sorts=sorts,
        begins={sort: tuple(each[:-1] for each in words if each[-1] == "*") for sort, words in opens.items()},
        ends_in={sort: tuple(each[1:] for each in words if each[0] == "*") for sort, words in opens.items()},
        of=frozenset(map(folded, tables["of"])),
        kin=frozenset(map(folded, tables["kin"])),
        clause=re.compile(rf"{_MARKS.pattern}|\b(?=(?:{starts})\b)"),
    )


def _measures(language: str) -> set[str]:
    """The words of numbers and stretches of time: how much is told, not what was done."""
    phrases = lexicon(language).phrases.items()
    return {word for phrase, (kind, _) in phrases if kind in _MEASURING for word in phrase}


def with_skills(words: str, names: Iterable[str]) -> str:
    """A folded text with the names of skills as one word for all."""
    for name in names:
        words = words.replace(name, _SKILL)
    return words


def clauses(words: str, language: str) -> list[str]:
    """The clauses of a folded text, each with the word that begins it."""
    return [clause for clause in vocabulary(language).clause.split(words) if _WORD.search(clause)]


def clause_around(words: str, start: int, end: int, language: str) -> tuple[str, str, str]:
    """The words of the same clause before and after a stretch of a text, and the mark that ends it."""
    clause = vocabulary(language).clause
    begin = 0
    for match in clause.finditer(words, 0, start):
        begin = match.end()
    closing = clause.search(words, end)
    last = closing.start() if closing is not None else len(words)
    return words[begin:start], words[end:last], words[last : last + 1]


def walk(words: str, language: str, *, object_first: bool = False) -> Walk:
    """Reads a stretch of a clause. `object_first`: a "with" at its beginning leads to what was done."""
    known = vocabulary(language)
    sorted_words = [(word, known.sort(word)) for word in _WORD.findall(words)]
    if object_first and sorted_words and sorted_words[0][0] in known.of:
        sorted_words = sorted_words[1:]
    return _Walker(object_first).over(sort for _, sort in sorted_words)


class _Walker:
    def __init__(self, after: bool) -> None:
        self._after = after
        self._inside: Sort | None = None
        self._filled = self._pending = self._vague = False
        self._named = self._it = False

    def over(self, sorts: Iterable[Sort]) -> Walk:
        for sort in sorts:
            if self._is_strange(sort):
                return Walk(True, self._named, self._it)
            if self._after and (self._it or (self._named and not self._inside)):
                return Walk(False, self._named, self._it)
        return Walk(self._pending, self._named, self._it)

    def _is_strange(self, sort: Sort) -> bool:
        """Takes a word; whether it shows that something or somebody else is meant."""
        if sort is Sort.SMALL:
            return False
        if sort is Sort.ELSE:
            return self._unknown()
        if sort is Sort.PRACTICE:
            self._pending = False
        if self._pending:
            return True
        if sort in (Sort.WHERE, Sort.WHOSE):
            self._inside, self._filled = sort, False
        elif sort is Sort.OTHER:
            return self._inside is None
        elif sort is Sort.NAMES:
            self._inside = None if self._filled else self._inside
        elif sort is Sort.VAGUE:
            self._vague = True
        elif sort is Sort.IT:
            self._it, self._inside = True, None
        else:
            self._named = self._filled = True
        return False

    def _unknown(self) -> bool:
        if self._inside is None:
            self._pending = True
            return False
        self._filled = True
        return self._vague and self._inside is Sort.WHOSE


def is_about(before: str, after: str, language: str, *, whole: bool, named: bool) -> bool:
    """Whether what was done is the practice, and done by who tells it.

    `whole` says that the word tells its object itself ("did it", "meditated"); `named`, that it tells of a
    practice only with one ("wrote").
    """
    first = walk(before, language)
    if first.strange:
        return False
    if whole:
        return True
    told = _WORD.findall(after)[:_WITH_SOMEBODY]
    then = walk(after, language, object_first=vocabulary(language).kin.isdisjoint(told))
    if then.strange or _is_somebodys(after, language):
        return False
    return not named or first.named or then.named


def _is_somebodys(words: str, language: str) -> bool:
    """ "La tarea de mi hijo": what was done is somebody else's."""
    told = _WORD.findall(words)
    kin = vocabulary(language).kin
    return any(
        word in kin and not _OF.isdisjoint(told[max(index - 2, 0) : index]) for index, word in enumerate(told)
    )


def is_alone(words: str, language: str) -> bool:
    """Whether words beside a number tell of nothing but the practice."""
    return not walk(words, language).strange
