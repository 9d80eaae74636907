"""Slips of the thumb: words that are one edit away from a known one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

_SHORTEST, _LONG = 4, 5
Near = Mapping[tuple[str, int], tuple[str, ...]]
"""Words that may be meant, by first letter and length."""


def near_words(words: Iterable[str]) -> Near:
    """Those words that are long enough to be recognised, by where to look for them."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted({word for word in words if len(word) >= _SHORTEST}):
        found.setdefault((word[0], len(word)), []).append(word)
    return {key: tuple(each) for key, each in found.items()}


def meant_by(word: str, near: Near) -> list[str]:
    """The words one edit away that begin with the same letter, or with the first two letters swapped.

    Of a short word, one letter more or less; another letter in it would be another word.
    """
    if len(word) < _SHORTEST:
        return []
    lengths = range(len(word) - 1, len(word) + 2)
    return [
        each
        for length in lengths
        for first in dict.fromkeys(word[:2])
        for each in near.get((first, length), ())
        if max(len(word), length) >= _LONG
        and one_edit_apart(word, each)
        and (first == word[0] or each[1] == word[0])
    ]


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


def swapped(word: str) -> Iterator[str]:
    """A short word with two neighbours swapped, or one of a pair left out: "teh", "uhrr"."""
    if len(word) in (_SHORTEST - 1, _SHORTEST):
        for at in range(len(word) - 1):
            if word[at] == word[at + 1]:
                yield word[:at] + word[at + 1 :]
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def cuts(word: str) -> Iterator[tuple[str, str]]:
    """A word as two that were written as one: "dela", "goodmorning"."""
    for at in range(1, len(word)):
        yield word[:at], word[at:]


def fills(words: Sequence[str], hole: int, phrase: Sequence[str]) -> bool:
    """Whether words are a phrase but for one, which is one edit from what the phrase has there."""
    if (
        not hole < len(phrase) == len(words)
        or words[:hole] != phrase[:hole]
        or words[hole + 1 :] != phrase[hole + 1 :]
    ):
        return False
    told = sum(map(len, phrase)) - len(phrase[hole])
    least = min(len(words[hole]), len(phrase[hole]))
    return least > 1 and told >= _SHORTEST - 1 and one_edit_apart(words[hole], phrase[hole])
