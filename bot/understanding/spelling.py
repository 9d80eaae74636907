"""Slips of the thumb in answers: a word that no list knows, one edit from a word that says an outcome."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.understanding.claims import vocabulary
from bot.understanding.lexicon import lexicon
from bot.understanding.phrases import phrases
from bot.understanding.slips import one_edit_apart

_WORD = re.compile(r"[^\W\d_]+")
_TELLING = ("outcome", "barrier", "only", "begun")
_SHORTEST, _SURE, _LONG = 4, 5, 7
_FEW_WORDS = 2
_WRITTEN_OUT = re.compile(r"([aou])e")


def mended(words: str, language: str) -> str:
    """A folded text with such slips made good; a word that may stand for two is left as it is."""
    return _WORD.sub(lambda match: _mended(match.group(), language), words)


@lru_cache(4096)
def _mended(word: str, language: str) -> str:
    known, telling = _known(language)
    if word in known or len(word) < _SHORTEST:
        return word
    plain = _WRITTEN_OUT.sub(r"\1", word)
    if plain in known:
        return plain
    near = [each for each in telling.get(word[0], ()) if _is_slip(word, each)]
    meanings = {_meaning(each, language) for each in near}
    return near[0] if len(meanings) == 1 else word


def _meaning(word: str, language: str) -> str:
    """What a word says by itself, else the word."""
    kinds = phrases(language)
    return kinds["barrier"].values.get(word) or kinds["outcome"].values.get(word, word)


def _is_slip(word: str, meant: str) -> bool:
    """One edit; in a short word no letter for another, which would be another word."""
    if not one_edit_apart(word, meant) or f"{meant}s" == word or f"{word}s" == meant:
        return False
    if sorted(word) == sorted(meant) or len(meant) > len(word):
        return True
    return len(word) >= (_LONG if len(word) == len(meant) else _SURE)


@cache
def _known(language: str) -> tuple[frozenset[str], Mapping[str, tuple[str, ...]]]:
    """Every word of the language's lists; and those that tell an outcome, by their first letter."""
    kinds = phrases(language)
    known = {word for kind in kinds.values() for phrase in kind.values for word in _WORD.findall(phrase)}
    known |= set(vocabulary(language).sorts)
    known |= {word for phrase in lexicon(language).phrases for part in phrase for word in _WORD.findall(part)}
    telling: dict[str, set[str]] = {}
    for kind in _TELLING:
        for words in map(_WORD.findall, kinds[kind].values):
            for word in words if len(words) <= _FEW_WORDS else ():
                if len(word) >= _SHORTEST:
                    telling.setdefault(word[0], set()).add(word)
    return frozenset(known), {letter: tuple(sorted(words)) for letter, words in telling.items()}
