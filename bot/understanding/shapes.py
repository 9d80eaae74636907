"""Whether words follow each other as they do when people say plainly when: what does not is asked about.

The grammar can put together more than people say, and of what is put together oddly it may get the meaning
wrong. So what is read is taken only where each of its words stands between kinds of words that it was seen
between before; the shapes are learned from what people plainly said (`python -m tools.learn_shapes`).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.understanding.scanner import Token

FILE = Path(__file__).parent / "data" / "shapes.txt"
_SAY_NOTHING = frozenset(("filler", "article", "of", "oclock"))
_START, _END = "<", ">"
Shape = tuple[str, str, str]


def shapes(tokens: Iterable[Token]) -> frozenset[Shape]:
    """Return each kind of word with its neighbours, those left out that say nothing."""
    kinds = (_START, *(token.kind for token in tokens if token.kind not in _SAY_NOTHING), _END)
    return frozenset((first, second, third) for (first, second), (_, third) in pairwise(pairwise(kinds)))


def is_familiar(tokens: Sequence[Token]) -> bool:
    """Tell whether all of a text has shapes that are known."""
    return shapes(tokens) <= _known()


@cache
def _known() -> frozenset[Shape]:
    lines = (line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if line[0] != "!")
    return frozenset((first, second, third) for first, second, third in lines)
