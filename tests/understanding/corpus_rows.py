"""The corpus: phrases with what they mean, in parts by who wrote them and who saw them when."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.answers import read_answer
from bot.understanding.places import find_place
from bot.understanding.times import read_when
from tests.understanding.compact import NOW, answer_line, place_line, reading_line

CORPUS = Path(__file__).parent / "corpus"
PARTS = {
    "seen": CORPUS,
    "third ear": CORPUS / "third",
    "fourth ear": CORPUS / "fourth",
    "fifth ear": CORPUS / "fifth",
    "own ear": CORPUS / "own",
    "sixth ear": CORPUS / "sixth" / "core",
    "sixth, edge": CORPUS / "sixth" / "edge",
    "seventh ear": CORPUS / "seventh" / "core",
    "seventh, edge": CORPUS / "seventh" / "edge",
    "eighth ear": CORPUS / "eighth",
    "ninth, open": CORPUS / "ninth" / "open",
    "ninth, sealed": CORPUS / "ninth" / "sealed",
    "ninth, edge": CORPUS / "ninth" / "edge",
    "tenth, edge": CORPUS / "tenth",
    "eleventh, edge": CORPUS / "eleventh",
    "twelfth, edge": CORPUS / "twelfth",
    "thirteenth, edge": CORPUS / "thirteenth",
    "fourteenth, edge": CORPUS / "fourteenth",
    "fifteenth, edge": CORPUS / "fifteenth",
    "sixteenth, edge": CORPUS / "sixteenth",
    "seventeenth, edge": CORPUS / "seventeenth",
    "eighteenth ear": CORPUS / "eighteenth" / "core",
    "eighteenth, edge": CORPUS / "eighteenth" / "edge",
    "nineteenth, edge": CORPUS / "nineteenth",
    "twentieth, edge": CORPUS / "twentieth",
    "twenty-first, edge": CORPUS / "twentyfirst",
    "twenty-second, edge": CORPUS / "twentysecond",
    "twenty-third, edge": CORPUS / "twentythird",
    "twenty-fourth, edge": CORPUS / "twentyfourth",
    "twenty-fifth, edge": CORPUS / "twentyfifth",
    "twenty-sixth ear": CORPUS / "twentysixth",
}
RIGHT, ASKED, DECLINED, WRONG = "right", "asked", "declined", "WRONG"
_CAUTIOUS = {"ask": ASKED, "offer": ASKED, "decline": DECLINED, "unclear": ASKED}


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase, what it means in compact form, and what it is: times, places or answers in a language."""

    kind: str
    language: str
    phrase: str
    expected: str
    part: str
    """Which part of the corpus it is of; see `corpus/README.md`."""

    def found(self) -> str:
        """What is understood, in compact form."""
        if self.kind == "places":
            return place_line(find_place(self.phrase))
        if self.kind == "times":
            return reading_line(read_when(self.phrase, now=NOW, language=self.language))
        return answer_line(read_answer(self.phrase, now=NOW, language=self.language))

    def verdict(self) -> str:
        """Right (offering a misspelt place is asking), asked or declined where more was meant, or WRONG."""
        found = self.found()
        offered = found == "offer" and self.expected in ("ask", "decline")
        return RIGHT if found == self.expected or offered else _CAUTIOUS.get(found.split()[0], WRONG)


def rows() -> Iterator[Row]:
    """All rows of the corpus, part by part."""
    for part, folder in PARTS.items():
        yield from rows_in(folder, part)


def rows_in(folder: Path, part: str) -> Iterator[Row]:
    """The rows of the files in a folder."""
    for path in sorted(folder.glob("*.toml")):
        kind, _, language = path.stem.partition("_")
        for source in tomllib.loads(path.read_text(encoding="utf-8"))["from"]:
            for phrase, expected in source["rows"]:
                yield Row(kind, language or "en", phrase, expected, part)
