"""How much a text sounds like danger by the weights of its words: for what no phrase says, and for figures.

The weights are learned from messages that people labelled (`python -m tools.weigh_danger`), of all languages
at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from math import sqrt
from pathlib import Path

from bot.safety.normalising import Words

FILE = Path(__file__).parent / "data" / "weights.tsv"
SCALE = 10
"""The file holds whole numbers: tenths of a weight."""
_STEM = 4
_STRETCH = 40
"""So many words are weighed at once, so that one sentence of danger is heard in a long text."""
_NUMBER, _START, _END = "#", "<", ">"


def marks(words: Iterable[str]) -> frozenset[str]:
    """Return what counts of a stretch: its words, the beginnings of long ones, and pairs of neighbours."""
    plain = (_START, *(_NUMBER if each.isdigit() else each for each in words), _END)
    stems = (f"{each[:_STEM]}*" for each in plain if len(each) > _STEM)
    return frozenset(chain(plain, stems, (f"{one} {other}" for one, other in pairwise(plain))))


def weight(words: Iterable[str]) -> float:
    """Return how much words weigh together: above 0 rather danger, below rather not."""
    bias, weights = _weights()
    of = marks(words)
    return bias + sum(weights.get(mark, 0) for mark in of) / sqrt(len(of))


def known(words: Sequence[str]) -> float:
    """Return the share of words, at least one, that have a weight: small in a foreign language."""
    _, weights = _weights()
    return sum((_NUMBER if each.isdigit() else each) in weights for each in words) / len(words)


def heaviest(words: Words) -> float:
    """Return the weight of a text, of a long one that of its heaviest stretch."""
    return max(weight(stretch) for stretch in _stretches(words))


def _stretches(words: Words) -> Iterator[tuple[str, ...]]:
    """Yield each run of whole sentences that is no longer than a stretch; a longer sentence is cut."""
    start = 0
    for place, sentence in enumerate(words.sentences):
        is_new = place > start and sentence != words.sentences[place - 1]
        if place - start >= _STRETCH or (is_new and _end_of(words, place) - start > _STRETCH):
            yield words.words[start:place]
            start = place
    yield words.words[start:]


def _end_of(words: Words, place: int) -> int:
    """Return where the sentence that begins at a place ends, as far as a stretch goes."""
    sentences = words.sentences[place : place + _STRETCH + 1]
    return place + sum(each == words.sentences[place] for each in sentences)


@cache
def _weights() -> tuple[float, dict[str, float]]:
    """Return the weight of an empty text, and of each mark."""
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if line[0] != "!"]
    of = {mark: int(number) / SCALE for number, *written in lines for mark in written}
    return of.pop(""), of
