"""The corpus: phrases with what they mean, split by chance into a part to develop on and one to score."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.answers import read_answer
from bot.understanding.places import find_place
from bot.understanding.times import read_when
from tests.understanding.compact import NOW, answer_line, place_line, reading_line

CORPUS = Path(__file__).parent / "corpus"
HELD = CORPUS / "held"
RIGHT, ASKED, DECLINED, WRONG = "right", "asked", "declined", "WRONG"
_CAUTIOUS = {"ask": ASKED, "decline": DECLINED, "unclear": ASKED}


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase, what it means in compact form, and what it is: times, places or answers in a language."""

    kind: str
    language: str
    phrase: str
    expected: str
    third: bool
    """Whether it is a third ear's: written down without seeing the grammar."""

    @property
    def held_out(self) -> bool:
        """Whether it is of the part kept apart: a third ear's, or the first byte of its SHA-256 is odd.

        Misses of all that is here now were looked at once while the grammar was written, so a score on it
        shows what was kept working, not what unseen phrases would meet.
        """
        return self.third or hashlib.sha256(self.phrase.encode()).digest()[0] % 2 == 1

    def found(self) -> str:
        """What is understood, in compact form."""
        if self.kind == "places":
            return place_line(find_place(self.phrase))
        if self.kind == "times":
            return reading_line(read_when(self.phrase, now=NOW, language=self.language))
        return answer_line(read_answer(self.phrase, now=NOW, language=self.language))

    def verdict(self) -> str:
        """Right, or asked or declined where more was wanted, or taken for something else: WRONG."""
        found = self.found()
        return RIGHT if found == self.expected else _CAUTIOUS.get(found.split()[0], WRONG)


def rows() -> Iterator[Row]:
    """All rows of all files, those of the third ear last."""
    for path in [*sorted(CORPUS.glob("*.toml")), *sorted(HELD.glob("*.toml"))]:
        kind, _, language = path.stem.partition("_")
        for part in tomllib.loads(path.read_text(encoding="utf-8"))["from"]:
            for phrase, expected in part["rows"]:
                yield Row(kind, language or "en", phrase, expected, third=path.parent == HELD)
